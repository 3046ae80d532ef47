"""Finding plugins: by the entry points of installed distributions."""

from importlib.metadata import entry_points

from .clashes import check_plugins
from .plugin import Plugin

GROUP = "pressroom"


def installed_plugins() -> list[Plugin]:
    """Load the plugins of all installed distributions, in the order of their names.

    Raises TypeError for an entry point that names something else, and ClashingPlugins.
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    plugins = [entry.load() for entry in found]
    for entry, plugin in zip(found, plugins, strict=True):
        if not isinstance(plugin, Plugin):
            raise TypeError(f"the entry point {entry.name} ({entry.value}) names no Plugin")
    check_plugins(plugins)
    return plugins

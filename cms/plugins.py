"""The door by which features come in, our own core's included.

A plugin is an object of this class that an installed distribution names in the entry-point group
`pressroom`. The GraphQL schema is one; so will be yours.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TypeVar

from starlette.routing import BaseRoute

from .http.operations import Executor
from .media.storage import Storage
from .renditions.core import CORE_FORMATS
from .renditions.formats import Format, Formats
from .settings import Settings
from .store.database import Database

GROUP = "pressroom"

Slot = TypeVar("Slot")


@dataclass(frozen=True, slots=True)
class Services:
    """What lasts as long as the application, and plugins build on."""

    database: Database
    settings: Settings
    formats: Formats
    storage: Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """What a distribution adds; each slot may be left empty.

    `executor` makes what answers GraphQL requests, and only one plugin can; `sdl` prints, in the
    schema definition language, what may be asked of it. `formats` are further renditions; one of a
    name that exists replaces it. `routes` are further addresses.
    """

    name: str
    executor: Callable[[Services], Executor] | None = None
    sdl: Callable[[], str] | None = None
    formats: Sequence[Format] = ()
    routes: Callable[[Services], Sequence[BaseRoute]] | None = None


class ClashingPlugins(ValueError):
    """Two plugins that want the same place; the message names both."""


def installed_plugins() -> list[Plugin]:
    """Load the plugins of all installed distributions, in the order of their names.

    Raises TypeError for an entry point that names something else.
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    plugins = [entry.load() for entry in found]
    for entry, plugin in zip(found, plugins, strict=True):
        if not isinstance(plugin, Plugin):
            raise TypeError(f"the entry point {entry.name} ({entry.value}) names no Plugin")
    return plugins


def formats_of(plugins: Iterable[Plugin]) -> Formats:
    """Put the core's rendition formats and those of plugins together."""
    return Formats([*CORE_FORMATS, *(known for plugin in plugins for known in plugin.formats)])


def executor_of(plugins: Iterable[Plugin]) -> Callable[[Services], Executor]:
    """Find the plugin that answers GraphQL requests.

    Raises ClashingPlugins where there are two, and LookupError where there is none.
    """
    return _only("answers GraphQL requests", [(plugin.name, plugin.executor) for plugin in plugins])


def sdl_of(plugins: Iterable[Plugin]) -> Callable[[], str]:
    """Find the plugin that prints the schema.

    Raises as `executor_of` does.
    """
    return _only("prints the schema", [(plugin.name, plugin.sdl) for plugin in plugins])


def _only(what: str, offered: Iterable[tuple[str, Slot | None]]) -> Slot:
    found = [(name, slot) for name, slot in offered if slot is not None]
    if len(found) > 1:
        names = " and ".join(name for name, _ in found)
        raise ClashingPlugins(f"more than one plugin {what}: {names}")
    if not found:
        raise LookupError(f"no plugin in the group {GROUP!r} {what}")
    return found[0][1]

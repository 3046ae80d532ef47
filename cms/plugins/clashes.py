"""Clashes: what two plugins want, or a plugin and Pressroom, is found at the start."""

from collections.abc import Iterable, Sequence

from ..content import Base
from ..renditions.formats.core import CORE_FORMATS
from .plugin import Plugin

OURSELVES = "pressroom"
"""Who has what comes with Pressroom."""

_TABLES_WITHOUT_MODEL = ("post_search", "alembic_version")


class ClashingPlugins(ValueError):
    """Two plugins that want the same place; the message names both."""


class Claims:
    """Knows who has what."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def claim(self, what: str, owner: str) -> None:
        """Note that somebody has something. Raises ClashingPlugins where another has it."""
        other = self._owners.setdefault(what, owner)
        if other != owner:
            raise ClashingPlugins(f"two plugins bring {what}: {other} and {owner}")


def check_plugins(plugins: Sequence[Plugin]) -> None:
    """Make sure that no two bring the same name, format, table or handler.

    Fields of the schema, routes and migrations are looked at where they are put together. Raises
    ClashingPlugins.
    """
    _check_names(plugins)
    claims = Claims()
    for what in _ours():
        claims.claim(what, OURSELVES)
    for plugin in plugins:
        for what in _brought(plugin):
            claims.claim(what, plugin.name)


def _check_names(plugins: Sequence[Plugin]) -> None:
    names = [OURSELVES, *(plugin.name for plugin in plugins)]
    for name in names:
        if names.count(name) > 1:
            raise ClashingPlugins(f"two plugins are called {name}")


def _ours() -> Iterable[str]:
    for known in CORE_FORMATS:
        yield _format(known.name)
        yield _extension(known.extension)
    for table in (*Base.metadata.tables, *_TABLES_WITHOUT_MODEL):
        yield _table(table)


def _brought(plugin: Plugin) -> Iterable[str]:
    for known in plugin.formats:
        yield _format(known.name)
        yield _extension(known.extension)
    for table in plugin.tables.tables if plugin.tables is not None else ():
        yield _table(table)


def _format(name: str) -> str:
    return f"the rendition format {name}"


def _extension(name: str) -> str:
    return f"the extension .{name} of renditions"


def _table(name: str) -> str:
    return f"the table {name}"

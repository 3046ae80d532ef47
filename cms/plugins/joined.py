"""What all plugins bring, put together for those who use it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import MetaData
from starlette.routing import BaseRoute

from ..delivery import Subscriber
from ..http.operations import Executor
from ..renditions.formats.core import core_formats
from ..renditions.formats.format import Formats
from ..settings import Settings
from .clashes import OURSELVES, Claims, ClashingPlugins
from .plugin import Plugin, Services

Slot = TypeVar("Slot")

_PARAMETER = re.compile(r"\{[^}]*\}")


def formats_of(plugins: Iterable[Plugin], settings: Settings) -> Formats:
    """Put the core's rendition formats and those of plugins together."""
    ours = core_formats(settings.fonts_dir)
    return Formats([*ours, *(known for plugin in plugins for known in plugin.formats)])


def routes_of(
    ours: Sequence[BaseRoute], plugins: Iterable[Plugin], services: Services
) -> list[BaseRoute]:
    """Put the core's routes and those of plugins together.

    Raises ClashingPlugins where two answer at one address.
    """
    brought = [
        (OURSELVES, ours),
        *((plugin.name, plugin.routes(services)) for plugin in plugins if plugin.routes),
    ]
    claims = Claims()
    for owner, routes in brought:
        for route in routes:
            path = _PARAMETER.sub("{}", getattr(route, "path", repr(route)))
            claims.claim(f"the address {path}", owner)
    return [route for _, routes in brought for route in routes]


def subscribers_of(plugins: Iterable[Plugin], services: Services) -> list[Subscriber]:
    """Give the handlers of all plugins.

    Raises ClashingPlugins where a plugin has two of one name.
    """
    subscribers = {}
    for plugin in plugins:
        for handler in plugin.handlers:
            name = f"{plugin.name}.{handler.name}"
            if name in subscribers:
                raise ClashingPlugins(f"{plugin.name} has two handlers called {handler.name}")
            call = partial(handler.call, services)
            subscribers[name] = Subscriber(name, handler.events, call)
    return list(subscribers.values())


def branches_of(plugins: Iterable[Plugin]) -> Mapping[str, Path]:
    """Give the folders of plugins' migrations, by the names of their branches."""
    return {plugin.name: plugin.migrations for plugin in plugins if plugin.migrations is not None}


def tables_of(plugins: Iterable[Plugin]) -> Mapping[str, MetaData]:
    """Give the tables of plugins, by the plugins' names."""
    return {plugin.name: plugin.tables for plugin in plugins if plugin.tables is not None}


def executor_of(
    plugins: Iterable[Plugin],
) -> Callable[[Services, Sequence[Plugin]], Executor]:
    """Find the plugin that answers GraphQL requests.

    Raises ClashingPlugins where there are two, and LookupError where there is none.
    """
    return _only("answers GraphQL requests", [(plugin.name, plugin.executor) for plugin in plugins])


def sdl_of(plugins: Iterable[Plugin]) -> Callable[[Sequence[Plugin]], str]:
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
        raise LookupError(f"no plugin in the group {OURSELVES!r} {what}")
    return found[0][1]

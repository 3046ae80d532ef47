"""The door by which features come in, our own core's included.

A plugin is an object of the class `Plugin` that an installed distribution names in the entry-point
group `pressroom`. The GraphQL schema is one; so will be yours.
"""

from .clashes import OURSELVES, Claims, ClashingPlugins, check_plugins
from .installed import GROUP, installed_plugins
from .joined import (
    branches_of,
    executor_of,
    formats_of,
    routes_of,
    sdl_of,
    subscribers_of,
    tables_of,
)
from .plugin import Handler, Plugin, Services

__all__ = [
    "GROUP",
    "OURSELVES",
    "Claims",
    "ClashingPlugins",
    "Handler",
    "Plugin",
    "Services",
    "branches_of",
    "check_plugins",
    "executor_of",
    "formats_of",
    "installed_plugins",
    "routes_of",
    "sdl_of",
    "subscribers_of",
    "tables_of",
]

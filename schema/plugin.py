"""How the schema comes into the application: by the same door as any plugin."""

from collections.abc import Sequence
from functools import cache

from graphql import GraphQLSchema

from pressroom.cms.http.operations import Executor
from pressroom.cms.plugins import Plugin, Services

from .build import build_schema, executable
from .engine.catalog import Catalog
from .engine.engine import Engine
from .limits import Limits


def _executor(services: Services, plugins: Sequence[Plugin]) -> Executor:
    settings = services.settings
    schema = _schema_of(plugins)
    limits = Limits(
        tokens=settings.max_tokens,
        depth=settings.max_depth,
        aliases=settings.max_aliases,
        root_fields=settings.max_root_fields,
        directives=settings.max_directives,
        nodes=settings.max_nodes,
        fan_out=Catalog(schema).fan_outs(),
    )
    return Engine(schema, services, limits)


def _schema_of(plugins: Sequence[Plugin]) -> GraphQLSchema:
    extended = any(plugin.schema for plugin in plugins)
    return executable(build_schema(plugins)) if extended else _own_schema()


@cache
def _own_schema() -> GraphQLSchema:
    """Make the schema that no plugin adds to, which all applications of a process share."""
    return executable(build_schema())


def _sdl(plugins: Sequence[Plugin]) -> str:
    return build_schema(plugins).as_str() + "\n"


plugin = Plugin(name="schema", executor=_executor, sdl=_sdl)

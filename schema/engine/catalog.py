"""What the schema's types and fields are made of, by their GraphQL names."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, is_object_type
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from .declarations import ENGINE, Fact, Listed, Many, Nodes, Source

_DEFINITION = "strawberry-definition"
SOURCE = "__pressroom_source__"
"""The attribute of a Strawberry type that names its table."""


class Catalog:
    """Reads the declarations of a schema once, and answers what each field is made of."""

    def __init__(self, schema: GraphQLSchema) -> None:
        objects = [
            kind
            for kind in schema.type_map.values()
            if is_object_type(kind) and not kind.name.startswith("__")
        ]
        self._sources = {kind.name: _source(kind) for kind in objects}
        self._declarations = {
            (kind.name, name): _declaration(definition)
            for kind in objects
            for name, definition in kind.fields.items()
        }

    def source(self, type_name: str) -> Source | None:
        """Give the table of a type, if its objects are rows."""
        return self._sources[type_name]

    def declaration(self, type_name: str, field_name: str) -> Any:
        """Tell what a field is made of."""
        return self._declarations[type_name, field_name]

    def fan_outs(self) -> Mapping[str, int | str]:
        """Give the lengths of lists without pages, by their coordinates; see `pages.FanOut`."""
        lengths: dict[str, int | str] = {}
        for (kind, name), declaration in self._declarations.items():
            if isinstance(declaration, Listed | Many):
                lengths[f"{kind}.{name}"] = declaration.fan_out
            elif isinstance(declaration, Nodes):
                lengths[f"{kind}.{name}"] = declaration.argument
        return lengths


def _source(kind: GraphQLObjectType) -> Source | None:
    definition = kind.extensions.get(_DEFINITION)
    if not isinstance(definition, StrawberryObjectDefinition):
        return None
    return getattr(definition.origin, SOURCE, None)


def _declaration(definition: GraphQLField) -> Any:
    field = definition.extensions.get(_DEFINITION)
    if not isinstance(field, StrawberryField):
        return None
    return field.metadata.get(ENGINE) or Fact(field.python_name)

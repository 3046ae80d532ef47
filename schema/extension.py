"""What plugins add to the schema: fields of types that are there, with types of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

import strawberry
from strawberry.exceptions import DuplicatedTypeName
from strawberry.types.base import StrawberryObjectDefinition, has_object_definition
from strawberry.types.field import StrawberryField

from pressroom.cms.plugins import OURSELVES, Claims, ClashingPlugins, Plugin


class ExtendedSchema(strawberry.Schema):
    """A schema with the fields that plugins add."""

    def __init__(self, plugins: Sequence[Plugin], **options: Any) -> None:
        """Put the schema together.

        Raises ClashingPlugins where two bring the same field or type, and TypeError where a plugin
        adds to what is no type, or something that is not written as types are.
        """
        self._added = _fields_by_type(plugins)
        self._claims = Claims()
        try:
            super().__init__(**options)
        except DuplicatedTypeName as error:
            raise _clash_of_types(error) from None
        except TypeError as error:
            if isinstance(error.__cause__, ClashingPlugins):
                raise error.__cause__ from None
            raise
        self._require_types()

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        """Give the fields of a type, those that plugins add behind its own."""
        name = self.config.name_converter.from_type(type_definition)
        brought = [(OURSELVES, field) for field in super().get_fields(type_definition)]
        if not type_definition.is_input:
            brought += self._added.get(name, [])
        for owner, field in brought:
            field_name = self.config.name_converter.get_graphql_name(field)
            self._claims.claim(f"the field {name}.{field_name}", owner)
        return [field for _, field in brought]

    def _require_types(self) -> None:
        for name, added in self._added.items():
            definition = self.get_type_by_name(name)
            if not isinstance(definition, StrawberryObjectDefinition) or definition.is_input:
                raise TypeError(
                    f"{added[0][0]} adds fields to {name}, which is no type with fields"
                )


def _fields_by_type(plugins: Sequence[Plugin]) -> Mapping[str, list[tuple[str, StrawberryField]]]:
    """Give the fields that are added to each type, with the names of the plugins that add them."""
    added: dict[str, list[tuple[str, StrawberryField]]] = {}
    for plugin in plugins:
        for name, source in plugin.schema.items():
            if not has_object_definition(source):
                raise TypeError(f"what {plugin.name} adds to {name} is no Strawberry type")
            fields = source.__strawberry_definition__.fields
            added.setdefault(name, []).extend((plugin.name, field) for field in fields)
    return added


def _clash_of_types(error: DuplicatedTypeName) -> ClashingPlugins:
    owners = [_package(error.first_cls), _package(error.second_cls)]
    return ClashingPlugins(f"{error.message}: by {' and '.join(sorted(owners))}")


def _package(source: type | None) -> str:
    return "an unnamed one" if source is None else source.__module__.partition(".")[0]

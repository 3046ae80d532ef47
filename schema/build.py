"""The schema: types, queries and mutations put together."""

from collections.abc import Sequence

import strawberry
from graphql import GraphQLSchema, is_abstract_type, is_input_object_type, is_object_type
from strawberry.schema.config import StrawberryConfig

from pressroom.cms.plugins import Plugin

from .errors import InputError
from .extension import ExtendedSchema
from .mutations import Mutation
from .queries import Query
from .scalars import SCALARS


def build_schema(plugins: Sequence[Plugin] = ()) -> strawberry.Schema:
    """Put the schema together, with what plugins add; raises as `ExtendedSchema` does."""
    return ExtendedSchema(
        plugins,
        query=Query,
        mutation=Mutation,
        types=[InputError],
        config=StrawberryConfig(scalar_map=SCALARS),
    )


def executable(schema: strawberry.Schema) -> GraphQLSchema:
    """Give graphql-core's form of the schema, which documents are checked against.

    How fields are resolved it does not say: that is the engine's business, not Strawberry's.
    """
    made: GraphQLSchema = schema._schema
    for kind in made.type_map.values():
        if is_object_type(kind) and not kind.name.startswith("__"):
            kind.is_type_of = None
            for definition in kind.fields.values():
                definition.resolve = None
        if is_abstract_type(kind):
            kind.resolve_type = None
        # Strawberry has rules of its own for `@oneOf`; graphql-core has the specification's.
        if is_input_object_type(kind) and kind.extensions["strawberry-definition"].is_one_of:
            kind.is_one_of = True
    return made

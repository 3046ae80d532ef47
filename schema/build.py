"""The schema: types, queries and mutations put together."""

from collections.abc import Sequence

import strawberry
from graphql import GraphQLSchema, is_input_object_type
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
    """Give graphql-core's form of the schema, which documents are checked against."""
    made: GraphQLSchema = schema._schema
    for kind in made.type_map.values():
        # Strawberry has rules of its own for `@oneOf`; graphql-core has the specification's.
        if is_input_object_type(kind) and kind.extensions["strawberry-definition"].is_one_of:
            kind.is_one_of = True
    return made

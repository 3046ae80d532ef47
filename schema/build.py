"""The schema: types, queries and mutations put together."""

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from .errors import InputError
from .mutations import Mutation
from .queries import Query
from .scalars import SCALARS


def build_schema() -> strawberry.Schema:
    """Put the schema together."""
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        types=[InputError],
        config=StrawberryConfig(scalar_map=SCALARS),
    )


def executable(schema: strawberry.Schema) -> GraphQLSchema:
    """Give graphql-core's form of the schema, which documents are checked against."""
    return schema._schema

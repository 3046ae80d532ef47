"""`__schema` and `__type`, answered by graphql-core beside the data."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
)

from .documents import Operation

INTROSPECTING = frozenset({"__schema", "__type"})


def introspect(
    schema: GraphQLSchema,
    operation: Operation,
    fields: Mapping[str, FieldNode],
    variables: Mapping[str, Any],
) -> Mapping[str, Any]:
    """Answer some root fields about the schema itself, by their keys in the answer."""
    alone = OperationDefinitionNode(
        operation=OperationType.QUERY,
        variable_definitions=operation.node.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(fields.values())),
    )
    document = DocumentNode(definitions=(alone, *operation.fragments.values()))
    result = execute_sync(schema, document, variable_values=dict(variables))
    if result.data is None:
        raise TypeError(f"introspection did not answer: {result.errors}")
    return result.data

"""`__schema` and `__type`, answered by graphql-core beside the data."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableDefinitionNode,
    execute_sync,
)

from .documents import Operation, RequestRefused

INTROSPECTING = frozenset({"__schema", "__type"})
# What introspection takes; values of these types may be coerced twice, those of others may not.
_TAKEN = frozenset({"String", "Boolean"})


def introspect(
    schema: GraphQLSchema,
    operation: Operation,
    fields: Iterable[FieldNode],
    variables: Mapping[str, Any],
) -> Mapping[str, Any]:
    """Answer some root fields about the schema itself, by their keys in the answer.

    Raises RequestRefused where a variable is null that has a default and may not be null.
    """
    taken = [each for each in operation.node.variable_definitions or () if _is_taken(each)]
    names = {each.variable.name.value for each in taken}
    alone = OperationDefinitionNode(
        operation=OperationType.QUERY,
        variable_definitions=tuple(taken),
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(fields)),
    )
    document = DocumentNode(definitions=(alone, *operation.fragments.values()))
    given = {name: value for name, value in variables.items() if name in names}
    result = execute_sync(schema, document, variable_values=given)
    if result.errors or result.data is None:
        raise RequestRefused(*result.errors or ())
    return result.data


def takes_variables(operation: Operation) -> bool:
    """Tell whether what introspection answers may depend on variables."""
    return any(map(_is_taken, operation.node.variable_definitions or ()))


def _is_taken(definition: VariableDefinitionNode) -> bool:
    kind = definition.type
    named = kind.type if isinstance(kind, NonNullTypeNode) else kind
    return getattr(getattr(named, "name", None), "value", None) in _TAKEN

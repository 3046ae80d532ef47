"""Documents: parsed, measured and validated before anything of them runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_variable_values,
    validate,
)
from graphql.execution.values import VariableValues

from pressroom.schema.limits import Limits, exceeded, measure_operation, parse_document

from .signature import Signature

MAX_ERRORS = 20
"""Errors after which nothing more is looked for: each may quote what it is about."""
_LONG = 1_000
"""Characters in an error beyond which it is not said what else may have been meant."""


class RequestRefused(Exception):
    """A request that is not executed; `errors` say why."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of a valid document."""

    source: str
    document: DocumentNode
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]

    @cached_property
    def is_query(self) -> bool:
        """Whether it only reads."""
        return self.node.operation is OperationType.QUERY

    @cached_property
    def signature(self) -> Signature:
        """What its variables may be."""
        return Signature(self.node)


def read_operation(
    schema: GraphQLSchema,
    source: str,
    name: str | None,
    variables: Mapping[str, Any],
    limits: Limits,
) -> Operation:
    """Parse a document and choose the operation, within the limits and valid.

    Raises RequestRefused.
    """
    try:
        document = parse_document(source, limits)
    except GraphQLError as error:
        raise RequestRefused(error) from None
    operation = Operation(source, document, _chosen(document, name), _fragments(document))
    # Validation compares fields pairwise: what is too large must not come so far.
    check(schema, operation, variables, limits)
    if errors := validate(schema, document, max_errors=MAX_ERRORS):
        raise RequestRefused(*errors)
    return operation


def check(
    schema: GraphQLSchema, operation: Operation, variables: Mapping[str, Any], limits: Limits
) -> int:
    """Measure an operation with the page sizes that its variables give: the nodes it may read.

    Raises RequestRefused.
    """
    measured = measure_operation(schema, operation.document, operation.node, variables, limits)
    if isinstance(measured, GraphQLError):
        raise RequestRefused(measured)
    if errors := exceeded(measured, limits):
        raise RequestRefused(*errors)
    return measured.tally.nodes.nodes


def coerce(schema: GraphQLSchema, operation: Operation, given: Mapping[str, Any]) -> VariableValues:
    """Turn the variables of a request into values of their types.

    Raises RequestRefused.
    """
    definitions = operation.node.variable_definitions or ()
    values = get_variable_values(
        schema, definitions, dict(given), max_errors=MAX_ERRORS, hide_suggestions=True
    )
    if not isinstance(values, list):
        return values
    if all(len(error.message) < _LONG for error in values):
        # What else may have been meant takes much time and memory to find for a long name.
        found = get_variable_values(schema, definitions, dict(given), max_errors=MAX_ERRORS)
        values = found if isinstance(found, list) else values
    raise RequestRefused(*values)


def _chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    named = [node for node in operations if name is None or (node.name and node.name.value == name)]
    if len(named) == 1:
        return named[0]
    if not operations:
        message = "The document holds no operation."
    elif name is None:
        message = "The document holds several operations: `operationName` must say which one."
    elif named:
        message = f"The document holds several operations called {name!r}."
    else:
        message = f"The document holds no operation called {name!r}."
    raise RequestRefused(GraphQLError(message))


def _fragments(document: DocumentNode) -> Mapping[str, FragmentDefinitionNode]:
    return {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }

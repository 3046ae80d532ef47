"""What is done where a Python function failed: the operation is read again, field by field.

Plans are made for functions that answer. When one raises, the whole reading ends; it is run again
by a guarded plan, in which a field that fails has its exception as its value. graphql-core's own
executor then completes what was read: it puts nulls where they belong, and finds the places.
"""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from inspect import GEN_CLOSED, getgeneratorstate
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    FieldNode,
    GraphQLLeafType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)

from pressroom.cms.store.reading import Reading

from .documents import Operation
from .guards import TYPE_NAME
from .values import to_json

Answer = TypeVar("Answer")


class FieldFailed(Exception):
    """What a Python function did has ended a reading; the database had no part in it."""


async def watched(reading: Reading[Any], answer: Awaitable[Answer]) -> Answer:
    """Await what a reading is run for. Raises FieldFailed where the reading itself has raised."""
    try:
        return await answer
    except Exception as error:
        if has_raised(reading):
            raise FieldFailed from error
        raise


def has_raised(reading: Reading[Any]) -> bool:
    """Tell of a reading that came to no answer whether that is its own doing."""
    return getgeneratorstate(reading) == GEN_CLOSED


@dataclass(frozen=True, slots=True)
class Recovery:
    """The second way to answer an operation: its guarded plan, and the variables as they came."""

    schema: GraphQLSchema
    operation: Operation
    variables: Mapping[str, Any]
    plan: Any

    async def complete(
        self, answer: Mapping[str, Any], nodes: Sequence[FieldNode] = ()
    ) -> ExecutionResult:
        """Complete what a guarded plan answered, or what it answered to some root fields alone."""
        # It takes a while where much was asked for; meanwhile others are answered.
        return await asyncio.to_thread(self._completed, answer, nodes)

    def _completed(self, answer: Mapping[str, Any], nodes: Sequence[FieldNode]) -> ExecutionResult:
        return execute_sync(
            self.schema,
            _document(self.operation, nodes),
            root_value=answer,
            variable_values=dict(self.variables),
            field_resolver=_entry,
            type_resolver=lambda value, _info, _kind: value[TYPE_NAME],
            executor_class=_Completing,
        )


def _document(operation: Operation, nodes: Sequence[FieldNode]) -> DocumentNode:
    node = operation.node
    alone = OperationDefinitionNode(
        operation=node.operation,
        variable_definitions=node.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(nodes)) if nodes else node.selection_set,
    )
    return DocumentNode(definitions=(alone, *operation.fragments.values()))


def _entry(source: Mapping[Any, Any], info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
    return source[info.path.key]


class _Completing(Executor[None]):
    """Completes values that are what answers show already."""

    @staticmethod
    def complete_leaf_value(_kind: GraphQLLeafType, value: Any) -> Any:
        """Give a leaf as it is. Raises TypeError where it cannot be written."""
        to_json(value)
        return value

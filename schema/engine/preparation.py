"""What comes before an operation runs: its document is read and its plan is made, once.

Both are kept, bounded in number and in memory. What is refused is not kept, and so takes no room
from what is good.
"""

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple, TypeAlias

from graphql import GraphQLSchema
from graphql.execution.values import VariableValues

from pressroom.cms.errors import PressroomError
from pressroom.cms.http.operations import GraphQLRequest
from pressroom.cms.settings import Settings
from pressroom.cms.store.scope import PUBLIC, Audience
from pressroom.schema.limits import Limits

from .answers import error_of
from .cache import LeastRecentlyUsed
from .documents import Operation, RequestRefused, check, coerce, read_operation
from .metrics import Metrics
from .mutation import MutationPlan
from .plan import Plan
from .planner import Planner
from .variables import shape_of
from .weights import operation_weight, plan_weight, shape_weight

AnyPlan: TypeAlias = Plan | MutationPlan


class Prepared(NamedTuple):
    """A plan, and its cost: how many nodes it may read."""

    plan: AnyPlan
    cost: int


class Preparation:
    """Reads documents and makes plans for one schema, and keeps them."""

    def __init__(
        self, schema: GraphQLSchema, planner: Planner, limits: Limits, settings: Settings
    ) -> None:
        self.metrics = Metrics()
        self._schema = schema
        self._planner = planner
        self._limits = limits
        size, room = settings.plan_cache_size, settings.plan_cache_bytes // 2
        self.operations = LeastRecentlyUsed[Hashable, Operation](size, room)
        self.plans = LeastRecentlyUsed[Hashable, Prepared](size, room)

    def operation(self, request: GraphQLRequest) -> Operation:
        """Find the operation that a request asks for. Raises RequestRefused."""
        key = (request.query, request.operation_name)
        operation = self.operations.get(key)
        if operation is None:
            given = request.variables or {}
            operation = read_operation(
                self._schema, request.query, request.operation_name, given, self._limits
            )
            self.metrics.documents_read += 1
            self.operations.put(key, operation, operation_weight(operation))
        return operation

    def values(self, operation: Operation, given: Mapping[str, Any]) -> VariableValues:
        """Turn the variables of a request into values of their types. Raises RequestRefused."""
        # Mutations have graphql-core read their arguments, which wants to know where each value
        # comes from.
        plain = operation.signature.plain(given) if operation.is_query else None
        if plain is not None:
            return VariableValues({}, plain)
        return coerce(self._schema, operation, given)

    def plan(
        self,
        operation: Operation,
        given: Mapping[str, Any],
        values: VariableValues,
        audience: Audience,
        *,
        guarded: bool = False,
    ) -> Prepared:
        """Find the plan for an operation with variables of a shape. Raises RequestRefused.

        A `guarded` one is for when Python functions raise; see `recovery`.
        """
        shape = _shape(values.coerced)
        # Telling the public by a word spares hashing what all its requests have in common.
        key = (operation, shape, audience is PUBLIC or audience, guarded)
        prepared = self.plans.get(key)
        if prepared is None:
            prepared = self._prepare(operation, given, audience, guarded=guarded)
            self.metrics.plans_made += 1
            self.plans.put(key, prepared, plan_weight(prepared.plan) + shape_weight(shape))
        self.metrics.plans_used += not guarded
        return prepared

    def _prepare(
        self, operation: Operation, given: Mapping[str, Any], audience: Audience, *, guarded: bool
    ) -> Prepared:
        cost = check(self._schema, operation, given, self._limits)
        values = coerce(self._schema, operation, given)
        if operation.is_query:
            plan = self._planner.plan(operation, values, given, audience, guarded=guarded)
            return Prepared(plan, cost)
        return Prepared(self._planner.mutation(operation, values, audience, guarded=guarded), cost)


def _shape(values: Mapping[str, Any]) -> Hashable:
    try:
        return shape_of(values)
    except PressroomError as error:
        raise RequestRefused(error_of(error)) from None

"""The engine: answers requests by plans, which it makes once and keeps.

A request is looked up, its variables are checked, its plan is run, its bytes are sent. What a plan
depends on is its key: the document, the operation's name, the shape of the variables, and whose
eyes it is made for.
"""

from collections.abc import Hashable

from graphql import GraphQLError, GraphQLSchema
from graphql.execution.values import VariableValues

from pressroom.cms.errors import PressroomError
from pressroom.cms.http.caller import Caller
from pressroom.cms.http.operations import GraphQLRequest, GraphQLResponse, Outcome
from pressroom.cms.plugins import Services
from pressroom.cms.store import clock
from pressroom.cms.store.scope import Moment
from pressroom.cms.store.visibility import audience_of
from pressroom.schema.context import Context
from pressroom.schema.limits import Limits

from .answers import answer_data, answer_failure, answer_refusal, error_of
from .cache import LeastRecentlyUsed
from .documents import Operation, RequestRefused, check, coerce, read_operation
from .mutation import MutationPlan
from .plan import Plan
from .planner import Planner
from .variables import shape_of


class Engine:
    """Executes the operations of one schema on one database."""

    def __init__(self, schema: GraphQLSchema, services: Services, limits: Limits) -> None:
        self._schema = schema
        self._services = services
        self._limits = limits
        self._planner = Planner(schema, services.database.engine.dialect)
        size = services.settings.plan_cache_size
        self._operations: LeastRecentlyUsed[Hashable, Operation] = LeastRecentlyUsed(size)
        self._plans: LeastRecentlyUsed[Hashable, Plan | MutationPlan] = LeastRecentlyUsed(size)

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> GraphQLResponse:
        """Answer a request; the errors of an operation are part of the answer."""
        try:
            operation = self._operation(request)
            if request.queries_only and not operation.is_query:
                refusal = GraphQLError("Only queries may be sent by GET: send this one by POST.")
                return answer_refusal([refusal], Outcome.NOT_A_QUERY)
            values = coerce(self._schema, operation, request.variables or {})
            context = self._context(caller)
            plan = self._plan(request, operation, values, context)
            if isinstance(plan, MutationPlan):
                return await plan.run(values, context, self._services.database.reader)
            return await self._query(plan, values, context)
        except RequestRefused as refused:
            return answer_refusal(refused.errors)

    async def _query(self, plan: Plan, values: VariableValues, context: Context) -> GraphQLResponse:
        try:
            reading = plan.reading(values.coerced, context.moment, context)
        except PressroomError as error:
            raise RequestRefused(error_of(error)) from None
        try:
            return answer_data(await self._services.database.reader.run(reading))
        except Exception as error:
            return answer_failure([error_of(error)])

    def _operation(self, request: GraphQLRequest) -> Operation:
        key = (request.query, request.operation_name)
        operation = self._operations.get(key)
        if operation is None:
            operation = read_operation(
                self._schema,
                request.query,
                request.operation_name,
                request.variables or {},
                self._limits,
            )
            self._operations.put(key, operation)
        return operation

    def _plan(
        self,
        request: GraphQLRequest,
        operation: Operation,
        values: VariableValues,
        context: Context,
    ) -> Plan | MutationPlan:
        audience = audience_of(context.actor)
        key = (request.query, request.operation_name, _shape(values), audience)
        plan = self._plans.get(key)
        if plan is None:
            given = request.variables or {}
            check(self._schema, operation, given, self._limits)
            plan = (
                self._planner.plan(operation, values, given, audience)
                if operation.is_query
                else self._planner.mutation(operation, values, audience)
            )
            self._plans.put(key, plan)
        return plan

    def _context(self, caller: Caller) -> Context:
        actor = caller.actor
        moment = Moment(clock.now(), caller.base_url, actor.comment_id, actor.post_id)
        return Context(self._services, actor, moment)


def _shape(values: VariableValues) -> Hashable:
    try:
        return shape_of(values.coerced)
    except PressroomError as error:
        raise RequestRefused(error_of(error)) from None

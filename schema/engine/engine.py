"""The engine: answers requests by plans, which it makes once and keeps.

A request is looked up, its variables are checked, its plan is run, its bytes are sent. What a plan
depends on is its key: the document, the operation's name, the shape of the variables, and whose
eyes it is made for.
"""

from collections.abc import Awaitable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from graphql import GraphQLError, GraphQLSchema
from graphql.execution.values import VariableValues

from pressroom.cms.errors import Malformed, PressroomError, Unavailable
from pressroom.cms.http.caller import PERSPECTIVE, Caller
from pressroom.cms.http.operations import GraphQLRequest, GraphQLResponse, Made, Once, Outcome
from pressroom.cms.plugins import Services
from pressroom.cms.store import clock
from pressroom.cms.store.reading import Done, Reading
from pressroom.cms.store.scope import Audience, Moment, Perspective
from pressroom.cms.store.visibility import audience_of
from pressroom.schema.context import Context
from pressroom.schema.limits import Limits

from .answers import answer_data, answer_refusal, error_of, errors_of, with_cost
from .documents import Operation, RequestRefused
from .memory import Room
from .metrics import Metrics
from .mutation import MutationPlan
from .plan import Plan
from .planner import Planner
from .preparation import Preparation
from .recovery import FieldFailed, Recovery, has_raised, watched
from .shown import Noted, Shows
from .values import trimmed


class Engine:
    """Executes the operations of one schema on one database."""

    def __init__(self, schema: GraphQLSchema, services: Services, limits: Limits) -> None:
        self._schema = schema
        self._services = services
        self._limits = limits
        keeping = services.settings.answer_cache_bytes > 0
        dialect, room = services.database.engine.dialect, Room(services.settings.row_cache_bytes)
        planner = Planner(schema, dialect, room, traced=keeping)
        self.preparation = Preparation(schema, planner, limits, services.settings)

    @property
    def metrics(self) -> Metrics:
        """What happened so far."""
        return self.preparation.metrics

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> GraphQLResponse:
        """Answer a request; the errors of an operation are part of the answer."""
        try:
            operation = self.preparation.operation(request)
            if request.queries_only and not operation.is_query:
                refusal = GraphQLError("Only queries may be sent by GET: send this one by POST.")
                return answer_refusal([refusal], Outcome.NOT_A_QUERY)
            given = request.variables or {}
            values = self.preparation.values(operation, given)
            asked = _Asked(operation, given, values, _audience(caller, operation))
            plan, cost = self.preparation.plan(*asked)
            context = self._context(caller)
            if isinstance(plan, MutationPlan):
                answer = await self._mutate(plan, asked, context)
            else:
                answer = await self._query(plan, cost, asked, context, request.once)
        except RequestRefused as refused:
            self.metrics.requests_refused += 1
            return answer_refusal(refused.errors)
        if request.tells_cost:
            return with_cost(answer, cost, self._limits.nodes)
        return answer

    async def _mutate(
        self, plan: MutationPlan, asked: "_Asked", context: Context
    ) -> GraphQLResponse:
        again = partial(self._recovery, asked)
        return await plan.run(asked.values, context, self._services.database.reader, again)

    async def _query(
        self, plan: Plan, cost: int, asked: "_Asked", context: Context, once: Once | None
    ) -> GraphQLResponse:
        reading = _begin(plan, asked.values.coerced, context)
        try:
            if once is not None and plan.shows is not None:
                return await once(partial(self._read, reading, cost, plan.shows))
            made = self._read(reading, cost)
            return made if isinstance(made, GraphQLResponse) else await made
        except FieldFailed:
            return await self._read_again(asked, context, cost)
        except Unavailable:
            raise
        except Exception as error:
            return answer_data(None, [error_of(error)])

    def _read(
        self, reading: Reading[dict[str, Any]], cost: int, shows: Shows | None = None
    ) -> Made:
        noted = Noted(passing=shows is None)
        if shows is not None:
            reading = shows.noting(reading, noted)
        try:
            begun = self._services.database.reader.begin(reading, cost)
            if not isinstance(begun, Done):
                return watched(reading, _awaited(begun, noted))
            return _answered(begun.answer, noted)
        except Exception as error:
            if has_raised(reading):
                raise FieldFailed from error
            raise

    async def _read_again(self, asked: "_Asked", context: Context, cost: int) -> GraphQLResponse:
        """Answer an operation of which a part has failed; nobody keeps that."""
        recovery = self._recovery(asked)
        reading = recovery.plan.reading(asked.values.coerced, context.moment, context)
        found = await self._services.database.reader.run(reading, cost)
        result = await recovery.complete(found)
        return answer_data(result.data, errors_of(result))

    def _recovery(self, asked: "_Asked") -> Recovery:
        guarded = self.preparation.plan(*asked, guarded=True)
        return Recovery(self._schema, asked.operation, asked.given, guarded.plan)

    def _context(self, caller: Caller) -> Context:
        actor, view = caller.actor, caller.perspective
        now = view if isinstance(view, datetime) else clock.now()
        moment = Moment(now, caller.base_url, actor.comment_id, actor.post_id, actor.author_id)
        return Context(self._services, actor, moment)


async def _awaited(begun: Awaitable[dict[str, Any]], noted: Noted) -> GraphQLResponse:
    return _answered(await begun, noted)


def _answered(data: dict[str, Any], noted: Noted) -> GraphQLResponse:
    answer = answer_data(data)
    if noted.passing:
        return answer
    tags = frozenset(noted.tags)
    return answer._replace(body=trimmed(answer.body), shows=tags, until=noted.until)


class _Asked(NamedTuple):
    """What is asked for: what a plan depends on, and the variables as they came."""

    operation: Operation
    given: Mapping[str, Any]
    values: VariableValues
    audience: Audience


def _begin(plan: Plan, values: Mapping[str, Any], context: Context) -> Reading[dict[str, Any]]:
    """Bind what the variables say. Raises RequestRefused for a cursor of another list."""
    try:
        return plan.reading(values, context.moment, context)
    except PressroomError as error:
        raise RequestRefused(error_of(error)) from None


def _audience(caller: Caller, operation: Operation) -> Audience:
    """Tell whose eyes a caller looks with. Raises RequestRefused."""
    if operation.is_query:
        return audience_of(caller.actor, caller.perspective)
    if isinstance(caller.perspective, datetime):
        message = f"Changes are made now: leave `{PERSPECTIVE}` to queries."
        raise RequestRefused(error_of(Malformed(message)))
    # What somebody has changed is shown to them as it stands, published or not.
    return audience_of(caller.actor, Perspective.DRAFT)

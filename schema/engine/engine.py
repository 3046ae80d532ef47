"""The engine: answers requests by plans, which it makes once and keeps.

A request is looked up, its variables are checked, its plan is run, its bytes are sent. What a plan
depends on is its key: the document, the operation's name, the shape of the variables, and whose
eyes it is made for.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from graphql import GraphQLError, GraphQLSchema

from pressroom.cms.errors import Malformed, PressroomError, Unavailable
from pressroom.cms.http.caller import PERSPECTIVE, Caller
from pressroom.cms.http.operations import GraphQLRequest, GraphQLResponse, Once, Outcome
from pressroom.cms.plugins import Services
from pressroom.cms.store import clock
from pressroom.cms.store.reading import Reading
from pressroom.cms.store.scope import Moment, Perspective, View
from pressroom.cms.store.visibility import audience_of
from pressroom.schema.context import Context
from pressroom.schema.limits import Limits

from .answers import answer_data, answer_failure, answer_refusal, error_of, with_cost
from .documents import Operation, RequestRefused
from .memory import Room
from .metrics import Metrics
from .mutation import MutationPlan
from .plan import Plan
from .planner import Planner
from .preparation import Preparation
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
            audience = audience_of(caller.actor, _view(caller, operation))
            plan, cost = self.preparation.plan(operation, given, values, audience)
            context = self._context(caller)
            if isinstance(plan, MutationPlan):
                coerced = self.preparation.coerced(operation, given)
                answer = await plan.run(coerced, context, self._services.database.reader)
            else:
                reading = _begin(plan, values, context)
                answer = await self._once(request.once, reading, cost, plan.shows)
        except RequestRefused as refused:
            self.metrics.requests_refused += 1
            return answer_refusal(refused.errors)
        if request.tells_cost:
            return with_cost(answer, cost, self._limits.nodes)
        return answer

    async def _once(
        self, once: Once | None, reading: Reading[dict[str, Any]], cost: int, shows: Shows | None
    ) -> GraphQLResponse:
        if once is None or shows is None:
            return await self._read(reading, cost)
        return await once(partial(self._read, reading, cost, shows))

    async def _read(
        self, reading: Reading[dict[str, Any]], cost: int, shows: Shows | None = None
    ) -> GraphQLResponse:
        noted = Noted()
        if shows is not None:
            reading = shows.noting(reading, noted)
        try:
            answer = answer_data(await self._services.database.reader.run(reading, cost))
        except Unavailable:
            raise
        except Exception as error:
            return answer_failure([error_of(error)])
        if shows is None or noted.passing:
            return answer
        tags = frozenset(noted.tags)
        return answer._replace(body=trimmed(answer.body), shows=tags, until=noted.until)

    def _context(self, caller: Caller) -> Context:
        actor, view = caller.actor, caller.perspective
        now = view if isinstance(view, datetime) else clock.now()
        moment = Moment(now, caller.base_url, actor.comment_id, actor.post_id, actor.author_id)
        return Context(self._services, actor, moment)


def _begin(plan: Plan, values: Mapping[str, Any], context: Context) -> Reading[dict[str, Any]]:
    """Bind what the variables say. Raises RequestRefused for a cursor of another list."""
    try:
        return plan.reading(values, context.moment, context)
    except PressroomError as error:
        raise RequestRefused(error_of(error)) from None


def _view(caller: Caller, operation: Operation) -> View:
    """Tell what a caller is shown. Raises RequestRefused."""
    if operation.is_query:
        return caller.perspective
    if isinstance(caller.perspective, datetime):
        message = f"Changes are made now: leave `{PERSPECTIVE}` to queries."
        raise RequestRefused(error_of(Malformed(message)))
    # What somebody has changed is shown to them as it stands, published or not.
    return Perspective.DRAFT

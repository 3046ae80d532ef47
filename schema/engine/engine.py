"""The engine: answers requests by plans, which it makes once and keeps.

A request is looked up, its variables are checked, its plan is run, its bytes are sent. What a plan
depends on is its key: the document, the operation's name, the shape of the variables, and whose
eyes it is made for.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from graphql import GraphQLError, GraphQLSchema
from graphql.execution.values import VariableValues

from pressroom.cms.errors import Malformed, PressroomError, Unavailable
from pressroom.cms.http.caller import PERSPECTIVE, Caller
from pressroom.cms.http.operations import GraphQLRequest, GraphQLResponse, Once, Outcome
from pressroom.cms.plugins import Services
from pressroom.cms.store import clock
from pressroom.cms.store.reading import Reading
from pressroom.cms.store.scope import Audience, Moment, Perspective, View
from pressroom.cms.store.visibility import audience_of
from pressroom.schema.context import Context
from pressroom.schema.limits import Limits

from .answers import answer_data, answer_refusal, error_of, errors_of, with_cost
from .documents import Operation, RequestRefused, coerce
from .metrics import Metrics
from .mutation import MutationPlan
from .planner import Planner
from .preparation import Preparation, Prepared
from .recovery import FieldFailed, Recovery, has_raised
from .shown import Noted, Shows
from .values import trimmed


class Engine:
    """Executes the operations of one schema on one database."""

    def __init__(self, schema: GraphQLSchema, services: Services, limits: Limits) -> None:
        self._schema = schema
        self._services = services
        self._limits = limits
        keeping = services.settings.answer_cache_bytes > 0
        planner = Planner(schema, services.database.engine.dialect, traced=keeping)
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
            values = coerce(self._schema, operation, request.variables or {})
            context = self._context(caller)
            audience = audience_of(caller.actor, _view(caller, operation))
            prepared = self.preparation.plan(request, operation, values, audience)
            again = partial(self._recovery, request, operation, values, audience)
            answer = await self._execute(prepared, values, context, request.once, again)
        except RequestRefused as refused:
            self.metrics.requests_refused += 1
            return answer_refusal(refused.errors)
        if request.tells_cost:
            return with_cost(answer, prepared.cost, self._limits.nodes)
        return answer

    async def _execute(
        self,
        prepared: Prepared,
        values: VariableValues,
        context: Context,
        once: Once | None,
        again: Callable[[], Recovery],
    ) -> GraphQLResponse:
        plan = prepared.plan
        if isinstance(plan, MutationPlan):
            return await plan.run(values, context, self._services.database.reader, again)
        try:
            reading = plan.reading(values.coerced, context.moment, context)
        except PressroomError as error:
            raise RequestRefused(error_of(error)) from None
        try:
            if once is None or plan.shows is None:
                return await self._read(reading, prepared.cost)
            return await once(partial(self._read, reading, prepared.cost, plan.shows))
        except FieldFailed:
            return await self._read_again(again(), values, context, prepared.cost)
        except Unavailable:
            raise
        except Exception as error:
            return answer_data(None, [error_of(error)])

    async def _read(
        self, reading: Reading[dict[str, Any]], cost: int, shows: Shows | None = None
    ) -> GraphQLResponse:
        noted = Noted()
        if shows is not None:
            reading = shows.noting(reading, noted)
        try:
            answer = answer_data(await self._services.database.reader.run(reading, cost))
        except Exception as error:
            if has_raised(reading):
                raise FieldFailed from error
            raise
        if shows is None or noted.passing:
            return answer
        tags = frozenset(noted.tags)
        return replace(answer, body=trimmed(answer.body), shows=tags, until=noted.until)

    async def _read_again(
        self, recovery: Recovery, values: VariableValues, context: Context, cost: int
    ) -> GraphQLResponse:
        """Answer an operation of which a part has failed; nobody keeps that."""
        reading = recovery.plan.reading(values.coerced, context.moment, context)
        found = await self._services.database.reader.run(reading, cost)
        result = await recovery.complete(found)
        return answer_data(result.data, errors_of(result))

    def _recovery(
        self,
        request: GraphQLRequest,
        operation: Operation,
        values: VariableValues,
        audience: Audience,
    ) -> Recovery:
        guarded = self.preparation.plan(request, operation, values, audience, guarded=True)
        return Recovery(self._schema, operation, request.variables or {}, guarded.plan)

    def _context(self, caller: Caller) -> Context:
        actor, view = caller.actor, caller.perspective
        now = view if isinstance(view, datetime) else clock.now()
        moment = Moment(now, caller.base_url, actor.comment_id, actor.post_id, actor.author_id)
        return Context(self._services, actor, moment)


def _view(caller: Caller, operation: Operation) -> View:
    """Tell what a caller is shown. Raises RequestRefused."""
    if operation.is_query:
        return caller.perspective
    if isinstance(caller.perspective, datetime):
        message = f"Changes are made now: leave `{PERSPECTIVE}` to queries."
        raise RequestRefused(error_of(Malformed(message)))
    # What somebody has changed is shown to them as it stands, published or not.
    return Perspective.DRAFT

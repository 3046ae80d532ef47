"""Mutations: one after the other, each in a transaction of its own, answered by plans."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import orjson
from graphql import ExecutionResult, FieldNode, GraphQLError, GraphQLField, get_argument_values
from graphql.execution.values import VariableValues

from pressroom.cms.errors import PressroomError, Refused
from pressroom.cms.http.operations import GraphQLResponse
from pressroom.cms.services import rights
from pressroom.cms.store import clock
from pressroom.cms.store.inside import read_inside
from pressroom.cms.store.reading import Reader, Reading, finish
from pressroom.cms.store.sessions import rehearsal
from pressroom.schema.context import Context

from .answers import answer_data, error_of, errors_of
from .declarations import Action
from .documents import RequestRefused
from .plan import Plan
from .recovery import FieldFailed, Recovery, watched
from .values import written

_DRY_RUN = "dryRun"


@dataclass(frozen=True, slots=True)
class Step:
    """One root field: a Python function that changes, and the plan that answers the selection.

    A step that only asks for `__typename` has neither.
    """

    key: str
    nodes: Sequence[FieldNode]
    definition: GraphQLField | None = None
    action: Action | None = None
    plan: Plan | None = None


class Payload(dict[str, Any]):
    """What a mutation answered; what it does not mention is null."""

    def __missing__(self, _name: str) -> None:
        return None


@dataclass(frozen=True, slots=True)
class MutationPlan:
    """The steps of a mutation, in their order."""

    root_name: str
    steps: Sequence[Step]

    async def run(
        self,
        values: VariableValues,
        context: Context,
        reader: Reader,
        again: Callable[[], Recovery],
    ) -> GraphQLResponse:
        """Take the steps (GraphQL, 6.2.2, serial execution).

        A payload is never null: what is raised in one step ends the operation, unless a field
        within its selection can be null instead. None is taken where the right to one of them is
        missing, or an answer could not be given. Raises RequestRefused.
        """
        self._require_sense(values, context)
        data: dict[str, Any] = {}
        errors: list[GraphQLError] = []
        step = self.steps[0]
        try:
            for step in self.steps:
                _require_right(step, context)
            for place, step in enumerate(self.steps):
                read = await self._take(step, values, context, reader)
                result = await _result(step, place, read, again)
                errors += errors_of(result)
                if result.data is None:
                    return answer_data(None, errors)
                data |= result.data
        except Exception as error:
            return answer_data(None, [*errors, error_of(error, nodes=step.nodes, path=[step.key])])
        return answer_data(data, errors)

    def _require_sense(self, values: VariableValues, context: Context) -> None:
        """Bind what the variables say, as a cursor may turn out to belong to another list."""
        for step in self.steps:
            if step.definition is None or step.plan is None:
                continue
            try:
                get_argument_values(step.definition, step.nodes[0], values)
                step.plan.reading(values.coerced, context.moment, context)
            except (GraphQLError, PressroomError) as error:
                raise RequestRefused(error_of(error, nodes=step.nodes)) from None

    async def _take(
        self, step: Step, values: VariableValues, context: Context, reader: Reader
    ) -> "Read":
        """Have it done, and give the way to read what came of it by a plan."""
        if step.action is None or step.definition is None:
            return self._read_name
        sent = get_argument_values(step.definition, step.nodes[0], values)["input"]
        if sent.get(_DRY_RUN):
            return partial(_rehearse, step.action, values, context, sent)
        given = await _done(step.action, context, sent)
        return partial(_read, values, context, reader, given)

    async def _read_name(self, _plan: Plan | None) -> str:
        return self.root_name


Read: TypeAlias = Callable[[Any], Awaitable[Any]]


async def _result(
    step: Step, place: int, read: Read, again: Callable[[], Recovery]
) -> ExecutionResult:
    """Read what came of a step; where a field fails, again by the guarded plan."""
    try:
        return ExecutionResult({step.key: written(await read(step.plan))})
    except (FieldFailed, orjson.JSONEncodeError):
        recovery = again()
        found = await read(recovery.plan.steps[place].plan)
        return await recovery.complete({step.key: found}, step.nodes)


async def _read(
    values: VariableValues,
    context: Context,
    reader: Reader,
    given: Mapping[str, Any],
    plan: Plan,
) -> Any:
    reading = _answer(plan, values, context, given)
    return await watched(reading, reader.run(reading))


async def _rehearse(
    action: Action, values: VariableValues, context: Context, sent: Mapping[str, Any], plan: Plan
) -> Any:
    """Do it, read what came of it before anybody else could, and undo it."""
    services = context.services
    async with rehearsal(services.database) as session:
        given = await _done(action, context._replace(rehearsal=session), sent)
        reading = _answer(plan, values, context, given)
        inside = read_inside(session, reading, services.settings.statement_timeout)
        rest = await watched(reading, inside)
    return await watched(reading, finish(reading, rest))


def _answer(
    plan: Plan, values: VariableValues, context: Context, given: Mapping[str, Any]
) -> Reading[dict[str, Any]]:
    moment = context.moment._replace(now=clock.now())
    if given["own_comment"] is not None:
        moment = moment._replace(comment_id=given["own_comment"])
    return plan.reading(values.coerced, moment, context, given)


async def _done(action: Action, context: Context, sent: Mapping[str, Any]) -> Payload:
    try:
        return Payload({"user_errors": [], **await action.function(context, sent)})
    except Refused as refused:
        return Payload(refusal(refused))


def refusal(refused: Refused) -> dict[str, Any]:
    """Tell what is wrong with an input, as every payload has it."""
    errors = [
        {"code": error.code, "message": error.message, "path": list(error.path)}
        for error in refused.errors
    ]
    return {"user_errors": errors}


def _require_right(step: Step, context: Context) -> None:
    if step.action is not None:
        rights.require(context.actor, step.action.right)

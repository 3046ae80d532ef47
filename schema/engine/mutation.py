"""Mutations: one after the other, each in a transaction of its own, answered by plans."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import GraphQLError, GraphQLObjectType, OperationType, get_argument_values
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues

from pressroom.cms.errors import Refused
from pressroom.cms.http.operations import GraphQLResponse
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.visibility import audience_of
from pressroom.schema.context import Context

from .answers import answer_data, answer_failure, error_of
from .compiler import Selected
from .declarations import Action
from .documents import Operation, RequestRefused
from .plan import Plan
from .planner import Planner


class Mutations:
    """Executes mutations: Python functions change, plans answer what is selected."""

    def __init__(self, planner: Planner, database: Database) -> None:
        self._planner = planner
        self._database = database

    async def execute(
        self, operation: Operation, values: VariableValues, context: Context
    ) -> GraphQLResponse:
        """Run the root fields in their order (GraphQL, 6.2.2, serial execution).

        A payload is never null: what is raised in one field ends the operation.
        """
        root = self._planner.root(OperationType.MUTATION)
        compiler = self._planner.compiler(operation, values, audience_of(context.actor))
        try:
            fields = compiler.root_fields(root)
        except GraphQLError as error:
            raise RequestRefused(error) from None
        data = {}
        for key, details in fields.items():
            try:
                data[key] = await self._field(root, details, operation, values, context)
            except Exception as error:
                return answer_failure([error_of(error, nodes=[details[0].node], path=[key])])
        return answer_data(data)

    async def _field(
        self,
        root: GraphQLObjectType,
        details: list[FieldDetails],
        operation: Operation,
        values: VariableValues,
        context: Context,
    ) -> Any:
        node = details[0].node
        if node.name.value == "__typename":
            return root.name
        definition = root.fields[node.name.value]
        action: Action = self._planner.catalog.declaration(root.name, node.name.value)
        arguments = get_argument_values(definition, node, values)
        selected = Selected(root, node.name.value, definition, details, arguments)
        # What cannot be answered must not be done: the plan comes first.
        plan = self._plan(operation, values, context, selected)
        given = await _done(action, context, arguments)
        return await self._answer(plan, values, context, given)

    def _plan(
        self, operation: Operation, values: VariableValues, context: Context, selected: Selected
    ) -> Plan:
        audience = audience_of(context.actor)
        if not audience.moderates:
            # Who sends a comment is shown it at once, whatever its status.
            audience = replace(audience, holder=True)
        return self._planner.payload_plan(
            operation, values, audience, selected.type, selected.details
        )

    async def _answer(
        self, plan: Plan, values: VariableValues, context: Context, given: "Payload"
    ) -> Any:
        moment = replace(context.moment, now=clock.now())
        if given.get("own_comment") is not None:
            moment = replace(moment, comment_id=given["own_comment"])
        return await self._database.reader.run(plan.reading(values.coerced, moment, context, given))


class Payload(dict[str, Any]):
    """What a mutation answered; what it does not mention is null."""

    def __missing__(self, _name: str) -> None:
        return None


async def _done(action: Action, context: Context, arguments: Mapping[str, Any]) -> Payload:
    try:
        return Payload({"user_errors": [], **await action.function(context, **arguments)})
    except Refused as refused:
        errors = [
            {"code": error.code, "message": error.message, "path": list(error.path)}
            for error in refused.errors
        ]
        return Payload({"user_errors": errors})

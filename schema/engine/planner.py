"""Makes plans: for an operation, a shape of its variables and an audience."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationType,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues
from sqlalchemy.engine import Dialect

from pressroom.cms.store.scope import PUBLIC, Audience, Moment, Scope

from . import facts, listed, lists, references, rows
from .catalog import Catalog
from .compiler import Compiler, Thing
from .documents import Operation, RequestRefused
from .introspection import INTROSPECTING, introspect, takes_variables
from .memory import Room
from .mutation import MutationPlan, Step
from .plan import Plan, finish
from .variables import open_variables

# Each of these registers the writers of the fields that it is about.
_WRITERS = (facts, listed, lists, references, rows)


class Planner:
    """Compiles operations of one schema for one database.

    What plans remember takes of `room`. With `traced`, plans of queries by the public tell what
    their answers show.
    """

    def __init__(
        self, schema: GraphQLSchema, dialect: Dialect, room: Room, *, traced: bool = False
    ) -> None:
        self.schema = schema
        self.catalog = Catalog(schema)
        self._dialect = dialect
        self._room = room
        self._traced = traced

    def plan(
        self,
        operation: Operation,
        values: VariableValues,
        given: Mapping[str, Any],
        audience: Audience,
        *,
        guarded: bool = False,
    ) -> Plan:
        """Compile a query. Raises RequestRefused for what an argument asks."""
        compiler = self.compiler(operation, values, audience, guarded=guarded)
        kind = self.root(operation.node.operation)
        fields = _refusing(compiler.root_fields, kind)
        introspected = _introspected(compiler, operation, fields, given)
        parts = []
        for key, details in fields.items():
            code = introspected.get(key) or _refusing(compiler.field, kind, details, None)
            parts.append(f"{key!r}: {code}")
        traced = self._traced and audience == PUBLIC and not guarded
        return finish(compiler, "{" + ", ".join(parts) + "}", traced=traced, joined=True)

    def mutation(
        self,
        operation: Operation,
        values: VariableValues,
        audience: Audience,
        *,
        guarded: bool = False,
    ) -> MutationPlan:
        """Compile a mutation, each payload by itself, before anything of it is done.

        Raises RequestRefused.
        """
        if not audience.moderates:
            # Who sends a comment is shown it at once, whatever its status.
            audience = replace(audience, holder=True)
        root = self.root(operation.node.operation)
        compiler = self.compiler(operation, values, audience)
        fields = _refusing(compiler.root_fields, root)
        steps = [
            self._step(
                key, details, root, self.compiler(operation, values, audience, guarded=guarded)
            )
            for key, details in fields.items()
        ]
        return MutationPlan(root.name, steps)

    def _step(
        self, key: str, details: list[FieldDetails], root: GraphQLObjectType, compiler: Compiler
    ) -> Step:
        nodes = [detail.node for detail in details]
        name = nodes[0].name.value
        if name == "__typename":
            return Step(key, nodes)
        definition = root.fields[name]
        payload = get_named_type(definition.type)
        compiler.remembers = False
        plan = finish(compiler, _refusing(compiler.object, payload, details, Thing("given")))
        action = self.catalog.declaration(root.name, name)
        return Step(key, nodes, definition, action, plan)

    def compiler(
        self,
        operation: Operation,
        values: VariableValues,
        audience: Audience,
        *,
        guarded: bool = False,
    ) -> Compiler:
        """Begin to compile, with the variables left open that a plan does not depend on."""
        opened = VariableValues(
            coerced={
                name: open_variables(value, (name,)) for name, value in values.coerced.items()
            },
            sources=values.sources,
        )
        return Compiler(
            self.schema,
            self.catalog,
            Scope(self._dialect, audience),
            operation.node,
            operation.fragments,
            opened,
            self._room,
            guarded=guarded,
        )

    def root(self, operation: OperationType) -> GraphQLObjectType:
        """Give the type of an operation's root. Raises RequestRefused where there is none."""
        kind = self.schema.get_root_type(operation)
        if kind is None:
            raise RequestRefused(GraphQLError(f"The schema has no {operation.value}s."))
        return kind


def _introspected(
    compiler: Compiler,
    operation: Operation,
    fields: Mapping[str, list[FieldDetails]],
    given: Mapping[str, Any],
) -> Mapping[str, str]:
    """Write the code of the root fields about the schema itself, by their keys."""
    asked = {
        key: [detail.node for detail in details]
        for key, details in fields.items()
        if details[0].node.name.value in INTROSPECTING
    }
    nodes = [node for named in asked.values() for node in named]
    if not asked:
        return {}
    if not takes_variables(operation):
        answer = introspect(compiler.schema, operation, nodes, given)
        return {key: compiler.code.name(answer[key]) for key in asked}

    def read(variables: Mapping[str, Any], _moment: Moment) -> Mapping[str, Any]:
        return introspect(compiler.schema, operation, nodes, variables)

    name = compiler.scope.take(read)
    return {key: f"bound[{name!r}][{key!r}]" for key in asked}


def _refusing(step: Any, *arguments: Any) -> Any:
    try:
        return step(*arguments)
    except GraphQLError as error:
        raise RequestRefused(error) from None

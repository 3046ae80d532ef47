"""Makes plans: for an operation, a shape of its variables and an audience."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, GraphQLObjectType, GraphQLSchema, OperationType
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues
from sqlalchemy.engine import Dialect

from pressroom.cms.store.scope import Audience, Scope

from . import facts, lists, references, rows
from .catalog import Catalog
from .compiler import Compiler, Thing
from .documents import Operation, RequestRefused
from .introspection import INTROSPECTING, introspect
from .plan import Plan, finish
from .variables import open_variables

# Each of these registers the writers of the fields that it is about.
_WRITERS = (facts, lists, references, rows)


class Planner:
    """Compiles operations of one schema for one database."""

    def __init__(self, schema: GraphQLSchema, dialect: Dialect) -> None:
        self.schema = schema
        self.catalog = Catalog(schema)
        self._dialect = dialect

    def plan(
        self,
        operation: Operation,
        values: VariableValues,
        given: Mapping[str, Any],
        audience: Audience,
    ) -> Plan:
        """Compile a query. Raises RequestRefused for what an argument asks."""
        compiler = self.compiler(operation, values, audience)
        kind = self.root(operation.node.operation)
        fields = _refusing(compiler.root_fields, kind)
        about_schema = {
            key: details[0].node
            for key, details in fields.items()
            if details[0].node.name.value in INTROSPECTING
        }
        known = introspect(self.schema, operation, about_schema, given) if about_schema else {}
        parts = []
        for key, details in fields.items():
            code = (
                compiler.code.name(known[key])
                if key in known
                else _refusing(compiler.field, kind, details, None)
            )
            parts.append(f"{key!r}: {code}")
        return finish(compiler, "{" + ", ".join(parts) + "}")

    def payload_plan(
        self,
        operation: Operation,
        values: VariableValues,
        audience: Audience,
        kind: GraphQLObjectType,
        details: list[FieldDetails],
    ) -> Plan:
        """Compile what is selected of a mutation's payload, which is `given` to the plan."""
        compiler = self.compiler(operation, values, audience)
        return finish(compiler, _refusing(compiler.object, kind, details, Thing("given")))

    def compiler(
        self, operation: Operation, values: VariableValues, audience: Audience
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
        )

    def root(self, operation: OperationType) -> GraphQLObjectType:
        """Give the type of an operation's root. Raises RequestRefused where there is none."""
        kind = self.schema.get_root_type(operation)
        if kind is None:
            raise RequestRefused(GraphQLError(f"The schema has no {operation.value}s."))
        return kind


def _refusing(step: Any, *arguments: Any) -> Any:
    try:
        return step(*arguments)
    except GraphQLError as error:
        raise RequestRefused(error) from None

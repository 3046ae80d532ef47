"""From an operation to a plan: selections become columns, joins, levels and a generated function.

The function first fetches, level by level from the root, then awaits what Python functions are
asked, and last assembles the answer from the innermost level outwards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_argument_values,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues
from sqlalchemy import FromClause

from pressroom.cms.errors import Forbidden, Malformed
from pressroom.cms.store.scope import Scope

from .catalog import Catalog
from .code import Code
from .guards import TYPE_NAME
from .level import Level
from .memory import Room


class Mark(NamedTuple):
    """How far a compiler had come at some time."""

    levels: int
    questions: int
    prelude: int


@dataclass(frozen=True, slots=True)
class Row:
    """The object is a row of a level; `target` is its table among those the level joins."""

    level: Level
    target: FromClause


@dataclass(frozen=True, slots=True)
class Thing:
    """The object is a mapping that the code `expression` gives."""

    expression: str


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of the answer: its definition, arguments and what is selected below it."""

    parent: GraphQLObjectType
    name: str
    definition: GraphQLField
    details: list[FieldDetails]
    arguments: Mapping[str, Any]

    @property
    def type(self) -> Any:
        """The named type of the field's values."""
        return get_named_type(self.definition.type)

    @property
    def is_nullable(self) -> bool:
        """Whether the field may answer null."""
        return not is_non_null_type(self.definition.type)

    @property
    def is_list(self) -> bool:
        """Whether the field answers a list."""
        return is_list_type(get_nullable_type(self.definition.type))


AnyLevel = TypeVar("AnyLevel", bound=Level)
Writer = Callable[["Compiler", Any, Selected, Any], str]
_WRITERS: dict[type, Writer] = {}


def writes(declaration: type) -> Callable[[Writer], Writer]:
    """Register the function that writes the code of fields so declared.

    It gets the compiler, the declaration, the selected field and the object that the field is of,
    and gives the code of the field's value.
    """

    def register(writer: Writer) -> Writer:
        _WRITERS[declaration] = writer
        return writer

    return register


class Compiler:
    """Compiles the selections of one operation, for one shape of variables and one audience."""

    def __init__(
        self,
        schema: GraphQLSchema,
        catalog: Catalog,
        scope: Scope,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
        room: Room,
        *,
        guarded: bool = False,
    ) -> None:
        self.schema = schema
        self.catalog = catalog
        self.scope = scope
        self.code = Code()
        self.levels: list[Level] = []
        self.questions: list[str] = []
        """Lines that await Python functions, when all rows are there."""
        self.assembly: dict[int, list[str]] = {}
        """Lines that put together the objects of a level, by its number."""
        self.prelude: list[str] = []
        """Lines that come before everything is fetched."""
        self.steady = True
        """Whether what is answered follows from the rows that are fetched, and nothing else."""
        self.remembers = not guarded
        """Whether what was made may be used again: nothing may be that is not committed yet."""
        self.room = room
        self.guarded = guarded
        """Whether a field that raises has the exception as its value; see `recovery`."""
        self._accounted: dict[int, tuple[int, str]] = {}
        self._operation = operation
        self._fragments = {
            name: FragmentDetails(definition) for name, definition in fragments.items()
        }
        self._variables = variables

    def root_fields(self, kind: GraphQLObjectType) -> Mapping[str, list[FieldDetails]]:
        """Collect the operation's root fields by their keys in the answer."""
        return collect_fields(
            self.schema, self._fragments, self._variables, kind, self._operation
        ).grouped_field_set

    def subfields(
        self, kind: GraphQLObjectType, details: list[FieldDetails]
    ) -> Mapping[str, list[FieldDetails]]:
        """Collect what is selected below a field, for one type of object."""
        return collect_subfields(
            self.schema, self._fragments, self._variables, self._operation, kind, details
        ).grouped_field_set

    def selected(self, parent: GraphQLObjectType, details: list[FieldDetails]) -> Selected:
        """Look up a field's definition and read its arguments."""
        node = details[0].node
        name = node.name.value
        definition = parent.fields[name]
        arguments = get_argument_values(definition, node, self._variables)
        return Selected(parent, name, definition, details, arguments)

    def object(self, kind: GraphQLObjectType, details: list[FieldDetails], of: Any) -> str:
        """Write the code of an object: a dictionary display of what is selected."""
        return self.display(kind, self.subfields(kind, details), of)

    def display(
        self, kind: GraphQLObjectType, fields: Mapping[str, list[FieldDetails]], of: Any
    ) -> str:
        """Write a dictionary display of fields that are collected."""
        parts = [f"{key!r}: {self.field(kind, details, of)}" for key, details in fields.items()]
        if self.guarded:
            parts.append(f"{TYPE_NAME!r}: {kind.name!r}")
        return "{" + ", ".join(parts) + "}"

    def field(self, parent: GraphQLObjectType, details: list[FieldDetails], of: Any) -> str:
        """Write the code of a field's value.

        Raises GraphQLError, with the field's place in the document, for what an argument asks, or
        where the viewer may not ask at all.
        """
        if details[0].node.name.value == "__typename":
            return repr(parent.name)
        try:
            field = self.selected(parent, details)
            declaration = self.catalog.declaration(parent.name, field.name)
            return self.guard(_WRITERS[type(declaration)](self, declaration, field, of))
        except (Malformed, Forbidden) as error:
            nodes = [detail.node for detail in details]
            raise GraphQLError(str(error), nodes, extensions={"code": error.code}) from None

    def guard(self, value: str) -> str:
        """Write code around that of a value, so that whatever it raises stays in its place."""
        return f"attempt(lambda: {value})" if self.guarded else value

    def level(self, make: type[AnyLevel], kind: str, keys: str = "") -> AnyLevel:
        """Begin a level whose rows are objects of a type."""
        source = self.catalog.source(kind)
        if source is None:
            raise TypeError(f"{kind} has no table")
        level = self.add(make(len(self.levels), source.table.alias(), keys))
        level.showing.rows.append((level.target, level.target.c.get("id")))
        return level

    def add(self, level: AnyLevel) -> AnyLevel:
        """Take in a level that is made already."""
        self.levels.append(level)
        self.assembly[level.number] = []
        return level

    def mark(self) -> Mark:
        """Note how far this has come."""
        return Mark(len(self.levels), len(self.questions), len(self.prelude))

    def account_for(self, level: Level, above: Level, present: str = "") -> None:
        """Note that a level adds nothing to a row of the one above it unless `present` holds."""
        self._accounted[level.number] = (above.number, present)

    def is_accounted_for(self, mark: Mark) -> bool:
        """Tell whether all that came since a mark adds nothing to rows, unless it is told when."""
        return self.mark()[1:] == mark[1:] and all(
            number in self._accounted for number in range(mark.levels, len(self.levels))
        )

    def below(self, level: Level, mark: Mark) -> list[str]:
        """Give the conditions under which what came since a mark adds to a row of a level."""
        accounted = (self._accounted[number] for number in range(mark.levels, len(self.levels)))
        return [present for above, present in accounted if above == level.number and present]

    def assemble(self, level: Level, line: str) -> None:
        """Add a line that is run when all levels below this one are assembled."""
        self.assembly[level.number].append(line)

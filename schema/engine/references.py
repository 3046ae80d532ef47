"""Fields that find a row, or rows of any type, by what names them."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLObjectType, is_abstract_type
from sqlalchemy import Select

from pressroom.cms.errors import Malformed
from pressroom.cms.store.keys import decode_id
from pressroom.cms.store.paths import resolution
from pressroom.cms.store.scope import Moment, Variable

from .compiler import Compiler, Row, Selected, Thing, writes
from .declarations import Handed, Lookup, Nodes, Referred, Resolution
from .level import Level, keys_table
from .values import instant
from .variables import LONGEST_LIST


def level_by_keys(compiler: Compiler, kind: str, keys: str, *, named: bool) -> Level:
    """Begin a level of the rows of a type with certain keys, which column 0 gives again."""
    level = compiler.level(Level, kind, keys)
    source = compiler.catalog.source(kind)
    table = keys_table(level, compiler.scope.dialect)
    level.anchor = table.join(level.target, level.target.c.id == table.c.value)
    if source is not None:
        seen = source.reachable if named else source.visible
        level.conditions = seen(level.target, compiler.scope)
    level.place(table.c.value)
    return level


def _found(
    compiler: Compiler, kind: GraphQLObjectType, details: Any, keys: str, *, named: bool = True
) -> Level:
    """Begin a level of rows with certain keys; its `found…` maps the keys to objects.

    The keys are `named` by who asks, unless rows hold them.
    """
    level = level_by_keys(compiler, kind.name, keys, named=named)
    level.showing.asked = kind.name
    shown = compiler.object(kind, details, Row(level, level.target))
    compiler.assemble(
        level, f"{_name(level)} = {{{level.row}[0]: {shown} for {level.row} in {level.rows}}}"
    )
    return level


def _name(level: Level) -> str:
    return f"found{level.number}"


def _found_of_any_type(
    compiler: Compiler, field: Selected, keys: str, *, named: bool = True
) -> str:
    """Begin a level for each type that the field may answer.

    `keys` is the code of their keys, with `{entity}` for the name of the type. Gives the name of a
    mapping from names of types to what was found.
    """
    levels = {
        kind.name: _found(
            compiler, kind, field.details, keys.replace("{entity}", kind.name), named=named
        )
        for kind in _possible_types(compiler, field)
    }
    every = compiler.code.name(None, "every")
    entries = ", ".join(f"{entity!r}: {_name(level)}" for entity, level in levels.items())
    # The first level is assembled last, when the others' objects are there.
    compiler.assemble(next(iter(levels.values())), f"{every} = {{{entries}}}")
    return every


def _possible_types(compiler: Compiler, field: Selected) -> list[GraphQLObjectType]:
    kinds = (
        compiler.schema.get_possible_types(field.type)
        if is_abstract_type(field.type)
        else [field.type]
    )
    return [kind for kind in kinds if compiler.catalog.source(kind.name)]


@writes(Lookup)
def _lookup(compiler: Compiler, declared: Lookup, field: Selected, _of: Any) -> str:
    level = compiler.level(Level, field.type.name)
    source = compiler.catalog.source(field.type.name)
    visible = source.reachable(level.target, compiler.scope) if source else ()
    condition = declared.condition(level.target, compiler.scope, field.arguments)
    level.conditions = (condition, *visible)
    level.showing.single = field.type.name
    shown = compiler.object(field.type, field.details, Row(level, level.target))
    level.place(level.target.c.id)
    return f"([{shown} for {level.row} in {level.rows}] or [None])[0]"


@writes(Nodes)
def _nodes(compiler: Compiler, declared: Nodes, field: Selected, _of: Any) -> str:
    given = field.arguments[declared.argument]
    ids = given if isinstance(given, list) else [given]
    if len(ids) > LONGEST_LIST:
        raise Malformed(f"`{declared.argument}` has more than {LONGEST_LIST} items")

    def decoded(variables: Mapping[str, Any], _moment: Moment) -> list[tuple[str, int]]:
        texts = (each.value(variables) if isinstance(each, Variable) else each for each in ids)
        return [decode_id(text) for text in texts]

    named = f"bound[{compiler.scope.take(decoded)!r}]"
    every = _found_of_any_type(
        compiler, field, f"{{key for entity, key in {named} if entity == '{{entity}}'}}"
    )
    objects = f"[{every}.get(entity, EMPTY).get(key) for entity, key in {named}]"
    return objects if field.is_list else f"{objects}[0]"


@writes(Referred)
def _referred(compiler: Compiler, declared: Referred, field: Selected, row: Row) -> str:
    level, columns = row.level, row.target.c
    entity = f"{level.row}[{level.place(columns[declared.entity])}]"
    key = f"{level.row}[{level.place(columns[declared.key])}]"
    every = _found_of_any_type(
        compiler,
        field,
        f"{{{key} for {level.row} in {level.rows} if {entity} == '{{entity}}'}} - NOBODY",
        named=False,
    )
    return f"{every}.get({entity}, EMPTY).get({key})"


@writes(Handed)
def _handed(compiler: Compiler, declared: Handed, field: Selected, of: Thing) -> str:
    held = f"{of.expression}[{declared.name!r}]"
    keys = f"set({held} or ())" if declared.many else f"{{{held}}} - NOBODY"
    if compiler.guarded:
        keys = f"(told(lambda _: {keys}, {of.expression}) or set())"
    found = _name(_found(compiler, field.type, field.details, keys))
    if declared.many:
        return f"[{found}[key] for key in {held} or () if key in {found}]"
    return f"{found}.get({held})"


class ResolutionLevel(Level):
    """The rows that say what a path leads to, the best first."""

    select: Any

    def statement(self) -> Select[Any]:
        """Give the statement; it has a shape of its own."""
        statement: Select[Any] = self.select
        return statement


@writes(Resolution)
def _resolution(compiler: Compiler, declared: Resolution, field: Selected, _of: Any) -> str:
    select = resolution(field.arguments[declared.argument], compiler.scope)
    level = compiler.add(ResolutionLevel(len(compiler.levels), select.subquery()))
    level.select = select
    level.showing.resolves = True
    best = f"{level.row}[1] for {level.row} in {level.rows}[:1] if {level.row}[0] == '{{entity}}'"
    living = f"and {level.row}[2] is None and {level.row}[3] is None"
    every = _found_of_any_type(compiler, field, f"{{{best} {living}}}")
    read = compiler.code.name(instant) if compiler.scope.dialect.name == "sqlite" else ""
    row, thing = level.row, f"thing{level.number}"
    shown = {
        kind.name: compiler.object(kind, field.details, Thing(thing))
        for kind in compiler.schema.get_possible_types(field.type)
        if not compiler.catalog.source(kind.name)
    }
    for line in (
        f"def resolved{level.number}({row}):",
        f"    {thing} = {{'to': {row}[2], 'permanent': True, 'since': {read}({row}[3])}}",
        f"    if {row}[2] is not None: return {shown['Redirect']}",
        f"    if {row}[3] is not None: return {shown['Gone']}",
        f"    return {every}[{row}[0]].get({row}[1])",
    ):
        compiler.assemble(level, line)
    return f"([resolved{level.number}({row}) for {row} in {level.rows}] or [None])[0]"

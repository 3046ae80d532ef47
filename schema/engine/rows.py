"""Fields of one row: columns, expressions, embedded objects, joined rows."""

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import is_leaf_type
from sqlalchemy import JSON, Boolean, ColumnClause, ColumnElement, and_

from pressroom.cms.content.base import Instant
from pressroom.cms.store.keys import encode_id

from .compiler import Compiler, Row, Selected, writes
from .declarations import (
    Asked,
    Beside,
    Column,
    Computed,
    Embedded,
    Expression,
    GlobalId,
    Items,
    One,
    Part,
)
from .facts import ask, show
from .values import from_json, instant


def read(compiler: Compiler, row: Row, expression: ColumnElement[Any]) -> str:
    """Select an expression and write the code of its value, as the answer shows it."""
    value = f"{row.level.row}[{row.level.place(expression)}]"
    if isinstance(expression.type, JSON):
        return f"{compiler.code.name(from_json)}({value})"
    if compiler.scope.dialect.name == "sqlite":
        if isinstance(expression.type, Instant):
            return f"{compiler.code.name(instant)}({value})"
        if isinstance(expression.type, Boolean):
            return f"({value} == 1)"
    return value


def read_parts(compiler: Compiler, row: Row, parts: Any) -> str:
    """Write the code of the values of several parts, separated by commas."""
    built = [part(row.target, compiler.scope) for part in parts]
    return ", ".join(read(compiler, row, expression) for expression in built)


@writes(Column)
def _column(compiler: Compiler, declared: Column, _field: Selected, row: Row) -> str:
    return read(compiler, row, row.target.c[declared.name])


@writes(Expression)
def _expression(compiler: Compiler, declared: Expression, _field: Selected, row: Row) -> str:
    return read(compiler, row, declared.build(row.target, compiler.scope))


@writes(GlobalId)
def _global_id(compiler: Compiler, declared: GlobalId, field: Selected, row: Row) -> str:
    encode = compiler.code.name(encode_id)
    key = read(compiler, row, row.target.c[declared.column])
    if declared.entity_column is None:
        return f"{encode}({declared.entity or field.parent.name!r}, {key})"
    return f"{encode}({read(compiler, row, row.target.c[declared.entity_column])}, {key})"


@writes(Computed)
def _computed(compiler: Compiler, declared: Computed, field: Selected, row: Row) -> str:
    function = compiler.code.name(_asking(declared, field))
    computed = f"{function}({read_parts(compiler, row, declared.requires)})"
    if is_leaf_type(field.type) and not field.is_nullable:
        computed = f"required({computed})"
    return show(compiler, field, computed)


def _asking(declared: Computed, field: Selected) -> Callable[..., Any]:
    if declared.asked is None:
        return declared.function
    return partial(declared.function, declared.asked(field.arguments))


@writes(Embedded)
def _embedded(compiler: Compiler, _declared: Embedded, field: Selected, row: Row) -> str:
    return compiler.object(field.type, field.details, row)


@writes(Items)
def _items(compiler: Compiler, declared: Items, field: Selected, row: Row) -> str:
    return show(compiler, field, read(compiler, row, row.target.c[declared.column]))


@writes(One)
def _one(compiler: Compiler, declared: One, field: Selected, row: Row) -> str:
    source = compiler.catalog.source(field.type.name)
    if source is None:
        raise TypeError(f"{field.type} has no table")
    joined = source.table.alias()
    key: Part = declared.key
    own = key(row.target, compiler.scope)
    seen = () if declared.shown else source.reachable(joined, compiler.scope)
    row.level.join(joined, and_(joined.c.id == own, *seen))
    # A column leads to its row even where that is not seen yet; a search costs too much to repeat.
    row.level.showing.rows.append((joined, own if isinstance(own, ColumnClause) else joined.c.id))
    found = f"{row.level.row}[{row.level.place(joined.c.id)}]"
    shown = compiler.object(field.type, field.details, Row(row.level, joined))
    return f"(None if {found} is None else {shown})"


@writes(Beside)
def _beside(compiler: Compiler, declared: Beside, _field: Selected, row: Row) -> str:
    added = row.level.beside(row.target, declared.table, declared.owner)
    row.level.showing.covered.add(added)
    column = added.c[declared.column]
    value = read(compiler, row, column)
    there = f"{row.level.row}[{row.level.place(column)}]"
    return f"(None if {there} is None else {value})"


@writes(Asked)
def _asked(compiler: Compiler, declared: Asked, field: Selected, row: Row) -> str:
    level = row.level
    compiler.steady = compiler.steady and declared.steady
    values = f"({read_parts(compiler, row, declared.requires)},)"
    exists = f"{level.row}[{level.place(row.target.c.id)}] is not None"
    answers = ask(
        compiler, declared.function, field, f"{values} for {level.row} in {level.rows} if {exists}"
    )
    return show(compiler, field, f"{answers}[{values}]")

"""Fetching: the statements of a plan, and the lines of code that run them.

SQLite is at hand, and asked for each level by itself. PostgreSQL is a round trip away: there, one
statement fetches all levels whose keys stand in its own rows. Each is a common table expression,
where the levels below find their keys, and comes as an array of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    Enum,
    Select,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, DOMAIN
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import visitors
from sqlalchemy.types import UserDefinedType

from pressroom.cms.store.key_tables import keys_text

from .compiler import Compiler
from .level import Level, keys_name


@dataclass(frozen=True, slots=True)
class Fetched:
    """A statement, the names of what it binds, and the levels whose rows it gives.

    Where it is `joined`, it gives one row, with an array of rows for each level.
    """

    sql: str
    names: Sequence[str]
    levels: Sequence[Level]

    @property
    def joined(self) -> bool:
        """Whether there is more than one level."""
        return len(self.levels) > 1


def fetch(compiler: Compiler, *, joined: bool) -> list[Fetched]:
    """Write the lines that fetch all levels; `joined`, where the database can join them."""
    joined = joined and compiler.scope.dialect.name == "postgresql"
    shared = _shared(compiler.levels, joined=joined)
    return [fetched for levels in shared for fetched in _fetch(compiler, levels)]


def _shared(levels: Sequence[Level], *, joined: bool) -> Sequence[Sequence[Level]]:
    """Tell which levels share a statement: all at the root, and each with those above it."""
    root: list[Level] = []
    shared = [root]
    of: dict[Level, list[Level]] = {}
    for level in levels:
        above = of.get(level.parents.level) if level.parents else None
        together = above if level.keys else root
        fits = joined and _fits(level)
        if not fits or together is None:
            shared.append(together := [])
        if fits:
            of[level] = together
        together.append(level)
    return [together for together in shared if together]


def _fits(level: Level) -> bool:
    """Tell whether records hold its rows: in them, the driver knows no types that were added."""
    kinds = [column.type for column in level.statement().selected_columns]
    return not any(_is_added(getattr(kind, "impl", kind)) for kind in kinds)


def _is_added(kind: Any) -> bool:
    named = isinstance(kind, Enum) and kind.native_enum
    return named or isinstance(kind, UserDefinedType | DOMAIN)


def _fetch(compiler: Compiler, levels: Sequence[Level]) -> Sequence[Fetched]:
    """Write the lines that fetch some levels together, by one of several statements."""
    code, first = compiler.code, levels[0]
    fetched, chosen = [], []
    for condition, statement in _alternatives(levels):
        sql, names, constants = _compiled(statement, compiler.scope.dialect)
        fetched.append(Fetched(sql, names, levels))
        values = "".join(f"{_value(compiler, first, name, constants)}, " for name in names)
        chosen.append(f"Statement({code.name(sql, 'sql')}, ({values}))")
        chosen += [f"if {condition} else"] if condition else []
    rows, none = f"(yield {' '.join(chosen)})", "[]"
    if fetched[0].joined:
        rows, none = f"{rows}[0]", f"([],) * {len(levels)}"
    for line in first.before:
        code.line(line)
    if first.keys:
        keys = keys_name(first)
        code.line(f"{keys} = list({first.keys})")
        rows = f"{rows} if {keys} else {none}"
    code.line(f"{', '.join(level.rows for level in levels)} = {rows}")
    for level in levels:
        for line in level.followed_by():
            code.line(line)
    return fetched


def _value(compiler: Compiler, level: Level, name: str, constants: Mapping[str, Any]) -> str:
    """Write the code of a value that is bound."""
    if name in compiler.scope.inputs:
        return f"bound[{name!r}]"
    if name != keys_name(level):
        return compiler.code.name(constants[name])
    if level.one_parent:
        return f"{name}[0]"
    write = compiler.code.name(keys_text) if compiler.scope.dialect.name == "sqlite" else ""
    return f"{write}({name})"


def _alternatives(levels: Sequence[Level]) -> Sequence[tuple[str, Select[Any]]]:
    """Give statements that find the same, each with the code that tells when it is better."""
    if len(levels) == 1:
        return levels[0].alternatives()
    tables: dict[Level, CTE] = {}
    for level in levels:
        tables[level] = _finding_keys(level, tables).cte(f"level{level.number}")
    return [("", select(*map(_rows, tables.values())))]


def _finding_keys(level: Level, tables: Mapping[Level, CTE]) -> Select[Any]:
    """Have a level find its parents' keys in their rows, where those come with it."""
    statement = level.statement()
    if level.parents is None or level.parents.level not in tables:
        return statement
    above, place, having = level.parents
    table = tables[above]
    keys: Any = select(table.c[f"c{place}"])
    if having is not None:
        keys = keys.where(table.c[f"c{having}"] > 0)
    found = (
        keys.limit(literal(1, literal_execute=True)).scalar_subquery()
        if level.one_parent
        else func.array(keys.distinct().scalar_subquery(), type_=ARRAY(BigInteger))
    )

    def replace(element: Any, **_: Any) -> Any:
        given = isinstance(element, BindParameter) and element.key == keys_name(level)
        return found if given else None

    return cast("Select[Any]", visitors.replacement_traverse(statement, {}, replace))


def _rows(table: CTE) -> Any:
    return func.array(select(literal_column(table.name)).select_from(table).scalar_subquery())


def _compiled(
    statement: Select[Any], dialect: Dialect
) -> tuple[str, Sequence[str], Mapping[str, Any]]:
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    names = compiled.positiontup or []
    return str(compiled), names, compiled.params

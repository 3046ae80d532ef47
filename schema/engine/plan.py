"""Plans: what an operation became, kept and run for each request of its shape."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Select
from sqlalchemy.engine import Dialect

from pressroom.cms.store.reading import Reading, Statement
from pressroom.cms.store.scope import Input, Moment

from .compiler import Compiler
from .guards import attempt, required, told
from .level import Level, keys_name
from .shown import Shows, select_evidence, shown_by


@dataclass(frozen=True, slots=True)
class Plan:
    """The generated function of an operation, and what it needs to be told."""

    function: Callable[..., Generator[Any, Any, Any]]
    inputs: Sequence[Input]
    statements: Sequence[str]
    """The statements in the database's own dialect, one a level."""
    shows: Shows | None = None
    """What its answers show; None where that is not asked, or cannot be told."""

    def reading(
        self, variables: Mapping[str, Any], moment: Moment, context: Any, given: Any = None
    ) -> Reading[dict[str, Any]]:
        """Bind what a request says; running the reading gives the answer's data.

        Raises Malformed for a cursor that does not belong to its list.
        """
        bound = {each.name: each.value(variables, moment) for each in self.inputs}
        return self.function(bound, context, given)


def finish(compiler: Compiler, answer: str, *, traced: bool = False) -> Plan:
    """Write the generated function around the code of its answer, and compile it.

    A `traced` plan tells what its answers show, as far as it can.
    """
    code = compiler.code
    if traced:
        select_evidence(compiler)
    constants = {"NOBODY": frozenset({None}), "NOTHING": [], "EMPTY": {}, "Statement": Statement}
    constants |= {"attempt": attempt, "told": told, "required": required}
    for line in compiler.prelude:
        code.line(line)
    fetched = [_fetch(compiler, level) for level in compiler.levels]
    for line in compiler.questions:
        code.line(line)
    for level in reversed(compiler.levels):
        for line in compiler.assembly[level.number]:
            code.line(line)
    code.line(f"return {answer}")
    code.line("yield")
    return Plan(
        code.function(constants),
        list(compiler.scope.inputs.values()),
        [sql for level in fetched for sql, _ in level],
        shown_by(compiler, fetched) if traced else None,
    )


Fetched: TypeAlias = Sequence[tuple[str, Sequence[str]]]
"""The statements of a level, one of which is run, each with the names of what it binds."""


def _fetch(compiler: Compiler, level: Level) -> Fetched:
    """Write the lines that fetch a level."""
    code, keys = compiler.code, keys_name(level)
    alternatives = [
        (condition, *_compiled(statement, compiler.scope.dialect))
        for condition, statement in level.alternatives()
    ]
    chosen = " else ".join(
        _statement(compiler, level, sql, names, constants)
        + (f" if {condition}" if condition else "")
        for condition, sql, names, constants in alternatives
    )
    for line in level.before:
        code.line(line)
    if level.keys:
        code.line(f"{keys} = list({level.keys})")
        code.line(f"{level.rows} = (yield {chosen}) if {keys} else []")
    else:
        code.line(f"{level.rows} = yield {chosen}")
    for line in level.followed_by():
        code.line(line)
    return [(sql, names) for _, sql, names, _ in alternatives]


def _statement(
    compiler: Compiler, level: Level, sql: str, names: Sequence[str], constants: Mapping[str, Any]
) -> str:
    """Write the code of a statement with its values."""
    code, keys = compiler.code, keys_name(level)
    array = code.name(_json_array, "array") if compiler.scope.dialect.name == "sqlite" else ""
    values = []
    for name in names:
        if name == keys:
            values.append(f"{keys}[0]" if level.one_parent else f"{array}({keys})")
        elif name in compiler.scope.inputs:
            values.append(f"bound[{name!r}]")
        else:
            values.append(code.name(constants[name]))
    return f"Statement({code.name(sql, 'sql')}, ({', '.join(values)}{',' if values else ''}))"


def _compiled(
    statement: Select[Any], dialect: Dialect
) -> tuple[str, Sequence[str], Mapping[str, Any]]:
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    names = compiled.positiontup or []
    return str(compiled), names, compiled.params


def _json_array(keys: list[int]) -> str:
    return orjson.dumps(keys).decode()

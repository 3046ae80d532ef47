"""Fields that answer the rows whose keys a column lists: a post's authors, categories and tags.

Few different lists are shown again and again, and what they show changes rarely. A plan remembers
what it made of each, under the version of the names on the site; the statement that fetches their
rows runs for those alone that it does not know.
"""

from typing import Any

import orjson
from sqlalchemy import select

from pressroom.cms.content import Site
from pressroom.cms.store.dependencies import name_of_rows
from pressroom.cms.store.journal import NAMED

from .compiler import Compiler, Row, Selected, writes
from .declarations import Listed
from .level import Level, keys_name
from .references import level_by_keys
from .uses import Uses, table_name
from .values import keys_in, to_json, trimmed

_COUNTED = "post_count"
_MOST = 5_000
"""Lists that a plan remembers."""


class Remembered:
    """What a plan has made of lists before, by the lists' texts."""

    def __init__(self) -> None:
        self._version: int | None = None
        self._lists: dict[str, orjson.Fragment] = {}

    def at(self, version: int) -> dict[str, orjson.Fragment]:
        """Give what is known at a version of the names; whoever finds out more adds it."""
        if version != self._version or len(self._lists) > _MOST:
            self._version, self._lists = version, {}
        return self._lists


def written(shown: list[Any]) -> orjson.Fragment:
    """Write a list as it will stand in answers."""
    return orjson.Fragment(trimmed(to_json(shown)))


@writes(Listed)
def _listed(compiler: Compiler, declared: Listed, field: Selected, row: Row) -> str:
    above = row.level
    place = above.place(row.target.c[declared.column])
    above.showing.listed.append((field.type.name, place))
    text = f"{above.row}[{place}]"
    read, before = compiler.code.name(keys_in), len(compiler.levels)
    level = level_by_keys(compiler, field.type.name, "", named=False)
    lists, known, found = (f"{name}{level.number}" for name in ("lists", "known", "found"))
    level.keys = f"{{key for text in {lists} for key in {read}(text)}}"
    shown = compiler.object(field.type, field.details, Row(level, level.target))
    alone = compiler.remembers and len(compiler.levels) == before + 1
    steady = alone and _follows_from_names(compiler, level)
    level.before = (
        f"{known} = {_known(compiler, above) if steady else '{}'}",
        # A difference of sets would go through all that is known.
        f"{lists} = {{{text} for {above.row} in {above.rows} if {text} not in {known}}}",
    )
    write = compiler.code.name(written) if steady else ""
    for line in (
        f"{found} = {{{level.row}[0]: {shown} for {level.row} in {level.rows}}}",
        f"for text in {lists}:",
        f"    {known}[text] = {write}([{found}[key] for key in {read}(text) if key in {found}])",
    ):
        compiler.assemble(level, line)
    return f"{known}[{text}]"


def _known(compiler: Compiler, above: Level) -> str:
    """Write the code that gives what is remembered; the rows above tell of which version."""
    remembered = compiler.code.name(Remembered(), "remembered")
    version = above.version_of_names
    if version is None:
        version = above.version_of_names = above.place(select(Site.names_version).scalar_subquery())
    return f"{remembered}.at({above.rows}[0][{version}]) if {above.rows} else {{}}"


def _follows_from_names(compiler: Compiler, level: Level) -> bool:
    """Tell whether all that a level shows stays the same for a version of the names."""
    statement = level.statement()
    compiled = statement.compile(dialect=compiler.scope.dialect)
    bound = compiled.params.keys() & {*compiler.scope.inputs, keys_name(level)}
    looked_at = Uses.of(statement).columns
    return (
        bound == {keys_name(level)}
        and {name_of_rows(table_name(table)) for table in looked_at} <= NAMED
        and not any(_COUNTED in columns for columns in looked_at.values())
    )

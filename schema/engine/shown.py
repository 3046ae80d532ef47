"""What an answer shows: the tags by which a change finds the answers that it makes stale.

A plan's statements say most of it. Rows that are selected are told by their keys, which are noted
while a reading runs. Other tables that a statement looks into decide which rows are selected, or
are counted: of those, any change counts that may matter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol

import orjson
from sqlalchemy import FromClause, func

from pressroom.cms.content import Post
from pressroom.cms.store.dependencies import (
    COMMENT_COUNTS,
    THREAD,
    Tag,
    name_of_rows,
    tags_of_kind,
    tags_of_row,
)
from pressroom.cms.store.listing import Listing
from pressroom.cms.store.reading import Reading, Rows, Statement
from pressroom.cms.store.scope import Scope
from pressroom.cms.store.visibility import scheduled

from .compiler import Compiler
from .declarations import Passing
from .fetching import Fetched
from .level import Level, keys_name
from .showing import Showing
from .uses import Uses, is_alias, table_name
from .values import instant, keys_in

_LINKS = frozenset({"category_posts", "post_authors", "post_tags"})


@dataclass(slots=True)
class Noted:
    """What was noted while a reading ran; `until` is when the answer changes by itself.

    A `passing` answer holds at the moment alone.
    """

    tags: set[Tag] = field(default_factory=set)
    until: datetime | None = None
    passing: bool = False


class Trace(Protocol):
    """Notes what the rows of a statement show."""

    def note(self, statement: Statement, rows: Rows, noted: Noted) -> None:
        """Add to what was noted."""


@dataclass(frozen=True, slots=True)
class Shows:
    """What a plan's answers show: always, and by the rows that its statements find."""

    tags: frozenset[Tag]
    traces: Mapping[str, Sequence[Trace]]

    def noting(self, reading: Reading[Any], noted: Noted) -> Reading[Any]:
        """Run a reading and note what it shows on the way."""
        noted.tags |= self.tags
        try:
            step = next(reading)
            while True:
                answer = yield step
                if isinstance(step, Statement):
                    for trace in self.traces.get(step.sql, ()):
                        trace.note(step, answer, noted)
                else:
                    noted.passing |= any(isinstance(told, Passing) for told in answer.values())
                step = reading.send(answer)
        except StopIteration as stop:
            return stop.value


@dataclass(frozen=True, slots=True)
class RowsTrace:
    """Notes keys in the rows, keys that were asked for, and what decides that there is no row."""

    places: Sequence[tuple[str, int]]
    listed: Sequence[tuple[str, int]]
    asked: tuple[str, int] | None
    otherwise: frozenset[Tag]

    def note(self, statement: Statement, rows: Rows, noted: Noted) -> None:
        """Add to what was noted; see Trace."""
        for name, place in self.places:
            noted.tags.update([(name, row[place]) for row in rows if row[place] is not None])
        for name, place in self.listed:
            noted.tags.update(*[_tags_in(name, listed) for listed in {row[place] for row in rows}])
        if self.asked is not None:
            name, place = self.asked
            keys = statement.values[place]
            keys = orjson.loads(keys) if isinstance(keys, str) else keys
            noted.tags.update([(name, key) for key in keys])
        if not rows:
            noted.tags |= self.otherwise


@lru_cache(maxsize=10_000)
def _tags_in(name: str, listed: str | None) -> Collection[Tag]:
    """Give the tags of keys that a column lists; few different lists come again and again."""
    return frozenset((name, key) for key in keys_in(listed))


@dataclass(frozen=True, slots=True)
class ResolutionTrace:
    """Notes what a path leads to: something alive is told by its own key."""

    kinds: frozenset[Tag]

    def note(self, _statement: Statement, rows: Rows, noted: Noted) -> None:
        """Add to what was noted; see Trace."""
        entity, key, to, since = rows[0][:4] if rows else (None, None, None, None)
        if entity is None or to is not None or since is not None:
            noted.tags |= self.kinds
        else:
            # Its slug is its own: among its like, no other can come to stand there.
            noted.tags |= {(entity, key), *(self.kinds - {(entity, None)})}


@dataclass(frozen=True, slots=True)
class PartTrace:
    """Has a level noted whose rows are an array, at a place in the only row of a statement."""

    place: int
    trace: Trace

    def note(self, statement: Statement, rows: Rows, noted: Noted) -> None:
        """Add to what was noted; see Trace."""
        self.trace.note(statement, rows[0][self.place], noted)


class HorizonTrace:
    """Notes when the next publication is due."""

    def note(self, _statement: Statement, rows: Rows, noted: Noted) -> None:
        """Add to what was noted; see Trace."""
        due = rows[0][0]
        due = instant(due) if isinstance(due, str) else due
        noted.until = due if due is None or due.tzinfo else due.replace(tzinfo=UTC)


class HorizonLevel(Level):
    """When the next publication is due: lists, counts and neighbours are others from then on."""

    conditions: Sequence[Any]

    @classmethod
    def of(cls, number: int, scope: Scope) -> "HorizonLevel":
        """Make the level."""
        post = Post.__table__.alias()
        level = cls(number, post)
        level.conditions = scheduled(post, scope)
        level.place(func.min(post.c.published_at))
        return level


def select_evidence(compiler: Compiler) -> None:
    """Have the statements select what tells what they show, and until when it is so."""
    for level in compiler.levels:
        _select_keys(level)
    if "now" in compiler.scope.inputs:
        compiler.add(HorizonLevel.of(len(compiler.levels), compiler.scope))


def shown_by(compiler: Compiler, fetched: Sequence[Fetched]) -> Shows | None:
    """Tell what answers show; None where that cannot be told."""
    if not compiler.steady:
        return None
    always: set[Tag] = set()
    traces: dict[str, list[Trace]] = {}
    for each in fetched:
        for place, level in enumerate(each.levels):
            told = _trace_of(level, each.names)
            if told is None:
                return None
            trace = PartTrace(place, told[0]) if each.joined else told[0]
            traces.setdefault(each.sql, []).append(trace)
            always |= told[1]
    return Shows(frozenset(always), traces)


def _select_keys(level: Level) -> None:
    uses = Uses.of(level.statement())
    counting = (row for row, _ in level.showing.rows if _counts_comments(row, uses))
    level.showing.threads.update(counting)
    _places(level)


def _trace_of(level: Level, parameters: Sequence[str]) -> tuple[Trace, frozenset[Tag]] | None:
    """Tell what a level shows, by its rows and always; None where that cannot be told.

    `parameters` are the names of what its statement binds.
    """
    if isinstance(level, HorizonLevel):
        return HorizonTrace(), frozenset()
    showing, uses = level.showing, Uses.of(level.statement())
    if showing.single and name_of_rows(table_name(level.target)) is None:
        # A plugin's: what it is called in the journal is not known here.
        return None
    always = _always(showing, uses)
    if always is None:
        return None
    if showing.resolves:
        return ResolutionTrace(always), frozenset()
    asked = (showing.asked, parameters.index(keys_name(level))) if showing.asked else None
    otherwise: frozenset[Tag] = frozenset({(showing.single, None)} if showing.single else ())
    return RowsTrace(_places(level), showing.listed, asked, otherwise), always


def _always(showing: Showing, uses: Uses) -> frozenset[Tag] | None:
    """Give the tags that do not depend on the rows; None where a table tells of no changes."""
    shown = {row for row, _ in showing.rows}
    covered = (shown | showing.covered | _linked(uses, shown)) - showing.searched
    tags: set[Tag] = set()
    for table, columns in uses.columns.items():
        if table in shown:
            tags.update(tags_of_row(table_name(table), columns))
        if table not in covered:
            of_kind = tags_of_kind(table_name(table), columns)
            if of_kind is None:
                return None
            tags.update(of_kind)
    return frozenset(tags)


def _linked(uses: Uses, shown: set[FromClause]) -> set[Any]:
    """Find the links of posts that are shown: they change with their posts."""
    return {
        link.table
        for sides in uses.equal
        for link, owner in (sides, sides[::-1])
        if owner.table in shown
        and (owner.name, link.name) == ("id", "post_id")
        and link.table is not None
        and table_name(link.table) in _LINKS
    }


def _places(level: Level) -> list[tuple[str, int]]:
    """Select what the rows are known by, and give the places of it."""
    places = []
    for row, key in level.showing.rows:
        name = name_of_rows(table_name(row))
        if name is not None:
            # What a comment changes is its thread.
            known_by = row.c.post_id if name == THREAD else key
            places.append((name, level.place(known_by)))
        if row in level.showing.threads:
            places.append((THREAD, level.place(row.c.id)))
    return places


def _counts_comments(row: FromClause, uses: Uses) -> bool:
    return table_name(row) == "posts" and not COMMENT_COUNTS.isdisjoint(uses.columns.get(row, ()))


def show_thread(parent: Any, level: Level, listing: Listing) -> None:
    """Note that a listing of comments below a row is of the thread which that row tells of."""
    source = listing.source
    if not is_alias(source) or table_name(source) != "comments":
        return
    level.showing.covered.add(source)
    # Where the rows that are shown are those that are looked through, that covers them as well.
    level.showing.searched.discard(level.target)
    if table_name(parent.target) == "posts":
        parent.level.showing.threads.add(parent.target)

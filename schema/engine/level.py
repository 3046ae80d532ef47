"""A level of an operation: one flat statement, whatever its number of rows."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, Table, literal_column, select
from sqlalchemy.engine import Dialect

from pressroom.cms.store import key_tables

from .showing import Showing


class Parents(NamedTuple):
    """The level whose rows hold the keys of parents, and their place there.

    Where there is a place of what they must be `having`, which is neither nought nor null, others
    are none.
    """

    level: "Level"
    place: int
    having: int | None = None


class Level:
    """The rows of one table that one statement fetches, for all parents at once.

    In a level below another, column 0 is the key of the parent. The rows of to-one fields are
    joined, and their columns stand in the same row.
    """

    one_parent = False
    """Whether the statement is for the one parent there can be, and binds its key alone."""

    def __init__(self, number: int, target: FromClause, keys: str = "") -> None:
        self.number = number
        self.target = target
        self.keys = keys
        """The code that gives the keys of the parents; empty at the root."""
        self.parents: Parents | None = None
        """Where those keys are, if rows of another level hold all of them."""
        self.anchor: FromClause = target
        self.conditions: Sequence[ColumnElement[bool]] = ()
        self.order: Sequence[ColumnElement[Any]] = ()
        self.sort_columns: Sequence[ColumnElement[Any]] = ()
        """What a cursor holds of a row, where the level is a page."""
        self.extras: Mapping[str, ColumnElement[Any]] = {}
        """What edges show besides the row, where the level is a page."""
        self.before: Sequence[str] = ()
        """Lines of code that come before the rows are fetched."""
        self.after: list[str] = []
        """Lines of code that come after that."""
        self.fresh_if: list[str] = []
        """Conditions of which a row fulfils one that something must be made of."""
        self.picks_fresh = False
        """Whether a level below asks for those rows alone."""
        self.version_of_names: int | None = None
        """The place of the version of the site's names, where a level below asks for it."""
        self.showing = Showing()
        self._columns: list[ColumnElement[Any]] = []
        self._joins: list[tuple[FromClause, ColumnElement[bool]]] = []
        self._beside: dict[tuple[FromClause, Table, str], FromClause] = {}

    @property
    def row(self) -> str:
        """The name of a row in the generated code."""
        return f"r{self.number}"

    @property
    def rows(self) -> str:
        """The name of all rows in the generated code."""
        return f"rows{self.number}"

    def fresh(self) -> str:
        """Ask for those rows that something must be made of; gives their name."""
        self.picks_fresh = True
        return f"fresh{self.number}"

    def followed_by(self) -> Sequence[str]:
        """Write the lines of code that come after the rows are fetched."""
        if not self.picks_fresh:
            return self.after
        return [*self.after, self._pick_fresh()]

    def _pick_fresh(self) -> str:
        """Pick all, unless everything is made already of some."""
        if not self.fresh_if or "True" in self.fresh_if:
            return f"{self.fresh()} = {self.rows}"
        picked = f"{self.row} for {self.row} in {self.rows} if {' or '.join(self.fresh_if)}"
        return f"{self.fresh()} = [{picked}]"

    def place(self, expression: ColumnElement[Any]) -> int:
        """Select an expression, once, and give its place in the row."""
        for place, selected in enumerate(self._columns):
            if selected is expression:
                return place
        self._columns.append(expression)
        return len(self._columns) - 1

    def join(self, row: FromClause, condition: ColumnElement[bool]) -> None:
        """Join the row of a to-one field, if there is one."""
        self._joins.append((row, condition))

    def beside(self, target: FromClause, table: Table, owner: str) -> FromClause:
        """Join, once, the row that another table adds to one of this level."""
        wanted = (target, table, owner)
        if wanted not in self._beside:
            added = self._beside[wanted] = table.alias()
            self.join(added, added.c[owner] == target.c.id)
        return self._beside[wanted]

    def statement(self) -> Select[Any]:
        """Write the statement, when all columns and joins are known."""
        return self.select_from(self.anchor).where(*self.conditions).order_by(*self.order)

    def alternatives(self) -> Sequence[tuple[str, Select[Any]]]:
        """Give statements that find the same, each with the code that tells when it is better."""
        return [("", self.statement())]

    def select_from(self, source: FromClause) -> Select[Any]:
        """Select all columns, with all joins."""
        for row, condition in self._joins:
            source = source.outerjoin(row, condition)
        columns: list[ColumnElement[Any]] = [
            selected.label(f"c{place}") for place, selected in enumerate(self._columns)
        ]
        # SQLite takes no empty list of columns where only the number of rows is asked for.
        selected = select(*columns or [literal_column("1")])
        return selected.select_from(source)


def keys_name(level: Level) -> str:
    """Name the parameter that the keys of a level's parents are bound to."""
    return f"keys{level.number}"


def keys_table(level: Level, dialect: Dialect) -> FromClause:
    """Give the keys of a level's parents as a table of one column, `value`."""
    return key_tables.keys_table(keys_name(level), dialect)

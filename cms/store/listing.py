"""Lists of one kind of thing: which rows, in which order, under which parent.

A listing says where the keys of its rows come from and by what they are sorted; the statement that
pages through it is made elsewhere. Its source may be another table than the one whose rows are
shown (an archive, a link table, a search), so that paging stays an index scan.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnClause, ColumnElement, FromClause
from sqlalchemy.sql.visitors import replacement_traverse

Arguments: TypeAlias = Mapping[str, Any]
"""What is asked of a list, by the names that the API gives its arguments."""


class SortKey(NamedTuple):
    """One column that a list is sorted by."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a table in an order.

    `columns` gives the source's expression for each column that the order names and for those of
    `key`, by which the rows that are shown are found. All sort keys run in one direction, and the
    last is unique, so that a row's keys are its place.
    """

    source: FromClause
    columns: Mapping[str, ColumnElement[Any]]
    order: Sequence[SortKey]
    conditions: Sequence[ColumnElement[bool]] = ()
    extras: Mapping[str, Callable[[FromClause], ColumnElement[Any]]] = field(default_factory=dict)
    """What an edge shows besides the row, made from the row: the snippet of a search, say."""
    key: Sequence[str] = ("id",)

    def over(self, row: FromClause) -> "Listing":
        """Give the same list with `row`, another alias of the source's table, in its place."""

        def moved(element: Any, **_options: Any) -> Any:
            if element is self.source:
                return row
            if isinstance(element, ColumnClause) and element.table is self.source:
                return row.c[element.name]
            return None

        return replace(
            self,
            source=row,
            columns={
                name: replacement_traverse(column, {}, moved)
                for name, column in self.columns.items()
            },
            conditions=[replacement_traverse(each, {}, moved) for each in self.conditions],
        )

    @property
    def descending(self) -> bool:
        """Whether the list runs from the greatest keys to the least."""
        return self.order[0].descending

"""The tables that a statement looks into."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from sqlalchemy import Alias, ColumnClause, FromClause, Select, TableClause
from sqlalchemy.sql.elements import BinaryExpression, ClauseElement
from sqlalchemy.sql.operators import eq


@dataclass(slots=True)
class Uses:
    """The tables that a statement looks into, with the columns that it looks at."""

    columns: dict[FromClause, set[str]] = field(default_factory=dict)
    equal: list[tuple[ColumnClause[Any], ColumnClause[Any]]] = field(default_factory=list)

    @classmethod
    def of(cls, statement: Select[Any]) -> "Uses":
        """Walk through a statement."""
        uses = cls()
        waiting: list[Any] = [statement]
        while waiting:
            waiting.extend(uses._take(waiting.pop()))
        return uses

    def _take(self, element: ClauseElement) -> Iterator[Any]:
        if is_table(element):
            self.columns.setdefault(element, set())
            return
        if isinstance(element, ColumnClause):
            if is_table(element.table):
                self.columns.setdefault(element.table, set()).add(element.name)
            return
        if isinstance(element, BinaryExpression) and element.operator is eq:
            left, right = element.left, element.right
            if isinstance(left, ColumnClause) and isinstance(right, ColumnClause):
                self.equal.append((left, right))
        yield from element.get_children()


def is_table(element: Any) -> TypeGuard[TableClause | Alias]:
    """Tell whether something that is selected from is a table, under whatever alias."""
    return isinstance(element, TableClause) or is_alias(element)


def is_alias(element: Any) -> bool:
    """Tell whether it is a table under an alias."""
    return isinstance(element, Alias) and isinstance(element.element, TableClause)


def is_same_table(one: Any, other: Any) -> bool:
    """Tell whether two aliases are of one table."""
    return is_alias(one) and is_alias(other) and one.element is other.element


def table_name(table: Any) -> str:
    """Name a table, under whatever alias."""
    name: str = table.element.name if is_alias(table) else table.name
    return name

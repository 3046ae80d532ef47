"""What the writers of fields know of what a level shows; see `shown`."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import FromClause


@dataclass(slots=True)
class Showing:
    """What a level shows, beyond what its statement says by itself."""

    rows: list[tuple[FromClause, Any]] = field(default_factory=list)
    """The tables whose rows are selected one by one, each with what gives its key."""
    threads: set[FromClause] = field(default_factory=set)
    """Those of `rows` that are posts whose comments are shown, in this level or below."""
    covered: set[FromClause] = field(default_factory=set)
    """Tables whose rows here belong to rows that are shown, and change with those."""
    searched: set[FromClause] = field(default_factory=set)
    """Those of `rows` among which conditions choose: a row that is not selected may come to be."""
    listed: list[tuple[str, int]] = field(default_factory=list)
    """The types of rows that are shown by their keys in a column, each with its place."""
    single: str | None = None
    """The type of the one row that is looked up, if it is."""
    asked: str | None = None
    """The type of the rows that keys were given for, which may lead to nothing."""
    resolves: bool = False
    """Whether the rows say what a path leads to."""

"""Places in a list: what the cursors of a page hold, bound to the statement that pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, tuple_

from pressroom.cms.content.base import Instant
from pressroom.cms.errors import Malformed
from pressroom.cms.store.cursors import decode_cursor
from pressroom.cms.store.listing import Listing
from pressroom.cms.store.scope import Moment, Scope, Variable, storable

from .page import Page


def between(
    keys: list[ColumnElement[Any]], listing: Listing, page: Page, name: bytes, scope: Scope
) -> list[ColumnElement[bool]]:
    """Write the conditions under which rows stand between a page's cursors.

    `name` is that of the list, which its cursors must bear.
    """
    conditions = []
    for argument, cursor in (("after", page.after), ("before", page.before)):
        if cursor is not None:
            place = _place(name, argument, cursor, keys, scope)
            greater = (argument == "after") != listing.descending
            here, there = tuple_(*keys), tuple_(*place)
            conditions.append(here > there if greater else here < there)
            if scope.dialect.name == "postgresql":
                # It would begin where another condition on the first key does, and look at all that
                # lies before the place: it knows which of two is narrower, but of single keys only.
                conditions.append(keys[0] >= place[0] if greater else keys[0] <= place[0])
    return conditions


def _place(
    name: bytes, argument: str, cursor: Any, keys: Sequence[ColumnElement[Any]], scope: Scope
) -> list[Any]:
    """Bind what a cursor holds; one that stands in the document is read at once."""
    kinds = [key.type for key in keys]
    place = _Place(name, argument, kinds, [scope.processor(kind) for kind in kinds])
    if not isinstance(cursor, Variable):
        _read(place, cursor)

    def read(number: int, variables: Mapping[str, Any], _moment: Moment) -> Any:
        given = cursor.value(variables) if isinstance(cursor, Variable) else cursor
        return _read(place, given)[number]

    return [scope.bind_read(partial(read, number), kind) for number, kind in enumerate(kinds)]


@dataclass(frozen=True, eq=False)
class _Place:
    """The place in a list that an argument's cursors tell of."""

    name: bytes
    argument: str
    kinds: Sequence[Any]
    processors: Sequence[Callable[[Any], Any]]


@lru_cache(maxsize=2_000)
def _read(place: _Place, cursor: str) -> tuple[Any, ...]:
    """Give what a cursor holds, as the driver takes it. Raises Malformed."""
    keys = decode_cursor(place.name, cursor, place.argument)
    try:
        return tuple(
            process(storable(_typed(key, kind)))
            for key, kind, process in zip(keys, place.kinds, place.processors, strict=True)
        )
    except (TypeError, ValueError):
        raise Malformed(f"`{place.argument}` is not a cursor of this list in this order") from None


def _typed(key: Any, kind: Any) -> Any:
    """Check that a key is one that the column may hold: whoever knows how can make a cursor."""
    if isinstance(kind, Instant):
        instant = datetime.fromisoformat(key)
        if instant.tzinfo is None:
            raise ValueError("no offset")
        return instant
    expected = getattr(kind, "impl", kind).python_type
    if not isinstance(key, expected) or (expected is int and not -(2**63) <= key < 2**63):
        raise TypeError("not a value of the column")
    return key

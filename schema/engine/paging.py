"""Pages of a listing: which rows, from which place, and how the statement gets at them.

Relay's cursor connections (https://relay.dev/graphql/connections.htm), by keyset: a page begins
where the sort keys of a row say, so that page 1,000 costs what page 1 costs. One row more than
the page holds is fetched, to know whether there is another page.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    func,
    literal,
    select,
    true,
    tuple_,
)

from pressroom.cms.store.listing import Listing
from pressroom.cms.store.scope import Scope

from .level import Level, keys_name, keys_table
from .page import Page
from .places import between
from .uses import is_same_table, is_table


class Whole(NamedTuple):
    """How lists are read that `fits` tells to be no longer than their pages: without a limit.

    Most are short, as their parents say. Then there is nothing to choose before rows are shown.
    """

    fits: str
    anchor: FromClause
    order: Sequence[ColumnElement[Any]]


class PagedLevel(Level):
    """A level whose rows are pages of a listing, one for each parent.

    Where an index has the listing's order, it is scanned and the rows are shown on the way.
    Elsewhere the page is found first, by the listing's own columns, so that nothing wide is sorted.
    """

    limit: int | None = None
    """How many rows there are in a page that is scanned."""
    whole: Whole | None = None
    """How lists are read that fit their pages, where that is known beforehand."""

    def page_at(
        self,
        listing: Listing,
        page: Page,
        cursor_name: bytes,
        scope: Scope,
        *,
        counted: bool,
        wanted: bool,
    ) -> None:
        """Set up the statement at the root; with `counted`, column 0 is the whole length."""
        if wanted and not counted and _is_scanned(listing):
            self._scan(listing, page, cursor_name, scope)
            return
        chosen = self._choose(listing, page, cursor_name, scope, wanted=wanted).subquery("page")
        rows = chosen.join(self.target, _same_key(listing, chosen, self.target))
        self.sort_columns = [chosen.c[key.name] for key in listing.order]
        self.extras = {name: extra(self.target) for name, extra in listing.extras.items()}
        self.order = _directed(self.sort_columns, listing, page)
        self.anchor = rows
        if counted:
            total = _count(listing).subquery("total")
            self.anchor = total.outerjoin(rows, true())
            self.place(total.c.length)

    def page_below_one(
        self,
        listing_of: Callable[[Any], Listing],
        page: Page,
        cursor_name: Callable[[Listing], bytes],
        scope: Scope,
    ) -> Listing | None:
        """Set up the statement below a single row; None where that is no different."""
        if not _is_scanned(listing_of(keys_table(self, scope.dialect).c.value)):
            return None
        listing = listing_of(bindparam(keys_name(self), None, type_=BigInteger()))
        self.one_parent = True
        return self._scan(listing, page, cursor_name(listing), scope)

    def page_below(
        self,
        listing_of: Callable[[Any], Listing],
        page: Page,
        cursor_name: Callable[[Listing], bytes],
        scope: Scope,
        fits: str = "",
    ) -> Listing:
        """Set up the statement below another level; column 0 is the key of the parent.

        Where the code `fits` tells that no list is longer than its page, they are read whole.
        """
        keys = keys_table(self, scope.dialect)
        listing = listing_of(keys.c.value)
        chosen = self._choose(listing, page, cursor_name(listing), scope).correlate(keys)
        self.sort_columns = [
            self.target.c[key.name] for key in listing.order if key.name in self.target.c
        ]
        self.extras = {name: extra(self.target) for name, extra in listing.extras.items()}
        self.order = _directed(self.sort_columns, listing, page)
        self.place(keys.c.value)
        if scope.dialect.name == "sqlite":
            self._join_sqlite(listing, keys, chosen)
        else:
            lateral = chosen.lateral("page")
            self.order = _directed([lateral.c[key.name] for key in listing.order], listing, page)
            self.anchor = keys.join(lateral, true()).join(
                self.target, _same_key(listing, lateral, self.target)
            )
        if fits and page.is_first and is_same_table(listing.source, self.target):
            self._read_whole(listing, page, keys, fits)
        return listing

    def statement(self) -> Select[Any]:
        """Write the statement; see Level."""
        limit = None if self.limit is None else literal(self.limit, literal_execute=True)
        return super().statement().limit(limit)

    def alternatives(self) -> Sequence[tuple[str, Select[Any]]]:
        """Give the statement that reads lists whole, where there is one, and the one that pages."""
        paged = ("", self.statement())
        if self.whole is None:
            return [paged]
        whole = self.select_from(self.whole.anchor).order_by(*self.whole.order)
        return [(self.whole.fits, whole), paged]

    def _scan(self, listing: Listing, page: Page, cursor_name: bytes, scope: Scope) -> Listing:
        if is_same_table(listing.source, self.target):
            listing = self._own(listing)
            self.anchor = self.target
        else:
            own_key = [self.target.c[name] == listing.columns[name] for name in listing.key]
            self.anchor = listing.source.join(self.target, and_(*own_key))
        keys = [listing.columns[key.name] for key in listing.order]
        self.sort_columns = keys
        self.conditions = (
            *listing.conditions,
            *between(keys, listing, page, cursor_name, scope),
        )
        self.order = _directed(keys, listing, page)
        self.limit = page.size + 1
        return listing

    def _own(self, listing: Listing) -> Listing:
        """Let the rows that are shown be those that the listing looks through."""
        self.showing.searched.add(self.target)
        return listing.over(self.target)

    def _read_whole(self, listing: Listing, page: Page, keys: FromClause, fits: str) -> None:
        whole = self._own(listing)
        columns = [whole.columns[key.name] for key in whole.order]
        anchor = keys.join(self.target, and_(true(), *whole.conditions))
        self.whole = Whole(fits, anchor, _directed(columns, whole, page))

    def _join_sqlite(self, listing: Listing, keys: FromClause, chosen: Select[Any]) -> None:
        # SQLite has no LATERAL, but evaluates a correlated subquery once for each parent.
        found = chosen.with_only_columns(*(listing.columns[name] for name in listing.key))
        own_key = [self.target.c[name] for name in listing.key]
        if len(self.sort_columns) == len(listing.order):
            target_key = tuple_(*own_key) if len(own_key) > 1 else own_key[0]
            self.anchor = keys.join(self.target, target_key.in_(found))
            return
        # What is only known where the page is chosen (a weight, say) can sort nowhere else.
        page = chosen.correlate(None).correlate(keys).subquery("page")
        array = select(func.json_group_array(page.c[listing.key[0]])).scalar_subquery()
        places = func.json_each(array.correlate(keys)).table_valued("key", "value", name="places")
        self.anchor = keys.join(places, true()).join(self.target, own_key[0] == places.c.value)
        self.order = [places.c.key]

    def _choose(
        self, listing: Listing, page: Page, cursor_name: bytes, scope: Scope, *, wanted: bool = True
    ) -> Select[Any]:
        names = dict.fromkeys([*listing.key, *(key.name for key in listing.order)])
        columns = [listing.columns[name].label(name) for name in names]
        keys = [listing.columns[key.name] for key in listing.order]
        limit = page.size + 1 if wanted else 0
        return (
            select(*columns)
            .select_from(listing.source)
            .where(*listing.conditions, *between(keys, listing, page, cursor_name, scope))
            .order_by(*_directed(keys, listing, page))
            .limit(literal(limit, literal_execute=True))
        )


def _is_scanned(listing: Listing) -> bool:
    """Tell whether the order is that of one table's columns, for which there is an index."""
    columns = [listing.columns[key.name] for key in listing.order]
    return is_table(listing.source) and all(
        isinstance(column, ColumnClause) and column.table is listing.source for column in columns
    )


def count_of(listing: Listing) -> ColumnElement[int]:
    """Count a listing, where nobody keeps its length."""
    return _count(listing).scalar_subquery()


def _count(listing: Listing) -> Select[int]:
    return (
        select(func.count().label("length")).select_from(listing.source).where(*listing.conditions)
    )


def _same_key(listing: Listing, chosen: FromClause, target: FromClause) -> ColumnElement[bool]:
    return and_(*(target.c[name] == chosen.c[name] for name in listing.key))


def _directed(
    keys: list[ColumnElement[Any]], listing: Listing, page: Page
) -> list[ColumnElement[Any]]:
    if listing.descending != page.backward:
        return [key.desc() for key in keys]
    return [key.asc() for key in keys]

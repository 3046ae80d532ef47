"""Fields that answer many rows: linked rows, and connections."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnClause, ColumnElement

from pressroom.cms.store.cursors import encode_cursor
from pressroom.cms.store.listing import Listing

from .compiler import AnyLevel, Compiler, Row, Selected, writes
from .declarations import Connection, Extra, Many
from .elements import element
from .level import Level, Parents, keys_table
from .page import Page
from .paging import PagedLevel, count_of
from .rows import read
from .shown import show_thread

_SHOWING_ROWS = frozenset({"edges", "nodes", "pageInfo"})


def _level_below(
    compiler: Compiler,
    make: type[AnyLevel],
    kind: str,
    row: Row,
    having: ColumnElement[Any] | None = None,
) -> AnyLevel:
    """Begin a level below the rows of another.

    With `having`, below those alone where that is neither nought nor null.
    """
    above = row.level
    parents = Parents(
        above, above.place(row.target.c.id), None if having is None else above.place(having)
    )
    kept = "" if parents.having is None else f" if {above.row}[{parents.having}]"
    keys = f"{{{above.row}[{parents.place}] for {above.row} in {above.rows}{kept}}} - NOBODY"
    level = compiler.level(make, kind, keys)
    level.parents = parents
    return level


def _grouped(compiler: Compiler, level: Level, shown: str) -> str:
    """Group a level by its parents, and give the name of the groups."""
    groups = f"groups{level.number}"
    compiler.assemble(level, f"{groups} = {{}}")
    compiler.assemble(level, f"for {level.row} in {level.rows}:")
    compiler.assemble(level, f"    {groups}.setdefault({level.row}[0], []).append({shown})")
    return groups


@writes(Many)
def _many(compiler: Compiler, declared: Many, field: Selected, row: Row) -> str:
    own_key = row.target.c.id
    level = _level_below(compiler, Level, field.type.name, row)
    link, target = declared.link.alias(), level.target
    keys = keys_table(level, compiler.scope.dialect)
    source = compiler.catalog.source(field.type.name)
    level.anchor = keys.join(link, link.c[declared.owner] == keys.c.value).join(
        target, target.c.id == link.c[declared.member]
    )
    visible = source.visible(target, compiler.scope) if source else ()
    level.conditions = (*declared.where(link, compiler.scope), *visible)
    level.showing.searched.update([target] if visible else ())
    level.showing.covered.update([link] if declared.owner == "post_id" else ())
    level.order = declared.order(link, target)
    level.place(keys.c.value)
    shown = partial(compiler.object, field.type, field.details, Row(level, target))
    groups = _grouped(compiler, level, element(compiler, level, shown))
    key = f"{row.level.row}[{row.level.place(own_key)}]"
    compiler.account_for(level, row.level, f"{key} in {groups}")
    return f"{groups}.get({key}, NOTHING)"


@writes(Connection)
def _connection(compiler: Compiler, declared: Connection, field: Selected, of: Any) -> str:
    if isinstance(of, Row):
        return ConnectionBelow(compiler, declared, field, of).write()
    return ConnectionAtRoot(compiler, declared, field).write()


class _ConnectionWriter:
    """Writes one connection: its level, and the function that shows a page of it."""

    def __init__(self, compiler: Compiler, declared: Connection, field: Selected) -> None:
        self.compiler = compiler
        self.declared = declared
        self.field = field
        self.page = Page.asked_for(field.arguments)
        self.fields = {} if declared.plain else compiler.subfields(field.type, field.details)
        names = {details[0].node.name.value for details in self.fields.values()}
        self.wanted = declared.plain or bool(names & _SHOWING_ROWS)
        self.counted = "totalCount" in names

    def cursor_name(self, listing: Listing) -> bytes:
        """Name the list that cursors belong to: the field, and what it is sorted by."""
        keys = ",".join(f"{key.name}{'-' if key.descending else '+'}" for key in listing.order)
        return f"{self.field.parent.name}.{self.field.name}:{keys}".encode()

    def node_type(self) -> Any:
        """Give the type of what is listed."""
        if self.declared.plain:
            return self.field.type
        return self.field.type.fields["nodes"].type.of_type.of_type.of_type

    def show(self, level: Level, listing: Listing) -> str:
        """Write the function that makes a page from rows; gives its name."""
        compiler = self.compiler
        self.listing_name = compiler.code.name(self.cursor_name(listing), "list")
        row = Row(level, level.target)
        shown = (
            self._nodes(row, self.field.details)
            if self.declared.plain
            else "{" + ", ".join(self._parts(row)) + "}"
        )
        name = f"page{level.number}"
        size = self.page.size
        turned = "[::-1]" if self.page.backward else ""
        compiler.assemble(level, f"def {name}(rows, total=None):")
        compiler.assemble(level, f"    more = len(rows) > {size}")
        compiler.assemble(level, f"    rows = rows[:{size}]{turned}")
        compiler.assemble(level, f"    return {shown}")
        return name

    def _parts(self, row: Row) -> list[str]:
        return [f"{key!r}: {self._part(details, row)}" for key, details in self.fields.items()]

    def _part(self, details: Any, row: Row) -> str:
        match details[0].node.name.value:
            case "edges":
                return self._edges(row, details)
            case "nodes":
                return self._nodes(row, details)
            case "pageInfo":
                return self._page_info(row, details)
            case "totalCount":
                return "total"
            case _:
                return repr(self.field.type.name)

    def _nodes(self, row: Row, details: Any) -> str:
        write = partial(self.compiler.object, self.node_type(), details, row)
        node = element(self.compiler, row.level, write)
        return f"[{node} for {row.level.row} in rows]"

    def _edges(self, row: Row, details: Any) -> str:
        edge = self.field.type.fields["edges"].type.of_type.of_type.of_type
        fields = self.compiler.subfields(edge, details)

        def write() -> str:
            parts = (f"{key!r}: {self._edge(edge, each, row)}" for key, each in fields.items())
            return f"{{{', '.join(parts)}}}"

        shown = element(self.compiler, row.level, write)
        return f"[{shown} for {row.level.row} in rows]"

    def _edge(self, edge: Any, details: Any, row: Row) -> str:
        match details[0].node.name.value:
            case "cursor":
                return self._cursor(row)
            case "node":
                return self.compiler.object(self.node_type(), details, row)
            case "__typename":
                return repr(edge.name)
            case name:
                extra: Extra = self.compiler.catalog.declaration(edge.name, name)
                level = row.level
                value = read(self.compiler, row, level.extras[extra.name])
                shown = f"{self.compiler.code.name(extra.function)}({value})"
                return self.compiler.guard(shown)

    def _cursor(self, row: Row, name: str | None = None) -> str:
        level = row.level
        keys = ", ".join(read(self.compiler, row, column) for column in level.sort_columns)
        encode = self.compiler.code.name(encode_cursor)
        keys = keys if name is None else keys.replace(f"{level.row}[", f"{name}[")
        return f"{encode}({self.listing_name}, ({keys},))"

    def _page_info(self, row: Row, details: Any) -> str:
        kind = self.field.type.fields["pageInfo"].type.of_type
        after, before = self.page.after is not None, self.page.before is not None
        facts = {
            "hasNextPage": repr(before) if self.page.backward else "more",
            "hasPreviousPage": "more" if self.page.backward else repr(after),
            "startCursor": f"{self._cursor(row, 'rows[0]')} if rows else None",
            "endCursor": f"{self._cursor(row, 'rows[-1]')} if rows else None",
            "__typename": repr(kind.name),
        }
        fields = self.compiler.subfields(kind, details)
        parts = (f"{key!r}: {facts[each[0].node.name.value]}" for key, each in fields.items())
        return "{" + ", ".join(parts) + "}"


class ConnectionAtRoot(_ConnectionWriter):
    """A connection of the whole site."""

    def write(self) -> str:
        """Write its code."""
        compiler = self.compiler
        level = compiler.level(PagedLevel, self.node_type().name)
        listing = self.declared.listing(None, compiler.scope, self.field.arguments)
        level.page_at(
            listing,
            self.page,
            self.cursor_name(listing),
            compiler.scope,
            counted=self.counted,
            wanted=self.wanted,
        )
        shown = self.show(level, listing)
        if not self.counted:
            return f"{shown}({level.rows})"
        # The length comes with each row, and with a row of nulls where the page is empty.
        key = level.place(level.target.c[listing.key[0]])
        there = f"[] if {level.rows}[0][{key}] is None else {level.rows}"
        return f"{shown}({there}, {level.rows}[0][0])"


class ConnectionBelow(_ConnectionWriter):
    """A connection of each row of a level."""

    def __init__(self, compiler: Compiler, declared: Connection, field: Selected, row: Row) -> None:
        super().__init__(compiler, declared, field)
        self.row = row

    def write(self) -> str:
        """Write its code; where no row is shown, the parent's own row says it all."""
        total = self._total() if self.counted else "None"
        parent = self.row.level
        if not self.wanted:
            return self._counts(total)
        own_key = self.row.target.c.id
        length, kind = self._kept_length(), self.node_type().name
        level = _level_below(self.compiler, PagedLevel, kind, self.row, length)
        asked = (self._listing, self.page, self.cursor_name, self.compiler.scope)
        single = parent.showing.single is not None and self.row.target is parent.target
        listing = level.page_below_one(*asked) if single else None
        listing = listing or level.page_below(*asked, fits=self._fits(length))
        show_thread(self.row, level, listing)
        shown = self.show(level, listing)
        if level.one_parent:
            return f"{shown}({level.rows}, {total})"
        groups = _grouped(self.compiler, level, level.row)
        key = f"{parent.row}[{parent.place(own_key)}]"
        self.compiler.account_for(level, parent, f"{key} in {groups}")
        return f"{shown}({groups}.get({key}, NOTHING), {total})"

    def _listing(self, parent: Any) -> Listing:
        return self.declared.listing(parent, self.compiler.scope, self.field.arguments)

    def _total(self) -> str:
        length = self._length()
        if length is None:
            length = count_of(self._listing(self.row.target.c.id))
        return read(self.compiler, self.row, length)

    def _length(self) -> ColumnElement[int] | None:
        if self.declared.total is None:
            return None
        return self.declared.total(self.row.target, self.compiler.scope, self.field.arguments)

    def _fits(self, length: ColumnElement[int] | None) -> str:
        """Write the code that tells whether no list is longer than its page, if there is any."""
        if length is None:
            return ""
        above = self.row.level
        longest = f"{above.row}[{above.place(length)}] or 0 for {above.row} in {above.rows}"
        return f"max({longest}) <= {self.page.size}"

    def _kept_length(self) -> ColumnElement[int] | None:
        """Give the column with the length, if there is one: nobody need look for what is empty."""
        length = self._length()
        return length if isinstance(length, ColumnClause) else None

    def _counts(self, total: str) -> str:
        facts = {"totalCount": total, "__typename": repr(self.field.type.name)}
        parts = (f"{key!r}: {facts[each[0].node.name.value]}" for key, each in self.fields.items())
        return "{" + ", ".join(parts) + "}"

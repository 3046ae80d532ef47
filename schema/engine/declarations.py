"""What a field is made of: said once, in the Strawberry type, and compiled from there.

Over a row of the type's table:

    Column      one of its columns
    Expression  an SQL expression over it
    GlobalId    its key, with the name of its type
    Computed    a Python function of such expressions
    Embedded    an object made from the same row
    Items       a list of objects that a column holds as JSON
    One         a row of another table, joined
    Beside      a column of a row that another table adds to this one, joined
    Listed      the rows whose keys a column lists
    Many        the rows that a link table puts under it
    Connection  a page of a listing, with cursors, or its first rows as a plain list
    Referred    a row of any type that two columns name
    Asked       a Python function, awaited once for each object

At the root:

    Lookup      the one row for which a condition holds
    Nodes       rows of any type, by their global ids
    Resolution  what a path of the site leads to
    Viewed      what is known about the caller
    Posed       a Python function of the arguments, awaited once
    Action      a mutation

Over what a Python function answered:

    Fact        an entry of the mapping
    Handed      the row whose key the mapping holds

A Python function may raise: a PressroomError is shown, with its code, where the field would stand,
whatever else is logged. One that raises may be asked again at once, and so may those beside it.

Functions over rows take the row, as a table under an alias, and the scope in which the statement
is built. They live in `cms/store`: the types name them and know no SQL.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Table

from pressroom.cms.services.rights import Right
from pressroom.cms.store.listing import Arguments, Listing
from pressroom.cms.store.scope import Scope

Part: TypeAlias = Callable[[FromClause, Scope], ColumnElement[Any]]
Conditions: TypeAlias = Callable[[FromClause, Scope], Sequence[ColumnElement[bool]]]

ENGINE = "pressroom"
"""The key of a declaration in the metadata of a Strawberry field."""


def everything(_row: FromClause, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Set no condition: whoever finds the row may see it."""
    return ()


@dataclass(frozen=True, slots=True)
class Source:
    """The table that a GraphQL type's rows are in, and who sees which of them.

    `named` says it of a row that somebody asks for by what it is known by, or that another row
    cannot be without; it is the same as `visible` unless given.
    """

    table: Table
    visible: Conditions = everything
    named: Conditions | None = None

    def reachable(self, row: FromClause, scope: Scope) -> Sequence[ColumnElement[bool]]:
        """Give the conditions under which a row is seen by who asks for that very one."""
        return (self.named or self.visible)(row, scope)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row."""

    name: str


@dataclass(frozen=True, slots=True)
class Expression:
    """An SQL expression over the row."""

    build: Part


@dataclass(frozen=True, slots=True)
class GlobalId:
    """The row's key, with the name of its type, as an opaque string; or such a key's column."""

    entity: str | None = None
    column: str = "id"
    entity_column: str | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A Python function of the values of some parts of the row.

    `asked` reads the field's arguments when a plan is made, and what it gives comes before those
    values; it may raise Malformed.
    """

    requires: Sequence[Part]
    function: Callable[..., Any]
    asked: Callable[[Arguments], Any] | None = None


@dataclass(frozen=True, slots=True)
class Embedded:
    """An object made from the same row."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of objects that a column holds as JSON, with the type's fields as their keys."""

    column: str


@dataclass(frozen=True, slots=True)
class One:
    """The row whose `id` is what `key` gives, joined; null where its source does not show it.

    With `shown`, whoever sees this row sees that one.
    """

    key: Part
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A column of the row that another table adds to this one; null where it adds none.

    `owner` names the table's column, a unique one, that holds this row's `id`. Who changes what is
    added tells the journal that this row has changed: answers are kept until it does.
    """

    table: Table
    column: str
    owner: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows whose keys a column of this one lists, in its order.

    `fan_out` is how many there are taken to be in an operation's cost.
    """

    column: str
    fan_out: int = 10


@dataclass(frozen=True, slots=True)
class Many:
    """The rows that a link table puts under this one, all of them.

    `owner` and `member` name the columns of the link; `order` sorts by link and row; `where`
    narrows the links. `fan_out` is how many rows there are taken to be in an operation's cost.
    """

    link: Table
    owner: str
    member: str
    order: Callable[[FromClause, FromClause], Sequence[ColumnElement[Any]]]
    where: Conditions = everything
    fan_out: int = 10


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of a listing; `listing` gets the key of the parent's row, or None at the root.

    `total` gives the length of the whole list from the parent's row, where it is kept. A `plain`
    one answers its first rows as a list.
    """

    listing: Callable[[Any, Scope, Arguments], Listing]
    total: Callable[[FromClause, Scope, Arguments], ColumnElement[int]] | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """A field of an edge, made from what the listing says of the place besides its row."""

    name: str
    function: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Referred:
    """The row that two columns of this one name: its type and its key."""

    entity: str
    key: str


class Passing(dict[str, Any]):
    """What a function that is `Asked` answers where that holds at the moment alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A Python function, awaited once for each object.

    It gets the context of the request, the field's arguments, the names of the fields that are
    selected (so that it need not find out what nobody wants to know) and the values of some parts
    of the row, and answers a mapping for `Fact`s. A `steady` one answers the same for as long as
    those values stay the same, but where it answers something `Passing`; answers that hold what
    others say are not kept.
    """

    requires: Sequence[Part]
    function: Callable[..., Awaitable[Mapping[str, Any]]]
    steady: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """The one row for which a condition holds, if the viewer may see it."""

    condition: Callable[[FromClause, Scope, Arguments], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The rows whose global ids an argument names."""

    argument: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a path of the site leads to."""

    argument: str


@dataclass(frozen=True, slots=True)
class Viewed:
    """What a Python function tells of the caller, as a mapping for `Fact`s."""

    function: Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Posed:
    """A Python function of a field's arguments, awaited once.

    `read` makes of the arguments what can be told apart by its value; it may raise Malformed. The
    function gets the context of the request, the arguments that a plan depends on, the names of
    the fields that are selected and what was read, and answers a mapping for `Fact`s.
    """

    read: Callable[[Arguments], Hashable]
    function: Callable[..., Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Action:
    """A mutation: a Python function of the context and the `input` that answers a mapping.

    It is run for those alone who have the right.
    """

    function: Callable[..., Awaitable[Mapping[str, Any]]]
    right: Right


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry of what a Python function answered: a value, a mapping, or a list of those."""

    name: str


@dataclass(frozen=True, slots=True)
class Handed:
    """The row whose key an entry of what a Python function answered holds.

    With `many` the entry holds a list of keys.
    """

    name: str
    many: bool = False

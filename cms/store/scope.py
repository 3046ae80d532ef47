"""What the parts of a statement are built from: who looks, and values that come with a request.

A statement is built once and run many times. What differs from one run to the next — the instant,
the variables of an operation, the keys of parent rows — enters as an `Input`: a bound parameter
with the way to its value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BigInteger, BindParameter, ColumnElement, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.types import String, TypeEngine

from ..content.base import Instant
from ..errors import Malformed


class Variable(NamedTuple):
    """A place in an operation's variables, from the variable's name inwards."""

    path: tuple[str | int, ...]

    def value(self, variables: Mapping[str, Any]) -> Any:
        """Look up what stands at the place."""
        found: Any = variables
        for step in self.path:
            found = found[step]
        return found


class Perspective(StrEnum):
    """How much a caller wants to see: what the public does, or all that their role lets them."""

    PUBLISHED = "published"
    DRAFT = "draft"


View: TypeAlias = Perspective | datetime
"""What a caller wants to see; an instant to come stands for all that readers will see then."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose eyes a statement is built for; statements are kept for each.

    `moderates`: sees every comment whatever its status. `drafts`: sees every post whatever its
    status. `own_drafts`: sees those drafts that are theirs alone, by the author whom the request
    names. `edits`: may ask for posts by other statuses, and for revisions. `administers`: sees the
    access tokens. `holder`: holds the edit token of one comment, which the request names.
    `previews`: holds the preview token of one post, which the request names.
    """

    moderates: bool = False
    edits: bool = False
    administers: bool = False
    drafts: bool = False
    own_drafts: bool = False
    holder: bool = False
    previews: bool = False

    @property
    def sees_undated(self) -> bool:
        """Whether some of the posts that they see may never have been published."""
        return self.drafts or self.own_drafts


PUBLIC = Audience()


class Moment(NamedTuple):
    """The facts of one request that statements ask for."""

    now: datetime
    base_url: str = ""
    comment_id: int | None = None
    post_id: int | None = None
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A bound parameter and how its value is had from a request's variables and moment."""

    name: str
    value: Callable[[Mapping[str, Any], Moment], Any]


@dataclass(slots=True)
class Scope:
    """Collects the inputs of the statements that are being built."""

    dialect: Dialect
    audience: Audience = PUBLIC
    inputs: dict[str, Input] = field(default_factory=dict)

    @property
    def now(self) -> ColumnElement[datetime]:
        """The instant of the request."""
        return self._moment("now", Instant())

    @property
    def base_url(self) -> ColumnElement[str]:
        """Where the API is reached, without a slash at its end."""
        return self._moment("base_url", String())

    @property
    def comment_id(self) -> ColumnElement[int]:
        """The comment that the viewer holds the token of."""
        return self._moment("comment_id", BigInteger())

    @property
    def post_id(self) -> ColumnElement[int]:
        """The post that the viewer holds the preview token of."""
        return self._moment("post_id", BigInteger())

    @property
    def author_id(self) -> ColumnElement[int]:
        """The author that the viewer writes as."""
        return self._moment("author_id", BigInteger())

    def bind(
        self, value: Any, kind: TypeEngine[Any], convert: Callable[[Any], Any] | None = None
    ) -> BindParameter[Any]:
        """Bind a constant, or the variable that will stand in its place.

        `convert` turns what the caller sent into what the column holds; it may raise Malformed.
        """
        process = self.processor(kind)
        name = f"v{len(self.inputs)}"
        if isinstance(value, Variable):
            variable = value

            def read(variables: Mapping[str, Any], _moment: Moment) -> Any:
                given = variable.value(variables)
                return process(storable(convert(given) if convert else given))
        else:
            fixed = process(storable(convert(value) if convert else value))

            def read(variables: Mapping[str, Any], _moment: Moment) -> Any:  # noqa: ARG001 - the same signature as above
                return fixed

        self.inputs[name] = Input(name, read)
        return bindparam(name, None, type_=kind)

    def bind_read(
        self, read: Callable[[Mapping[str, Any], Moment], Any], kind: TypeEngine[Any]
    ) -> BindParameter[Any]:
        """Bind what is read of each request, as the driver takes it."""
        return bindparam(self.take(read), None, type_=kind)

    def take(self, read: Callable[[Mapping[str, Any], Moment], Any]) -> str:
        """Note a value that no statement binds, and give its name."""
        name = f"v{len(self.inputs)}"
        self.inputs[name] = Input(name, read)
        return name

    def _moment(self, name: str, kind: TypeEngine[Any]) -> BindParameter[Any]:
        process = self.processor(kind)
        self.inputs[name] = Input(name, lambda _variables, moment: process(getattr(moment, name)))
        return bindparam(name, None, type_=kind)

    def processor(self, kind: TypeEngine[Any]) -> Callable[[Any], Any]:
        """Give what turns a value into one that the driver takes."""
        processor = kind.dialect_impl(self.dialect).bind_processor(self.dialect)
        return processor or (lambda value: value)


def storable(value: Any) -> Any:
    """Pass on what the databases can be asked for: no text of theirs holds a NUL."""
    if isinstance(value, str) and "\0" in value:
        raise Malformed("a text holds the character U+0000, which is nowhere to be found")
    return value

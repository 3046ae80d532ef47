"""What the HTTP endpoint and a GraphQL executor say to each other."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeAlias

from ..store.dependencies import Tag
from .caller import Caller

Made: TypeAlias = "GraphQLResponse | Awaitable[GraphQLResponse]"
"""An answer, or what remains to be awaited for it."""
Once: TypeAlias = Callable[[Callable[[], Made]], Awaitable["GraphQLResponse"]]
"""Runs what makes an answer, once for all who want it at the same time."""


class GraphQLRequest(NamedTuple):
    """The parameters of a well-formed request (GraphQL over HTTP, "Request Parameters").

    With `queries_only`, the executor must refuse any other kind of operation before it runs, and
    answer `Outcome.NOT_A_QUERY`. With `tells_cost`, it tells in `extensions.cost` of the answer
    what the operation costs, if it knows. With `once`, it has what makes the answer to a query run
    by that, if it can tell what the answer shows: the answer may then be kept, and shared.
    """

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    extensions: dict[str, Any] | None = None
    queries_only: bool = False
    tells_cost: bool = False
    once: Once | None = None


class Outcome(StrEnum):
    """How far a request came; the HTTP status follows from it."""

    DATA = "DATA"  # it was executed, perhaps with errors in some fields
    REQUEST_ERROR = "REQUEST_ERROR"  # it was not: parsing, validation, variables
    NOT_A_QUERY = "NOT_A_QUERY"  # it was not: a mutation or a subscription, sent by GET


class GraphQLResponse(NamedTuple):
    """An encoded answer; `headers` may hold Cache-Control, Vary, ETag and the like.

    `shows` holds the tags of all that the answer was made from, and `until` the instant at which it
    changes by itself; an answer without `shows` is not kept.
    """

    body: bytes
    outcome: Outcome = Outcome.DATA
    headers: Mapping[str, str] = MappingProxyType({})
    shows: frozenset[Tag] | None = None
    until: datetime | None = None


class Executor(Protocol):
    """Executes one operation for one caller."""

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> GraphQLResponse:
        """Answer the request; errors of the operation are part of the answer, not raised."""
        ...

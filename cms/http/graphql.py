"""The GraphQL endpoint: POST and GET as the GraphQL-over-HTTP specification has them.

https://graphql.github.io/graphql-over-http/draft/

It knows no GraphQL library: what a request means is the executor's business, how it travels is
told here. Pages of other sites are kept from using a visitor's browser by what `cross_origin` says.
"""

import logging
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..actors import ANONYMOUS
from ..errors import PressroomError
from .answer_cache import AnswerCache
from .bodies import MEGABYTE
from .caller import PERSPECTIVE, Authenticate, Caller, anonymous, base_url, perspective_of
from .finished import Answer, Finished, RawHeader
from .graphiql import GraphiQL
from .head import Head, Heads
from .intake import Intake, what_is_wrong
from .media_types import GRAPHQL_RESPONSE, HTML, JSON, negotiate
from .operations import Executor, GraphQLRequest, GraphQLResponse, Outcome
from .patience import Patience
from .rejections import Rejected, errors_body
from .repeats import Repeats, request_key

_ALLOW_POST = {"Allow": "POST"}
_COST = "Pressroom-Cost"
_VARY = f"Accept, {PERSPECTIVE}"
_VARY_BY_CALLER = f"{_VARY}, Authorization"
# What an executor does not declare fit for keeping is not kept.
_NO_STORE = "no-store"
_PRIVATE = "private, no-store"

_log = logging.getLogger(__name__)


@dataclass
class GraphQLEndpoint:
    """An ASGI application that answers GraphQL requests through `execute`.

    `max_body` is in bytes and bounds a GET's address too, `max_upload` the files of a form;
    `timeout` is in seconds and begins when a request has been read. `public_url` overrides what
    requests say of our address. Browsers that come for a page get `graphiql`, if given. With the
    header `Pressroom-Cost: 1` an answer tells in its `extensions` what the operation costs.

    Answers to the public are kept in `cache`, if given, and bear an `ETag`. Caches on the way may
    keep them too, but must ask each time whether they still hold. `by_header` says that the header
    `Authorization` alone tells who asks, so that a request without it is the public's.
    """

    execute: Executor
    authenticate: Authenticate = anonymous
    public_url: str | None = None
    max_body: int = MEGABYTE
    max_upload: int = 20 * MEGABYTE
    timeout: float = 10.0
    graphiql: GraphiQL | None = None
    cache: AnswerCache | None = None
    by_header: bool = True

    def __post_init__(self) -> None:
        self._heads = Heads(self._read_head)
        self._intake = Intake(self.authenticate, self.max_body, self.max_upload)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> ASGIApp:
        head = self._heads.of(request)
        if head.media_type == HTML and self.graphiql is not None:
            return self.graphiql.page()
        try:
            asked = await self._intake.read(request, head)
            answer = self._answer(request, head, asked)
            return await Patience(answer, request.receive, self.timeout)
        except Rejected as rejected:
            return _rejection(rejected, head.media_type)
        except PressroomError as error:
            return _rejection(Rejected.because(error), head.media_type)
        except Exception:
            _log.exception("A GraphQL request failed")
            return _response(500, errors_body("Internal error.", "INTERNAL"), head.media_type)

    async def _answer(self, request: Request, head: Head, asked: GraphQLRequest) -> ASGIApp:
        caller = head.caller or await self._caller(request, head)
        key = self._key(asked, caller)
        answer = await self._answered(key, asked, caller)
        media_type = head.media_type or JSON
        if answer.shows is not None:
            return self._finish(key, answer, request, media_type)
        if answer.outcome is Outcome.DATA and not answer.headers:
            return Answer(200, _headers(media_type, caller), answer.body)
        return _unusual(answer, media_type, caller)

    async def _caller(self, request: Request, head: Head) -> Caller:
        actor = await self.authenticate(request)
        return Caller(actor, head.base_url, perspective_of(head.perspective, actor))

    def _read_head(self, request: Request) -> Head:
        accept = ",".join(request.headers.getlist("accept")) or "*/*"
        address, perspective = base_url(request, self.public_url), request.headers.get(PERSPECTIVE)
        # Whoever sends nothing by which they could be known is the public.
        told = not self.by_header or perspective is not None or "authorization" in request.headers
        return Head(
            media_type=negotiate(accept, self._offered(request.method)),
            base_url=address,
            perspective=perspective,
            caller=None if told else Caller(ANONYMOUS, address),
            sends_json=what_is_wrong(request) is None,
            tells_cost=request.headers.get(_COST) == "1",
        )

    def _key(self, request: GraphQLRequest, caller: Caller) -> Hashable | None:
        """Give what an answer is kept under; None for what is not kept."""
        if self.cache is None or not caller.is_public or request.tells_cost:
            return None
        try:
            variables = orjson.dumps(request.variables or None, option=orjson.OPT_SORT_KEYS)
        except TypeError:  # an integer beyond 64 bits
            return None
        # Text is kept in as much memory as it fills; orjson's bytes are not.
        return request.query, request.operation_name, variables.decode(), caller.base_url

    async def _answered(
        self, key: Hashable | None, request: GraphQLRequest, caller: Caller
    ) -> GraphQLResponse:
        if key is None or self.cache is None:
            return await self.execute(request, caller)
        kept = self.cache.answer(key)
        if kept is not None:
            return kept
        return await self.execute(request._replace(once=partial(self.cache.once, key)), caller)

    def _finish(
        self, key: Hashable, answer: GraphQLResponse, request: Request, media_type: str
    ) -> Finished:
        shared = self.by_header and request.method == "GET"
        # Whoever keeps it asks each time: a change shows at once, and so does who is asking.
        keeping = f"{'public' if shared else 'private'}, no-cache"
        headers = _usual(media_type, keeping, _VARY_BY_CALLER)
        finished = Finished(headers, answer.body, media_type.encode())
        known = request_key(request.scope)
        if known is not None and self.cache is not None:
            self.cache.finish(key, answer, known, finished)
        return finished

    def _offered(self, method: str) -> tuple[str, ...]:
        if method == "GET" and self.graphiql is not None:
            return (JSON, GRAPHQL_RESPONSE, HTML)
        return (JSON, GRAPHQL_RESPONSE)


def front_of(endpoint: GraphQLEndpoint) -> ASGIApp:
    """Give what a request to the endpoint comes to first."""
    if endpoint.cache is None or not endpoint.by_header:
        return endpoint
    return Repeats(endpoint, endpoint.cache)


def graphql_routes(path: str, endpoint: GraphQLEndpoint) -> list[BaseRoute]:
    """The endpoint at `path`, with the files that its GraphiQL needs, if it has one."""
    routes: list[BaseRoute] = [Route(path, front_of(endpoint))]
    if endpoint.graphiql is not None:
        routes.append(endpoint.graphiql.files(path))
    return routes


def _headers(media_type: str, caller: Caller) -> Sequence[RawHeader]:
    if caller.is_public:
        return _usual(media_type, _NO_STORE)
    return _usual(media_type, _PRIVATE, _VARY_BY_CALLER)


@lru_cache(maxsize=32)
def _usual(media_type: str, cache_control: str, vary: str = _VARY) -> Sequence[RawHeader]:
    """Give the headers that answers have in common."""
    headers = {
        "cache-control": cache_control,
        "x-content-type-options": "nosniff",
        "vary": vary,
        "content-type": f"{media_type}; charset=utf-8",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _unusual(answer: GraphQLResponse, media_type: str, caller: Caller) -> Response:
    if answer.outcome is Outcome.NOT_A_QUERY:
        return _response(405, answer.body, media_type, {**answer.headers, **_ALLOW_POST})
    # Before its own media type there was, GraphQL answered well-formed requests with 200 always.
    failed = answer.outcome is Outcome.REQUEST_ERROR and media_type == GRAPHQL_RESPONSE
    headers = dict(answer.headers)
    if not caller.is_public:
        headers |= {"Cache-Control": _PRIVATE, "Vary": "Authorization"}
    return _response(400 if failed else 200, answer.body, media_type, headers)


def _rejection(rejected: Rejected, media_type: str | None) -> Response:
    return _response(rejected.status, rejected.body, media_type, rejected.headers)


def _response(
    status: int, body: bytes, media_type: str | None, headers: Mapping[str, str] | None = None
) -> Response:
    response = Response(body, status_code=status, headers=headers)
    response.headers.add_vary_header(_VARY)
    for name, value in _usual(media_type or JSON, _NO_STORE):
        response.headers.setdefault(name.decode(), value.decode())
    return response

"""The GraphQL endpoint: POST and GET as the GraphQL-over-HTTP specification has them.

https://graphql.github.io/graphql-over-http/draft/

It knows no GraphQL library: what a request means is the executor's business, how it travels is
told here. Pages of other sites are kept from using a visitor's browser by what `cross_origin` says.
"""

import logging
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import PressroomError
from ..services import rights
from . import parameters, uploads
from .answer_cache import AnswerCache
from .bodies import MEGABYTE, read_body
from .caller import PERSPECTIVE, Authenticate, Caller, anonymous, base_url, perspective_of
from .cross_origin import require_preflight
from .finished import Answer, Finished, RawHeader
from .graphiql import GraphiQL
from .head import Head, Heads
from .media_types import (
    FORM,
    GRAPHQL_RESPONSE,
    HTML,
    JSON,
    media_type_of,
    negotiate,
    parameters_of,
)
from .operations import Executor, GraphQLRequest, GraphQLResponse, Outcome
from .patience import Patience
from .rejections import Rejected, errors_body
from .repeats import Repeats, request_key

_ALLOW = {"Allow": "GET, POST"}
_ALLOW_POST = {"Allow": "POST"}
_CHARSETS = {"", "utf-8", "utf8"}
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> ASGIApp:
        head = self._heads.of(request)
        if head.media_type == HTML and self.graphiql is not None:
            return self.graphiql.page()
        try:
            return await self._answer(request, head, head.media_type or JSON)
        except Rejected as rejected:
            return _rejection(rejected, head.media_type)
        except PressroomError as error:
            return _rejection(Rejected.because(error), head.media_type)
        except Exception:
            _log.exception("A GraphQL request failed")
            return _response(500, errors_body("Internal error.", "INTERNAL"), head.media_type)

    async def _answer(self, request: Request, head: Head, media_type: str) -> ASGIApp:
        graphql_request = await self._read(request, head)
        async with Patience(request.receive, self.timeout):
            actor = await self.authenticate(request)
            caller = Caller(actor, head.base_url, perspective_of(head.perspective, actor))
            key = self._key(graphql_request, caller)
            answer = await self._answered(key, graphql_request, caller)
        if answer.shows is not None:
            return self._finish(key, answer, request, media_type)
        if answer.outcome is Outcome.DATA and not answer.headers:
            return Answer(200, _headers(media_type, caller), answer.body)
        return _unusual(answer, media_type, caller)

    def _read_head(self, request: Request) -> Head:
        accept = ",".join(request.headers.getlist("accept")) or "*/*"
        return Head(
            media_type=negotiate(accept, self._offered(request.method)),
            base_url=base_url(request, self.public_url),
            perspective=request.headers.get(PERSPECTIVE),
            sends_json=_what_is_wrong(request) is None,
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
        return request.query, request.operation_name, variables, caller.base_url

    async def _answered(
        self, key: Hashable | None, request: GraphQLRequest, caller: Caller
    ) -> GraphQLResponse:
        if key is None or self.cache is None:
            return await self.execute(request, caller)
        kept = self.cache.answer(key)
        if kept is not None:
            return kept
        return await self.execute(replace(request, once=partial(self.cache.once, key)), caller)

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

    async def _read(self, request: Request, head: Head) -> GraphQLRequest:
        if request.method not in {"GET", "POST"}:
            raise Rejected(405, "Use POST, or GET for queries.", headers=_ALLOW)
        if head.media_type is None:
            raise Rejected(406, f"Answers are {GRAPHQL_RESPONSE} or {JSON}.")
        if request.method == "GET":
            read = self._read_address(request)
        else:
            read = await self._read_body(request, head)
        return replace(read, tells_cost=True) if head.tells_cost else read

    async def _read_body(self, request: Request, head: Head) -> GraphQLRequest:
        if not head.sends_json and media_type_of(request.headers.get("content-type", "")) == FORM:
            return await self._read_form(request)
        if not head.sends_json and (wrong := _what_is_wrong(request)) is not None:
            raise wrong
        return parameters.from_body(await read_body(request, self.max_body))

    async def _read_form(self, request: Request) -> GraphQLRequest:
        require_preflight(request.headers, "A form")
        if _is_compressed(request):
            raise _compressed()
        # Nobody who may not send files has one read.
        rights.check_upload(await self.authenticate(request))
        return await uploads.from_form(request, self.max_body, self.max_upload)

    def _read_address(self, request: Request) -> GraphQLRequest:
        require_preflight(request.headers, "A GET request")
        query_string: bytes = request.scope["query_string"]
        if len(query_string) > self.max_body:
            raise Rejected(414, f"The address is longer than {self.max_body} bytes.")
        return parameters.from_address(query_string)


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


def _what_is_wrong(request: Request) -> Rejected | None:
    """Say what is wrong with the way in which a body is sent, whatever it holds."""
    header = request.headers.get("content-type", "")
    charset = parameters_of(header).get("charset", "")
    if media_type_of(header) != JSON or charset not in _CHARSETS:
        return Rejected(415, f"Send the request as {JSON}, in UTF-8.")
    return _compressed() if _is_compressed(request) else None


def _is_compressed(request: Request) -> bool:
    return request.headers.get("content-encoding", "identity").lower() != "identity"


def _compressed() -> Rejected:
    return Rejected(
        415, "Compressed requests are not accepted.", headers={"Accept-Encoding": "identity"}
    )


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

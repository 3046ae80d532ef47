"""The GraphQL endpoint: POST and GET as the GraphQL-over-HTTP specification has them.

https://graphql.github.io/graphql-over-http/draft/

It knows no GraphQL library: what a request means is the executor's business, how it travels is
told here. Pages of other sites are kept from using a visitor's browser by what `cross_origin` says.
"""

import logging
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..actors import ANONYMOUS
from ..errors import PressroomError
from ..store.scope import Perspective
from . import parameters
from .answer_cache import AnswerCache
from .bodies import MEGABYTE, read_body
from .caller import PERSPECTIVE, Authenticate, Caller, anonymous, base_url, perspective_of
from .cross_origin import require_preflight
from .finished import Finished
from .graphiql import GraphiQL
from .media_types import (
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
from .repeats import Repeats, key_of

_ALLOW = {"Allow": "GET, POST"}
_ALLOW_POST = {"Allow": "POST"}
_CHARSETS = {"", "utf-8", "utf8"}
_COST = "Pressroom-Cost"
_HEADERS = {
    # What an executor does not declare fit for keeping is not kept.
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Vary": f"Accept, {PERSPECTIVE}",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GraphQLEndpoint:
    """An ASGI application that answers GraphQL requests through `execute`.

    `max_body` is in bytes and bounds a GET's address too; `timeout` is in seconds and begins when a
    request has been read. `public_url` overrides what requests say of our address. Browsers that
    come for a page get `graphiql`, if given. With the header `Pressroom-Cost: 1` an answer tells
    in its `extensions` what the operation costs.

    Answers to the public are kept in `cache`, if given, and bear an `ETag`. Caches on the way may
    keep them too, but must ask each time whether they still hold. `by_header` says that the header
    `Authorization` alone tells who asks, so that a request without it is the public's.
    """

    execute: Executor
    authenticate: Authenticate = anonymous
    public_url: str | None = None
    max_body: int = MEGABYTE
    timeout: float = 10.0
    graphiql: GraphiQL | None = None
    cache: AnswerCache | None = None
    by_header: bool = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> ASGIApp:
        accept = ",".join(request.headers.getlist("accept")) or "*/*"
        media_type = negotiate(accept, self._offered(request.method))
        try:
            if media_type == HTML and self.graphiql is not None:
                return self.graphiql.page()
            graphql_request = await self._read(request, media_type)
            if request.headers.get(_COST) == "1":
                graphql_request = replace(graphql_request, tells_cost=True)
            async with Patience(request.receive, self.timeout):
                caller = await self._caller(request)
                key = self._key(graphql_request, caller)
                answer = await self._answered(key, graphql_request, caller)
        except Rejected as rejected:
            return _rejection(rejected, media_type)
        except PressroomError as error:
            return _rejection(Rejected.because(error), media_type)
        except Exception:
            _log.exception("A GraphQL request failed")
            return _response(500, errors_body("Internal error.", "INTERNAL"), media_type)
        response = _answer(answer, media_type or JSON, caller)
        return response if answer.shows is None else self._finish(key, answer, request, response)

    def _key(self, request: GraphQLRequest, caller: Caller) -> Hashable | None:
        """Give what an answer is kept under; None for what is not kept."""
        if self.cache is None or caller.actor != ANONYMOUS or request.tells_cost:
            return None
        if caller.perspective is not Perspective.PUBLISHED:
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
        self, key: Hashable, answer: GraphQLResponse, request: Request, response: Response
    ) -> Finished:
        shared = self.by_header and request.method == "GET"
        # Whoever keeps it asks each time: a change shows at once, and so does who is asking.
        response.headers["Cache-Control"] = f"{'public' if shared else 'private'}, no-cache"
        response.headers.add_vary_header("Authorization")
        finished = Finished.of(response)
        known = key_of(request.scope)
        if known is not None and self.cache is not None:
            self.cache.finish(key, answer, known, finished)
        return finished

    def _offered(self, method: str) -> tuple[str, ...]:
        if method == "GET" and self.graphiql is not None:
            return (JSON, GRAPHQL_RESPONSE, HTML)
        return (JSON, GRAPHQL_RESPONSE)

    async def _read(self, request: Request, media_type: str | None) -> GraphQLRequest:
        if request.method not in {"GET", "POST"}:
            raise Rejected(405, "Use POST, or GET for queries.", headers=_ALLOW)
        if media_type is None:
            raise Rejected(406, f"Answers are {GRAPHQL_RESPONSE} or {JSON}.")
        if request.method == "GET":
            return self._read_address(request)
        _check_content_type(request)
        return parameters.from_body(await read_body(request, self.max_body))

    def _read_address(self, request: Request) -> GraphQLRequest:
        require_preflight(request.headers)
        query_string: bytes = request.scope["query_string"]
        if len(query_string) > self.max_body:
            raise Rejected(414, f"The address is longer than {self.max_body} bytes.")
        return parameters.from_address(query_string)

    async def _caller(self, request: Request) -> Caller:
        actor = await self.authenticate(request)
        return Caller(actor, base_url(request, self.public_url), perspective_of(request))


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


def _check_content_type(request: Request) -> None:
    header = request.headers.get("content-type", "")
    charset = parameters_of(header).get("charset", "")
    if media_type_of(header) != JSON or charset not in _CHARSETS:
        raise Rejected(415, f"Send the request as {JSON}, in UTF-8.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Rejected(
            415, "Compressed requests are not accepted.", headers={"Accept-Encoding": "identity"}
        )


def _answer(answer: GraphQLResponse, media_type: str, caller: Caller) -> Response:
    if answer.outcome is Outcome.NOT_A_QUERY:
        return _response(405, answer.body, media_type, {**answer.headers, **_ALLOW_POST})
    # Before its own media type there was, GraphQL answered well-formed requests with 200 always.
    failed = answer.outcome is Outcome.REQUEST_ERROR and media_type == GRAPHQL_RESPONSE
    headers = dict(answer.headers)
    if caller.perspective is not Perspective.PUBLISHED:
        headers["Cache-Control"] = "private, no-store"
    return _response(400 if failed else 200, answer.body, media_type, headers)


def _rejection(rejected: Rejected, media_type: str | None) -> Response:
    return _response(rejected.status, rejected.body, media_type, rejected.headers)


def _response(
    status: int, body: bytes, media_type: str | None, headers: Mapping[str, str] | None = None
) -> Response:
    content_type = f"{media_type or JSON}; charset=utf-8"
    every = {**_HEADERS, **(headers or {})}
    response = Response(body, status_code=status, headers=every, media_type=content_type)
    if every["Vary"] is not _HEADERS["Vary"]:
        response.headers.add_vary_header(_HEADERS["Vary"])
    return response

"""Taking a GraphQL request in: from a GET's address, a POST's JSON, or a form with files."""

from dataclasses import dataclass

from starlette.requests import Request

from ..services import rights
from . import parameters, uploads
from .bodies import read_body
from .caller import Authenticate
from .cross_origin import require_preflight
from .head import Head
from .media_types import FORM, GRAPHQL_RESPONSE, JSON, media_type_of, parameters_of
from .operations import GraphQLRequest
from .rejections import Rejected

_ALLOW = {"Allow": "GET, POST"}
_CHARSETS = {"", "utf-8", "utf8"}


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads requests, within `max_body` bytes of address or body and `max_upload` of files."""

    authenticate: Authenticate
    max_body: int
    max_upload: int

    async def read(self, request: Request, head: Head) -> GraphQLRequest:
        """Read a request. Raises Rejected."""
        method = request.scope["method"]
        if head.media_type is None and method in {"GET", "POST"}:
            raise Rejected(406, f"Answers are {GRAPHQL_RESPONSE} or {JSON}.")
        if method == "POST":
            read = await self._read_body(request, head)
        elif method == "GET":
            read = self._read_address(request)
        else:
            raise Rejected(405, "Use POST, or GET for queries.", headers=_ALLOW)
        return read._replace(tells_cost=True) if head.tells_cost else read

    async def _read_body(self, request: Request, head: Head) -> GraphQLRequest:
        if not head.sends_json and media_type_of(request.headers.get("content-type", "")) == FORM:
            return await self._read_form(request)
        if not head.sends_json and (wrong := what_is_wrong(request)) is not None:
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


def what_is_wrong(request: Request) -> Rejected | None:
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

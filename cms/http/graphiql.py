"""GraphiQL, the query editor in the browser, from files of our own: it works without a network."""

import hashlib
from functools import cache
from html import escape
from pathlib import Path
from posixpath import dirname
from secrets import token_urlsafe

from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_FILES = Path(__file__).parent / "static" / "graphiql"
_PAGE = _FILES / "page.html"
_FOR_EVER = "public, max-age=31536000, immutable"

# The nonce is for the `style` elements that the editor writes while it runs.
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-{nonce}'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}


class GraphiQL:
    """A page that sends its operations to the address it was loaded from.

    It opens with the operation in the address's parameter `query`, or with `example`, a GraphQL
    document that shows newcomers what there is. The addresses of its files are relative to the
    page, so that they are right below any mount prefix, and hold a digest, so that browsers may
    keep them for ever.
    """

    def __init__(self, example: str = "{\n  __typename\n}\n") -> None:
        template = _PAGE.read_text(encoding="utf-8")
        self._html = template.replace("{{files}}", _folder())
        self._example = escape(example)

    def page(self) -> Response:
        """The page itself."""
        nonce = token_urlsafe(16)
        html = self._html.replace("{{nonce}}", nonce).replace("{{example}}", self._example)
        policy = {"Content-Security-Policy": _POLICY.format(nonce=nonce)}
        return HTMLResponse(html, headers=_HEADERS | policy)

    def files(self, endpoint_path: str) -> Mount:
        """The route of the page's files, for a page that stands at `endpoint_path`."""
        parent = dirname(endpoint_path).rstrip("/")
        return Mount(f"{parent}/{_folder()}", _ImmutableFiles(directory=_FILES))


class _ImmutableFiles(StaticFiles):
    """Files that never change under their address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_EVER
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


@cache
def _folder() -> str:
    digest = hashlib.sha256()
    for file in sorted(_FILES.iterdir()):
        digest.update(file.read_bytes())
    return f"graphiql/{digest.hexdigest()[:12]}"

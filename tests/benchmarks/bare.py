"""The least a server can do: read the request and send bytes that were made before."""

from starlette.types import ASGIApp, Receive, Scope, Send


def create_bare(body: bytes) -> ASGIApp:
    """Make an ASGI application that answers every request with `body`."""
    start = {
        "type": "http.response.start",
        "status": 200,
        "headers": [
            (b"content-length", str(len(body)).encode()),
            (b"content-type", b"application/json; charset=utf-8"),
        ],
    }
    end = {"type": "http.response.body", "body": body}

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            while (await receive()).get("more_body"):
                pass
            await send(start)
            await send(end)

    return application

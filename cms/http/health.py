"""Two addresses for whoever watches over the process: is it up, and can it serve?"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

Check = Callable[[], Awaitable[Sequence[str]]]
"""Looks at what the application needs, and returns what is wrong, in words fit to be shown."""

_NOT_STORED = {"Cache-Control": "no-store"}
_log = logging.getLogger(__name__)


def health_routes(check: Check, patience: float = 2.0) -> list[BaseRoute]:
    """`/healthz`, 200 while the process lives, and `/readyz`, 503 with reasons when it cannot.

    `check` gets `patience` seconds.
    """

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=_NOT_STORED)

    async def readyz(_request: Request) -> Response:
        problems = await _problems(check, patience)
        status = "unavailable" if problems else "ok"
        return JSONResponse(
            {"status": status, "problems": problems},
            status_code=503 if problems else 200,
            headers=_NOT_STORED,
        )

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


async def _problems(check: Check, patience: float) -> list[str]:
    try:
        return list(await asyncio.wait_for(check(), patience))
    except TimeoutError:
        return [f"The check did not end within {patience:g} seconds."]
    except Exception:
        _log.exception("The readiness check failed")
        return ["The check itself failed; the log says why."]

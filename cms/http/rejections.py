"""How a request is turned down over HTTP: a status, and a GraphQL-shaped body that says why."""

from collections.abc import Mapping
from typing import Any

import orjson

from ..errors import PressroomError

BAD_USER_INPUT = "BAD_USER_INPUT"

_STATUSES = {
    BAD_USER_INPUT: 400,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "TOO_COMPLEX": 400,
    "RATE_LIMITED": 429,
}
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Rejected(Exception):
    """A request that is answered with an HTTP status before any operation runs."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str = BAD_USER_INPUT,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})

    @classmethod
    def because(cls, error: PressroomError) -> "Rejected":
        """The rejection that tells the caller of `error`; 503 for what has no status of its own."""
        headers = _CHALLENGE if error.code == "UNAUTHENTICATED" else None
        status = _STATUSES.get(error.code, 503)
        return cls(status, str(error), code=error.code, headers=headers)

    @property
    def body(self) -> bytes:
        """The answer: one error, with its code in `extensions`."""
        return errors_body(str(self), self.code)


def errors_body(message: str, code: str) -> bytes:
    """Encode a GraphQL response that holds one error and no data."""
    error: dict[str, Any] = {"message": message, "extensions": {"code": code}}
    return orjson.dumps({"errors": [error]})

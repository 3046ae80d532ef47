"""The errors that Pressroom raises.

    PressroomError
    ├── Malformed            BAD_USER_INPUT   an argument that cannot be understood
    ├── Unauthenticated      UNAUTHENTICATED  a credential that is unknown, expired or revoked
    ├── Forbidden            FORBIDDEN        a right that the actor does not have
    ├── NotFound             NOT_FOUND        an address behind which there is nothing to see
    ├── TooComplex           TOO_COMPLEX      an operation that asks for more than a limit allows
    ├── RateLimited          RATE_LIMITED     too much from one caller
    ├── Unavailable          INTERNAL         a database or a file store that does not answer
    └── Refused              (a code each)    a mutation's input that breaks a rule: `userErrors`

The codes of the first seven are answered in a GraphQL error's `extensions.code`. `Refused` carries
one `UserError` a fault and is answered as data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PressroomError(Exception):
    """Whatever Pressroom raises on purpose; its text may be shown to the caller."""

    code = "INTERNAL"


class Malformed(PressroomError):
    """An argument that cannot be understood."""

    code = "BAD_USER_INPUT"


class Unauthenticated(PressroomError):
    """A credential that is unknown, expired or revoked."""

    code = "UNAUTHENTICATED"


class Forbidden(PressroomError):
    """A right that the actor does not have."""

    code = "FORBIDDEN"


class NotFound(PressroomError):
    """An address behind which there is nothing that the actor may see."""

    code = "NOT_FOUND"


class TooComplex(PressroomError):
    """An operation that asks for more than a limit allows."""

    code = "TOO_COMPLEX"


class RateLimited(PressroomError):
    """Too much from one caller."""

    code = "RATE_LIMITED"


class Unavailable(PressroomError):
    """A database or a file store that does not answer in time."""


class UserErrorCode(StrEnum):
    """What is wrong with a field of a mutation's input."""

    REQUIRED = "REQUIRED"
    INVALID = "INVALID"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    NOT_FOUND = "NOT_FOUND"
    TAKEN = "TAKEN"
    CONFLICT = "CONFLICT"
    CLOSED = "CLOSED"
    DUPLICATE = "DUPLICATE"
    RATE_LIMITED = "RATE_LIMITED"
    FORBIDDEN = "FORBIDDEN"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class UserError:
    """One fault in a mutation's input; `path` names the field, from the input inwards."""

    code: UserErrorCode
    message: str
    path: tuple[str, ...] = ()


class Refused(PressroomError):
    """A mutation's input breaks one rule or several; nothing of it is stored."""

    def __init__(self, errors: Sequence[UserError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = tuple(errors)

    @property
    def is_stale(self) -> bool:
        """Whether the input speaks of a version that is not the present one."""
        stale = (UserErrorCode.CONFLICT, ("version",))
        return any((error.code, error.path) == stale for error in self.errors)

    @classmethod
    def because(cls, code: UserErrorCode, message: str, *path: str) -> "Refused":
        """Refuse for a single fault, in the field that `path` names."""
        return cls([UserError(code, message, path)])

"""Gathering the faults of an input, so that its sender learns of all of them at once."""

from types import TracebackType

from ..errors import Refused, UserError, UserErrorCode


class Faults:
    """What is wrong with one input.

    Used as a context, it takes up a refusal raised inside and lets the next rule be tried.
    """

    def __init__(self) -> None:
        self.found: list[UserError] = []

    def __enter__(self) -> "Faults":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Refused):
            return False
        self.found.extend(error.errors)
        return True

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, code: UserErrorCode, message: str, *path: str) -> None:
        """Note a fault in the field that `path` names."""
        self.found.append(UserError(code, message, path))

    def refuse(self) -> None:
        """Raise Refused with all that was found, if anything was."""
        if self.found:
            raise Refused(self.found)

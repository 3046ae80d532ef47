"""What is wrong with a file that is to be imported."""

from pathlib import Path

from ..errors import PressroomError, Refused


class Unreadable(PressroomError):
    """A file that cannot be imported as it stands; nothing of it is stored.

    `line` counts from 1.
    """

    code = "BAD_USER_INPUT"

    def __init__(self, problem: str, path: Path | None = None, line: int | None = None) -> None:
        place = [str(path)] if path is not None else []
        if line is not None:
            place.append(f"line {line}" if not place else str(line))
        super().__init__(f"{':'.join(place)}: {problem}" if place else problem)
        self.problem = problem
        self.path = path
        self.line = line


def explain(refusal: Refused) -> str:
    """Say in one line what a service found wrong, with the fields that it names."""
    return "; ".join(
        f"{'.'.join(error.path)}: {error.message}" if error.path else error.message
        for error in refusal.errors
    )

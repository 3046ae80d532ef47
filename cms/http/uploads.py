"""Files that come with a request: put where the operation's variables want them."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from . import parameters
from .forms import Form, places_of, read_form
from .operations import GraphQLRequest
from .rejections import Rejected

_PLACE = re.compile("[0-9]{1,4}")


@dataclass(frozen=True, slots=True, repr=False)
class Upload:
    """A file, as a value among the variables. Its name and declared type are not worth keeping."""

    content: bytes

    def __repr__(self) -> str:
        """Tell one from another, for whoever writes values down."""
        return f"<file {hashlib.sha256(self.content).hexdigest()}>"


async def from_form(request: Request, max_operations: int, max_files: int) -> GraphQLRequest:
    """Read a request whose variables hold files.

    Raises:
        Rejected: as `read_form`, and 400 for a place in `map` that is none.
    """
    form = await read_form(request, max_operations, max_files)
    asked = parameters.from_body(bytes(form.operations), "The part `operations`")
    _place(form, asked)
    return asked


def _place(form: Form, asked: GraphQLRequest) -> None:
    for key, paths in places_of(form).items():
        upload = Upload(bytes(form.files[key]))
        for path in paths:
            root, *steps = path.split(".")
            if root != "variables" or not steps:
                raise _no_place(path)
            _set(asked.variables, steps, upload, path)


def _set(holder: Any, steps: list[str], upload: Upload, path: str) -> None:
    for step in steps[:-1]:
        holder = holder[_key(holder, step, path)]
    last = _key(holder, steps[-1], path)
    if holder[last] is not None:
        raise _no_place(path)
    holder[last] = upload


def _key(holder: Any, step: str, path: str) -> str | int:
    """Read a step of a path: the name of an object's member, or the place of a list's."""
    if isinstance(holder, dict) and step in holder:
        return step
    if isinstance(holder, list) and _PLACE.fullmatch(step) and int(step) < len(holder):
        return int(step)
    raise _no_place(path)


def _no_place(path: str) -> Rejected:
    return Rejected(400, f"`map`: there is no null in `operations` at {path[:100]!r}.")

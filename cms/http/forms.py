"""Reading a form with files (`multipart/form-data`, RFC 7578), never holding more than is allowed.

Its parts come in the order that the GraphQL multipart request specification wants: `operations`,
`map`, and the files that `map` names.

https://github.com/jaydenseric/graphql-multipart-request-spec
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from . import strict_json
from .bodies import check_announced_length, too_long
from .media_types import FORM
from .rejections import Rejected

MAX_FILES = 10
MAX_MAP = 10_000
"""Bytes of the part `map`."""
_AROUND = 20_000
"""Bytes of boundaries, of the parts' headers, and of what stands before and behind them."""


@dataclass(slots=True)
class Form:
    """What a request held: two parts of JSON, and files by the keys that `map` gives them."""

    operations: bytearray = field(default_factory=bytearray)
    map: bytearray = field(default_factory=bytearray)
    files: dict[str, bytearray] = field(default_factory=dict)


async def read_form(request: Request, max_operations: int, max_files: int) -> Form:
    """Read a form; `max_files` bounds the bytes of all its files together.

    Raises:
        Rejected: 413 when it is longer than it may be, 400 when it is not what it should be.
    """
    limit = max_operations + MAX_MAP + max_files + _AROUND
    check_announced_length(request.scope, limit)
    reading = _Reading(max_operations, max_files)
    parser = _parser(request.headers.get("content-type", ""), reading)
    received = 0
    try:
        async for chunk in request.stream():
            received += len(chunk)
            if received > limit:
                raise too_long(limit)
            parser.write(chunk)
    except FormParserError as error:
        raise Rejected(400, f"The form cannot be read: {error}.") from None
    except ClientDisconnect:
        raise Rejected(400, "The request's body ended too early.") from None
    return reading.finish()


def _parser(content_type: str, reading: "_Reading") -> MultipartParser:
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if not boundary:
        raise Rejected(400, f"The media type {FORM} needs the parameter `boundary`.")
    try:
        return MultipartParser(
            boundary,
            {
                "on_part_begin": reading.begin,
                "on_header_field": reading.header_name,
                "on_header_value": reading.header_value,
                "on_header_end": reading.header_end,
                "on_headers_finished": reading.headers_end,
                "on_part_data": reading.data,
                "on_part_end": reading.part_end,
                "on_end": reading.end,
            },
        )
    except FormParserError as error:
        raise Rejected(400, f"The form cannot be read: {error}.") from None


class _Reading:
    """What is read so far; the parser calls its methods as it goes along."""

    def __init__(self, max_operations: int, max_files: int) -> None:
        self._form = Form()
        self._rooms = {"operations": max_operations, "map": MAX_MAP}
        self._order = list(self._rooms)
        self._file_room = self._max_files = max_files
        self._expected: set[str] | None = None
        self._name = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._part = ""
        self._ended = False

    def begin(self) -> None:
        self._headers = {}

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def headers_end(self) -> None:
        self._part = _name_in(self._headers)
        if self._part in self._rooms:
            self._expect_next()
        else:
            self._expect_file()

    def data(self, data: bytes, start: int, end: int) -> None:
        length = end - start
        if self._part in self._rooms:
            held: bytearray = getattr(self._form, self._part)
            if len(held) + length > self._rooms[self._part]:
                raise Rejected(413, f"The part `{self._part}` is longer than it may be.")
        else:
            held = self._form.files[self._part]
            self._file_room -= length
            if self._file_room < 0:
                message = f"The files are larger than {self._max_files} bytes together."
                raise Rejected(413, message)
        held += memoryview(data)[start:end]

    def part_end(self) -> None:
        if self._part == "map":
            self._expected = set(places_of(self._form))

    def end(self) -> None:
        self._ended = True

    def finish(self) -> Form:
        if not self._ended:
            raise Rejected(400, "The form ended too early.")
        if self._expected is None:
            raise Rejected(400, "The part `map` is missing.")
        if missing := self._expected - self._form.files.keys():
            raise Rejected(400, f"The file `{min(missing)}` is missing.")
        return self._form

    def _expect_next(self) -> None:
        if not self._order or self._order.pop(0) != self._part:
            message = "A form has the parts `operations` and `map`, in this order, and then files."
            raise Rejected(400, message)

    def _expect_file(self) -> None:
        name = self._part[:40]
        if self._expected is None or self._part not in self._expected:
            raise Rejected(400, f"The part `{name}` is not named by `map`, or comes before it.")
        if self._part in self._form.files:
            raise Rejected(400, f"The file `{name}` is there more than once.")
        self._form.files[self._part] = bytearray()


def places_of(form: Form) -> Mapping[str, list[str]]:
    """Read `map`: the places of each file among the parameters.

    Raises:
        Rejected: 400 when it is not an object of lists of paths, or names more than `MAX_FILES`.
    """
    places: Any = strict_json.decode(bytes(form.map), "The part `map`")
    if not isinstance(places, dict) or not all(map(_are_paths, places.values())):
        raise Rejected(400, "The part `map` must be an object of arrays of strings.")
    if len(places) > MAX_FILES or sum(map(len, places.values())) > MAX_FILES:
        raise Rejected(400, f"A request has {MAX_FILES} files at most.")
    return places


def _are_paths(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(path, str) for path in value)


def _name_in(headers: Mapping[bytes, bytes]) -> str:
    kind, told = parse_options_header(headers.get(b"content-disposition", b""))
    if kind != b"form-data" or b"name" not in told:
        raise Rejected(400, "A part of the form has no name.")
    return told[b"name"].decode("utf-8", "replace")

"""Front matter: one `key: JSON value` a line, which is YAML too; read strictly, written plainly."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from ..errors import Unreadable
from .dates import ReadDate

Kind = TypeVar("Kind")

_LINE = re.compile(r'([a-z][a-z0-9_]*|"(?:[^"\\]|\\.)*+"): (.*)', re.DOTALL)
# YAML would fold, refuse or misread these where they stand unescaped.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
_FENCE = "---"


class Fields:
    """What stands in a file's front matter; each key is asked for by its type.

    Every method raises Unreadable, naming file, line and key.
    """

    def __init__(
        self, values: Mapping[str, tuple[int, Any]], path: Path, first_line: int = 1
    ) -> None:
        self._values = values
        self._path = path
        self._first_line = first_line

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def admit(self, keys: Collection[str]) -> None:
        """Refuse every key but these."""
        for key, (line, _) in self._values.items():
            if key not in keys:
                raise Unreadable(f"{key}: not a key of this file", self._path, line)

    def text(self, key: str, default: str | None = None) -> str:
        """Give a string; without a default it is required."""
        if key not in self._values and default is None:
            raise self.refuse(key, "required, and missing")
        return self._check_characters(key, self._typed(key, str, "a string", default))

    def optional_text(self, key: str) -> str | None:
        """Give a string, or None where there is none."""
        return self.text(key) if key in self._values else None

    def flag(self, key: str, *, default: bool) -> bool:
        """Give true or false."""
        return self._typed(key, bool, "true or false", default)

    def texts(self, key: str) -> tuple[str, ...]:
        """Give an array of strings; none is an empty one."""
        texts = self._typed(key, list, "an array of strings", [])
        if not all(isinstance(text, str) for text in texts):
            raise self.refuse(key, "is not an array of strings")
        return tuple(self._check_characters(key, text) for text in texts)

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        """Give one of some words."""
        word = self.text(key, default)
        if word not in choices:
            raise self.refuse(key, f"{word!r} is none of {', '.join(choices)}")
        return word

    def date(self, key: str, read: ReadDate) -> datetime | None:
        """Give an instant, or None where there is none."""
        if key not in self._values:
            return None
        try:
            return read(self.text(key))
        except ValueError as error:
            raise self.refuse(key, str(error)) from None

    def required_date(self, key: str, read: ReadDate) -> datetime:
        """Give an instant that has to be there."""
        date = self.date(key, read)
        if date is None:
            raise self.refuse(key, "required, and missing")
        return date

    def value(self, key: str) -> Any:
        """Give a value of whatever type."""
        return self._values[key][1]

    def refuse(self, key: str, problem: str) -> Unreadable:
        """Make the error for what is wrong with a key."""
        line = self._values[key][0] if key in self._values else self._first_line
        return Unreadable(f"{key}: {problem}", self._path, line)

    def _typed(self, key: str, kind: type[Kind], called: str, default: Kind | None) -> Kind:
        value = self._values[key][1] if key in self._values else default
        if not isinstance(value, kind):
            raise self.refuse(key, f"is not {called}")
        return value

    def _check_characters(self, key: str, text: str) -> str:
        if _FORBIDDEN.search(text):
            raise self.refuse(key, "has a character that no text may have")
        return text


def read_fields(lines: Iterable[str], path: Path, first_line: int = 1) -> Fields:
    """Read the lines of front matter or of a `.yaml` file."""
    values: dict[str, tuple[int, Any]] = {}
    for number, ended in enumerate(lines, first_line):
        line = ended.removesuffix("\r")
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise Unreadable("not a line of the form `key: value`", path, number)
        key = read_json(match[1], path, number) if match[1].startswith('"') else match[1]
        if key in values:
            raise Unreadable(f"{key}: given twice", path, number)
        values[key] = (number, read_json(match[2], path, number, key))
    return Fields(values, path)


def read_json(source: str, path: Path, line: int, key: str = "") -> Any:
    """Read a JSON value; raises Unreadable."""
    try:
        return json.loads(source)
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else "cannot be read"
        told = f"{key}: not a JSON value" if key else "not a JSON value"
        raise Unreadable(f"{told}: {problem}", path, line) from None


def read_document(source: str, path: Path) -> tuple[Fields, str]:
    """Read a Markdown file: its front matter, and its body byte for byte."""
    lines = source.split("\n")
    fences = (number for number, line in enumerate(lines) if line.removesuffix("\r") == _FENCE)
    if next(fences, None) != 0:
        raise Unreadable("does not begin with front matter between two lines of ---", path, 1)
    end = next(fences, None)
    if end is None:
        raise Unreadable("its front matter has no end: a second line of --- is missing", path, 1)
    newline = "\r\n" if lines[0].endswith("\r") else "\n"
    fields = read_fields(lines[1:end], path, 2)
    return fields, _body("\n".join(lines[end + 1 :]), newline)


def _body(rest: str, newline: str) -> str:
    return rest.removeprefix(newline).removesuffix(newline)


def write_json(value: Any) -> str:
    """Write a value as JSON that is YAML too."""
    source = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", source)


def write_fields(values: Mapping[str, Any]) -> str:
    """Write front matter, without the keys whose value is None."""
    return "".join(
        f"{key}: {write_json(value)}\n" for key, value in values.items() if value is not None
    )


def write_document(values: Mapping[str, Any], body: str) -> str:
    """Write a Markdown file."""
    head = f"{_FENCE}\n{write_fields(values)}{_FENCE}\n"
    return f"{head}\n{body}\n" if body else head

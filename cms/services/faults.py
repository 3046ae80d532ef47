"""Collecting the faults of an input, so that its sender learns of all of them at once."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from ..comments import faults as gathering
from ..errors import UserErrorCode

MAX_URL = 2_000
"""Characters in an address."""

_LINE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LINES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Faults(gathering.Faults):
    """The faults found so far; each method checks one value and answers it, put in order."""

    def line(self, value: str, *path: str, limit: int, required: bool = False) -> str:
        """Check a text of one line."""
        value = value.strip()
        self._check(value, path, _LINE, limit, required)
        return value

    def lines(self, value: str, *path: str, limit: int, required: bool = False) -> str:
        """Check a text that may have line breaks."""
        self._check(value, path, _LINES, limit, required)
        return value

    def url(self, value: str, *path: str) -> str:
        """Check an http or https address."""
        value = self.line(value, *path, limit=MAX_URL, required=True)
        if value and not _is_web_address(value):
            self.add(UserErrorCode.INVALID, "This must be an http or https address.", *path)
        return value

    def instant(self, value: datetime | None, *path: str) -> datetime | None:
        """Check that a time says its offset from UTC."""
        if value is not None and value.utcoffset() is None:
            self.add(UserErrorCode.INVALID, "This time needs its offset from UTC.", *path)
        return value

    def known(self, ids: Sequence[int], existing: Collection[int], *path: str, what: str) -> None:
        """Check that what a list of ids names exists."""
        for place, key in enumerate(ids):
            if key not in existing:
                self.add(UserErrorCode.NOT_FOUND, f"There is no such {what}.", *path, str(place))

    def at_most(self, number: int, values: Sequence[object], *path: str) -> None:
        """Check the length of a list."""
        if len(values) > number:
            self.add(UserErrorCode.TOO_MANY, f"At most {number:,} are possible.", *path)

    def _check(
        self,
        value: str,
        path: tuple[str, ...],
        refused: re.Pattern[str],
        limit: int,
        required: bool,
    ) -> None:
        if required and not value.strip():
            self.add(UserErrorCode.REQUIRED, "This must not be empty.", *path)
        if len(value) > limit:
            message = f"This has {len(value):,} characters; at most {limit:,} are possible."
            self.add(UserErrorCode.TOO_LONG, message, *path)
        if refused.search(value):
            self.add(UserErrorCode.INVALID, "This holds characters that no text may have.", *path)


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in value
    except ValueError:
        return False

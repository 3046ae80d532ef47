"""What a reader may choose about a rendition, and how it is written in an address."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode

from ...errors import Malformed


class Paper(StrEnum):
    """The sheet that is printed on."""

    A4 = "A4"
    A5 = "A5"
    LETTER = "LETTER"
    LEGAL = "LEGAL"


class TextSize(StrEnum):
    """How large running text is set: 11, 16 or 22 points."""

    NORMAL = "NORMAL"
    LARGE = "LARGE"
    GIANT = "GIANT"


class PrintLinks(StrEnum):
    """Where the addresses of links are printed."""

    NONE = "NONE"
    FOOTNOTES = "FOOTNOTES"
    ENDNOTES = "ENDNOTES"


class PrintImages(StrEnum):
    """What is printed of images."""

    ALL = "ALL"
    DESCRIPTIONS = "DESCRIPTIONS"
    NONE = "NONE"


_KEYS = {
    "paper": "paper",
    "text_size": "text",
    "links": "links",
    "images": "images",
    "comments": "comments",
    "ink_saving": "ink",
    "qr_code": "qr",
}
_SWITCHES = {"1": True, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionOptions:
    """What a reader may choose about a rendition."""

    paper: Paper = Paper.A4
    text_size: TextSize = TextSize.NORMAL
    links: PrintLinks = PrintLinks.ENDNOTES
    images: PrintImages = PrintImages.ALL
    comments: bool = False
    ink_saving: bool = False
    qr_code: bool = True

    def only(self, heeded: Collection[str]) -> Self:
        """Put the default for what a format does not heed: the same bytes have one address."""
        names = {field.name for field in dataclasses.fields(self)}
        defaults = type(self)()
        return dataclasses.replace(
            self, **{name: getattr(defaults, name) for name in names.difference(heeded)}
        )

    def to_query(self) -> str:
        """Write what differs from the defaults as the query of an address, always in one order."""
        defaults = type(self)()
        return urlencode(
            {
                key: _encode(getattr(self, name))
                for name, key in _KEYS.items()
                if getattr(self, name) != getattr(defaults, name)
            }
        )

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read the query of an address; parameters of other names are none of ours.

        Raises Malformed for a value that its parameter cannot have.
        """
        defaults = cls()
        return cls(
            **{
                name: _decode(key, type(getattr(defaults, name)), query[key])
                for name, key in _KEYS.items()
                if key in query
            }
        )


def _encode(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value).lower()


def _decode(key: str, kind: type[Any], text: str) -> Any:
    allowed = _SWITCHES if kind is bool else {_encode(value): value for value in kind}
    if text.lower() not in allowed:
        raise Malformed(f"{key}: one of {', '.join(allowed)} is expected")
    return allowed[text.lower()]

"""Writes the head of an article as data: what is read, by whom, from when, and where it is from."""

from collections.abc import Iterable
from typing import Any

from ..bidi import first_strong
from ..book import Book
from ..document import Document
from ..options import RenditionOptions, TextSize
from ..wording import Wording, same_day, wording_for
from .drawings import qr_svg
from .materials import Materials
from .typeface import is_visible

Data = dict[str, Any]

_QR_MODULE = 0.62  # millimetres: read from a hand's distance
_TITLE = 2.2  # of the size of the text, with what is bold about it
_BESIDE_CODE = 1.5  # likewise: words beside the QR code have less room
_FIRST_STRONG_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"


def title_data(document: Document, options: RenditionOptions, materials: Materials) -> Data:
    """Write site, title, byline, dates, categories and QR code."""
    wording = wording_for(document.language)
    categories = f"{wording.categories}: {_joined(document.categories)}"
    byline = wording.by.replace("{names}", _joined(document.byline))
    return {
        "title": materials.words(_whole(title_of(document), document), _TITLE),
        "site": materials.words(document.site_title),
        "byline": materials.words(byline) if document.byline else None,
        "dates": _dates(document, wording, options),
        "categories": materials.words(categories, _BESIDE_CODE) if document.categories else None,
        "qr": _qr(document.address) if options.qr_code else None,
    }


def title_of(whole: Document | Book) -> str:
    """Give the title; what has none goes by its address, since a PDF/UA has one."""
    return whole.title if is_visible(whole.title) else whole.address


def _dates(document: Document, wording: Wording, options: RenditionOptions) -> list[str]:
    dates = [wording.published.format(date=wording.day(document.published_at))]
    if not same_day(document.published_at, document.updated_at):
        dates.append(wording.updated.format(date=wording.day(document.updated_at)))
    has_room = options.text_size is TextSize.NORMAL
    return [" · ".join(dates)] if has_room else dates


def _whole(title: str, document: Document) -> str:
    """Keep a title together where numbers follow it, as they do in a table of contents."""
    direction = first_strong(title)
    return title if direction in {None, document.direction} else _isolated(title)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(name if name.isascii() else _isolated(name) for name in names)


def _isolated(text: str) -> str:
    """Let a text keep its direction to itself (Unicode Annex 9, 2.7)."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_END_OF_ISOLATE}"


def _qr(address: str) -> Data | None:
    drawn = qr_svg(address)
    if drawn is None:
        return None
    drawing, modules = drawn
    return {"drawing": drawing, "side": modules * _QR_MODULE, "description": f"QR: {address}"}

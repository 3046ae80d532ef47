"""Writes the head of an article as data: what is read, by whom, from when, and where it is from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ...document.book import Book
from ...document.direction import first_strong, isolated, set_apart
from ...document.document import Document
from ...wording.wording import Wording, same_day, wording_for
from ..options import Paper, RenditionOptions, TextSize
from .addresses import printed_address
from .breaks import ems
from .drawings import qr_svg
from .materials import Materials
from .typeface import is_visible

Data = dict[str, Any]

_QR_MODULE, _QR_MODULE_OF_A5 = 0.62, 0.5  # millimetres: read from a hand's distance
_BOLD = 1.1  # bold words are so much wider
_BESIDE_CODE = 1.3  # words beside the QR code have so much less room
_TITLE_SIZES = {
    TextSize.NORMAL: (2.0, 1.7, 1.45),
    TextSize.LARGE: (1.7, 1.5, 1.3),
    TextSize.GIANT: (1.5, 1.35, 1.2),
}
"""Of the size of the text: for titles of a few words, of a sentence, and of more."""
_FEW_WORDS, _SENTENCE = 32.0, 65.0  # in multiples of the title's own size


def title_data(document: Document, options: RenditionOptions, materials: Materials) -> Data:
    """Write site, title, byline, dates, categories and QR code."""
    wording, title = wording_for(document.language), _whole(title_of(document), document)
    size = _title_size(title, options.text_size)
    beside = _BESIDE_CODE if materials.sheet.is_normal else 1.0
    categories = f"{wording.categories}: {_joined(document.categories)}"
    byline = wording.by.replace("{names}", _joined(document.byline))
    return {
        "title": materials.words(title, size * _BOLD * beside),
        "title_size": size,
        "is_long": ems(title) * size * _BOLD * beside
        > materials.sheet.ems_in(materials.sheet.measure),
        "site": materials.words(document.site_title, beside),
        "names": materials.words(_joined(document.byline)) if document.byline else None,
        "byline": materials.words(byline, beside) if document.byline else None,
        "dates": _dates(document, wording, options),
        "categories": materials.words(categories, _BESIDE_CODE) if document.categories else None,
        "address": _address(document.address, materials),
        "qr": _qr(document.address, options.paper) if options.qr_code else None,
    }


def title_of(whole: Document | Book) -> str:
    """Give the title; what has none goes by its address, since a PDF/UA has one."""
    return whole.title if is_visible(whole.title) else whole.address


def _title_size(title: str, text_size: TextSize) -> float:
    """Give the size of a title, in multiples of the text's: the longer, the smaller."""
    width, (largest, middle, smallest) = ems(title), _TITLE_SIZES[text_size]
    return largest if width <= _FEW_WORDS else middle if width <= _SENTENCE else smallest


def _address(address: str, materials: Materials) -> Data:
    sheet = materials.sheet
    room = sheet.ems_in(sheet.measure) / _BESIDE_CODE
    return printed_address(address, materials.characters, room)


def _dates(document: Document, wording: Wording, options: RenditionOptions) -> list[str]:
    dates = [wording.published.format(date=_day(document.published_at, wording))]
    if not same_day(document.published_at, document.updated_at):
        dates.append(wording.updated.format(date=_day(document.updated_at, wording)))
    has_room = options.text_size is TextSize.NORMAL
    return [" · ".join(dates)] if has_room else dates


def _day(instant: datetime, wording: Wording) -> str:
    """Write a day that is not broken between lines."""
    return wording.day(instant).replace(" ", "\N{NO-BREAK SPACE}")


def _whole(title: str, document: Document) -> str:
    """Keep a title together where numbers follow it, as they do in a table of contents."""
    direction = first_strong(title)
    return title if direction in {None, document.direction} else isolated(title)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(map(set_apart, names))


def _qr(address: str, paper: Paper) -> Data | None:
    drawn = qr_svg(address)
    if drawn is None:
        return None
    drawing, modules = drawn
    module = _QR_MODULE_OF_A5 if paper is Paper.A5 else _QR_MODULE
    return {"drawing": drawing, "side": modules * module, "description": f"QR: {address}"}

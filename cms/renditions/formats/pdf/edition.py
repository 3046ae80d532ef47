"""Writes a whole document, an article or a book, as data for the template."""

from collections.abc import Iterable
from typing import Any

from ...document.book import Book
from ...document.document import Document
from ...wording.wording import wording_for
from ..options import RenditionOptions
from .addresses import printed_address
from .article import article_data
from .breaks import ems
from .locale import language_of, region_of
from .materials import Materials
from .title import title_of

Data = dict[str, Any]

_SMALL_CAPITALS, _BETWEEN_RUNNING = 1.4, 3.0  # of the size of running titles: their widths
_TITLE = 2.4  # of the size of the text, with what is bold about it


def edition_of_article(document: Document, options: RenditionOptions, materials: Materials) -> Data:
    """Write an article by itself."""
    return {
        "kind": "article",
        **_common(document, materials),
        **_running(document.site_title, [document], materials),
        "authors": document.byline,
        "keywords": document.categories,
        "article": article_data(document, options, materials),
    }


def edition_of_book(book: Book, options: RenditionOptions, materials: Materials) -> Data:
    """Write a book."""
    authors = dict.fromkeys(name for article in book.articles for name in article.byline)
    return {
        "kind": "book",
        **_common(book, materials),
        **_running(book.title, book.articles, materials),
        "authors": tuple(authors),
        "keywords": (),
        "book": {
            **_title_page(book, materials),
            "articles": [
                article_data(article, options, materials, f"{number}-")
                for number, article in enumerate(book.articles, 1)
            ],
        },
    }


def _common(whole: Document | Book, materials: Materials) -> Data:
    wording, language = wording_for(whole.language), language_of(whole.language)
    return {
        "title": title_of(whole),
        "language": language or "en",
        "region": region_of(whole.language),
        "direction": str(whole.direction),
        "words": {"links": wording.links, "notes": wording.notes, "contents": wording.contents},
        "words_language": None if wording.language == language else wording.language,
        "sheet": _sheet(materials),
    }


def _sheet(materials: Materials) -> Data:
    sheet, typeface = materials.sheet, materials.typeface
    return {
        "size": sheet.text,
        "running": sheet.running,
        "bold": sheet.bold,
        "code": sheet.code,
        "width": sheet.width,
        "height": sheet.height,
        "side": sheet.side,
        "top": sheet.top,
        "bottom": sheet.bottom,
        "indent_of_reply": sheet.indent_of_reply,
        "fonts": typeface.families,
        "mono": typeface.monospaced,
    }


def _running(whole: str, articles: Iterable[Document], materials: Materials) -> Data:
    printable = materials.characters.printable
    titles = [printable(article.title) for article in articles]
    room = materials.sheet.measure / materials.sheet.running - _BETWEEN_RUNNING
    return {
        "running": printable(whole),
        "running_titles": titles,
        # Nothing needs to be measured then, page by page.
        "running_fits": _SMALL_CAPITALS * ems(whole) + max(map(ems, titles)) <= room,
    }


def _title_page(book: Book, materials: Materials) -> Data:
    wording, characters = wording_for(book.language), materials.characters
    sheet = materials.sheet
    days = wording.days(book.first_published_at, book.last_published_at)
    return {
        "title": materials.words(title_of(book), _TITLE),
        "subtitle": materials.words(book.subtitle),
        "site": materials.words(book.site_title),
        "address": printed_address(book.address, characters, sheet.ems_in(sheet.measure)),
        "facts": [wording.number_of_articles(len(book.articles)), days],
    }

"""Writes a whole document as the data that the template sets."""

from typing import Any

from ..book import Book
from ..document import Discussion, Document
from ..images import with_images
from ..options import PrintLinks, RenditionOptions, TextSize
from ..shortfalls import Shortfalls
from ..wording import same_day, wording_for
from .apparatus import Apparatus
from .blocks import BlockWriter
from .bulk import Bulk
from .drawings import qr_svg
from .locale import language_of, region_of
from .pictures import Pictures
from .sheet import Sheet, sheet_for
from .typeface import Characters, Typeface

Data = dict[str, Any]

_QR_MODULE = 0.62  # millimetres: read from a hand's distance
_DEEPEST_REPLY = 5
_STEP, _RULE = 1.2, 0.7  # of the size of the text: what a reply and its rule take of the line


class Edition:
    """Gathers what is to be printed: data for the template, and drawings beside it."""

    def __init__(
        self, options: RenditionOptions, typeface: Typeface, shortfalls: Shortfalls
    ) -> None:
        self._options = options
        self._sheet: Sheet = sheet_for(options)
        self._typeface = typeface
        self._bulk = Bulk()
        self.characters = Characters(typeface)
        self.shortfalls = shortfalls
        self.pictures = Pictures(self._sheet, is_ink_saved=options.ink_saving)

    def of_article(self, document: Document) -> Data:
        """Write an article by itself."""
        return {
            "kind": "article",
            **self._common(document, document.title, document.byline, document.categories),
            "article": self._article(document, ""),
        }

    def of_book(self, book: Book) -> Data:
        """Write a book."""
        names = dict.fromkeys(name for article in book.articles for name in article.byline)
        wording = wording_for(book.language)
        days = wording.days(book.first_published_at, book.last_published_at)
        return {
            "kind": "book",
            **self._common(book, book.title, tuple(names), ()),
            "book": {
                "title": self._printable(book.title),
                "subtitle": self._printable(book.subtitle),
                "site": self._printable(book.site_title),
                "address": book.address,
                "facts": [wording.number_of_articles(len(book.articles)), days],
                "articles": [
                    self._article(article, f"{number}-")
                    for number, article in enumerate(book.articles, 1)
                ],
            },
        }

    def _common(
        self,
        whole: Document | Book,
        title: str,
        authors: tuple[str, ...],
        keywords: tuple[str, ...],
    ) -> Data:
        wording, sheet = wording_for(whole.language), self._sheet
        language = language_of(whole.language)
        return {
            "title": title or whole.address,
            "running_title": self._printable(_shortened(title, sheet.running_letters)),
            "site": self._printable(_shortened(whole.site_title, sheet.running_letters // 2)),
            "authors": authors,
            "keywords": keywords,
            "language": language or "en",
            "region": region_of(whole.language),
            "direction": str(whole.direction),
            "words": {"links": wording.links, "notes": wording.notes, "contents": wording.contents},
            "words_language": None if wording.language == language else wording.language,
            "options": {
                "size": sheet.text,
                "running": sheet.running,
                "width": sheet.width,
                "height": sheet.height,
                "side": sheet.side,
                "top": sheet.top,
                "bottom": sheet.bottom,
                "fonts": self._typeface.families,
                "mono": self._typeface.monospaced,
                "ink_saving": self._options.ink_saving,
            },
        }

    def _printable(self, text: str) -> str:
        return self.characters.printable(text)

    @property
    def _is_large(self) -> bool:
        return self._options.text_size is not TextSize.NORMAL

    # ------------------------------------------------------------ an article

    def _article(self, document: Document, prefix: str) -> Data:
        document = with_images(document, self._options.images)
        apparatus = Apparatus(
            document,
            self._options.links,
            self._sheet,
            self.pictures,
            self.characters,
            self.shortfalls,
            self._bulk,
            prefix,
        )
        writer = BlockWriter(apparatus)
        # Links are numbered in the order of reading.
        body = writer.flow(document.blocks)
        notes = writer.unmarked_notes()
        discussion = self._discussion(document, writer)
        is_ending = self._options.links is PrintLinks.ENDNOTES
        return {
            **self._title_block(document, writer),
            "body": body,
            "notes": notes,
            "discussion": discussion,
            "links": writer.addresses() if is_ending else [],
        }

    def _title_block(self, document: Document, writer: BlockWriter) -> Data:
        wording = wording_for(document.language)
        categories = ", ".join(map(_isolated, document.categories))
        names = ", ".join(map(_isolated, document.byline))
        dates = [wording.published.format(date=wording.day(document.published_at))]
        if not same_day(document.published_at, document.updated_at):
            dates.append(wording.updated.format(date=wording.day(document.updated_at)))
        return {
            "title": self._printable(document.title),
            "site": self._printable(document.site_title),
            "byline": self._printable(wording.by.format(names=names)) if names else None,
            "dates": dates if self._is_large else [" · ".join(dates)],
            "categories": self._printable(f"{wording.categories}: {categories}")
            if categories
            else None,
            "address": writer.address(document.address),
            "qr": self._qr(document),
        }

    def _qr(self, document: Document) -> Data | None:
        drawn = qr_svg(document.address) if self._options.qr_code else None
        if drawn is None:
            return None
        drawing, modules = drawn
        return {
            "drawing": drawing,
            "side": modules * _QR_MODULE,
            "description": f"QR: {document.address}",
        }

    # ------------------------------------------------------------ comments

    def _discussion(self, document: Document, writer: BlockWriter) -> Data | None:
        discussion = document.discussion
        if discussion is None:
            return None
        wording = wording_for(document.language)
        return {
            "title": wording.comments.format(count=discussion.count),
            "comments": self._comments(discussion, document, writer),
            "left_out": wording.left_out.format(count=discussion.left_out, address=document.address)
            if discussion.left_out
            else None,
        }

    def _indent(self, steps: int) -> float:
        return (steps * _STEP + _RULE) * self._sheet.text

    def _comments(
        self, discussion: Discussion, document: Document, writer: BlockWriter
    ) -> list[Data]:
        wording = wording_for(document.language)
        written: list[Data] = []
        waiting = [(comment, 0) for comment in reversed(discussion.comments)]
        while waiting:
            comment, depth = waiting.pop()
            steps = min(depth, _DEEPEST_REPLY)
            written.append(
                {
                    "depth": steps,
                    "name": None if comment.is_removed else self._printable(comment.name),
                    "date": wording.day(comment.submitted_at),
                    "removed": wording.removed if comment.is_removed else None,
                    "blocks": writer.reply(comment.blocks, self._indent(steps)),
                }
            )
            waiting += [(reply, depth + 1) for reply in reversed(comment.replies)]
        return written


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _isolated(name: str) -> str:
    """Keep a name's own direction to itself."""
    return f"\u2068{name}\u2069" if not name.isascii() else name

"""The head of an article: what is read, by whom, from when, and where it comes from."""

from html import escape

from ...document.document import Document
from ...wording.wording import same_day
from .attributes import running
from .words import HtmlWords


def title_block(document: Document, words: HtmlWords, *, names_site: bool = True) -> str:
    """Write site, title, byline, dates, categories and address."""
    address = escape(document.address)
    lines = [
        _line("site", escape(document.site_title) if names_site else ""),
        _heading(document),
        _line("byline", _byline(document, words)),
        _line("facts", _dates(document, words)),
        _line("facts", _categories(document, words)),
        _line("facts address", f'<a href="{address}" dir="ltr">{address}</a>'),
    ]
    return f'<header class="title">\n{"".join(lines)}</header>\n'


def _heading(document: Document) -> str:
    title = document.title if document.title.strip() else document.address
    return f"<h1{running(title, document.direction)}>{escape(title)}</h1>\n"


def _line(kind: str, content: str) -> str:
    return f'<p class="{kind}">{content}</p>\n' if content else ""


def _byline(document: Document, words: HtmlWords) -> str:
    names = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in document.byline)
    return words.mark(words.wording.by.replace("{names}", names)) if names else ""


def _dates(document: Document, words: HtmlWords) -> str:
    dates = words.date(document.published_at, words.wording.published)
    if same_day(document.published_at, document.updated_at):
        return dates
    return f"{dates} · {words.date(document.updated_at, words.wording.updated)}"


def _categories(document: Document, words: HtmlWords) -> str:
    names = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in document.categories)
    return f"{words.mark(escape(words.wording.categories))}: {names}" if names else ""

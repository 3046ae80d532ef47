"""The pages that open a book: its title, and its contents."""

from html import escape

from ...document.book import Book
from ..html.attributes import running
from ..html.words import HtmlWords
from .page import page
from .publication import Metadata, Part


def title_page(book: Book, metadata: Metadata) -> Part:
    """Write what the book is: title, site, the days it covers, how many articles, whence."""
    words = HtmlWords(book.language)
    days = words.wording.days(book.first_published_at, book.last_published_at)
    count = words.wording.number_of_articles(len(book.articles))
    address = f'<a href="{escape(book.address)}" dir="ltr">{escape(book.address)}</a>'
    site, title = book.site_title, escape(metadata.title)
    body = f"""<section class="title-page" epub:type="titlepage" aria-label="{title}">
{_line("site", "" if site == metadata.title else escape(site))}<h1>{title}</h1>
{_line("subtitle", escape(book.subtitle))}{_line("facts", words.mark(escape(days)))}\
{_line("facts", words.mark(escape(count)))}{_line("facts address", address)}</section>
"""
    return Part("title.xhtml", metadata.title, page(metadata, metadata.title, body), "titlepage")


def contents_page(book: Book, metadata: Metadata, chapters: list[Part]) -> Part:
    """Write the contents as a page to be read: title, byline and day of each article."""
    words = HtmlWords(book.language)
    title = words.wording.contents
    items = "".join(
        f'<li><a href="{chapter.name}"{running(chapter.title, book.direction)}>'
        f"{escape(chapter.title)}</a>{_byline(article.byline)} "
        f'<span class="facts">{words.date(article.published_at)}</span></li>\n'
        for chapter, article in zip(chapters, book.articles, strict=True)
    )
    heading = f"<h1>{words.mark(escape(title))}</h1>\n"
    label = f'class="contents" aria-label="{escape(title)}"'
    body = f"<nav {label}>\n{heading}<ol>\n{items}</ol>\n</nav>\n"
    return Part("contents.xhtml", title, page(metadata, title, body), "toc")


def _byline(names: tuple[str, ...]) -> str:
    written = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in names)
    return f' <span class="byline">{written}</span>' if written else ""


def _line(kind: str, content: str) -> str:
    return f'<p class="{kind}">{content}</p>\n' if content else ""

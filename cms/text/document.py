"""The door: a source is rendered once, when it is saved."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .characters import clean_characters
from .excerpt import cut_excerpt
from .headings import Heading, anchor_headings
from .markdown import body_to_html, comment_to_html
from .plain import opening_of, text_of
from .reading import count_words, reading_minutes
from .sanitise import sanitise_body, sanitise_comment
from .serialise import serialise
from .to_markdown import html_to_markdown
from .tree import parse_html

MAX_SOURCE_CHARACTERS: Final = 1_000_000
"""The longest source that services accept. Rendering is linear, but not free."""


class SourceFormat(StrEnum):
    """What a body is written in."""

    MARKDOWN = "MARKDOWN"
    HTML = "HTML"


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """All that readers are served of a body; `html` is safe to show."""

    markdown: str
    html: str
    text: str
    headings: tuple[Heading, ...]
    word_count: int
    reading_minutes: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class RenderedComment:
    """All that readers are served of a comment; `html` is safe to show."""

    markdown: str
    html: str
    text: str


def render_body(source: str, format: SourceFormat) -> RenderedBody:  # noqa: A002 (the schema's word for it)
    """Render an editor's source; of an HTML source, `markdown` is what it converts to."""
    cleaned = clean_characters(source)
    is_markdown = format is SourceFormat.MARKDOWN
    sanitised = sanitise_body(body_to_html(cleaned) if is_markdown else cleaned)
    root = parse_html(sanitised)
    headings = anchor_headings(root)
    text = text_of(root)
    return RenderedBody(
        markdown=cleaned if is_markdown else html_to_markdown(serialise(root)),
        html=serialise(root),
        text=text,
        headings=headings,
        word_count=count_words(text),
        reading_minutes=reading_minutes(text),
        excerpt=cut_excerpt(opening_of(root) or text),
    )


def render_comment(markdown: str) -> RenderedComment:
    """Render a reader's Markdown."""
    cleaned = clean_characters(markdown)
    html = sanitise_comment(comment_to_html(cleaned))
    return RenderedComment(markdown=cleaned, html=html, text=text_of(parse_html(html)))

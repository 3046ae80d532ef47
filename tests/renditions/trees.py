"""Print documents of any shape, as stored posts could become them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from pressroom.cms.renditions.document.blocks import (
    Alignment,
    Blocks,
    BulletList,
    Cell,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Passage,
    Quotation,
    Rule,
    Table,
)
from pressroom.cms.renditions.document.direction import Direction
from pressroom.cms.renditions.document.document import Document, Footnote
from pressroom.cms.renditions.document.inlines import (
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inlines,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pressroom.cms.text.characters import clean_characters

words = st.text(min_size=1, max_size=12).map(clean_characters).filter(str.strip)
languages = st.sampled_from([None, "fr", "ar", "zh-Hant", "de-1996"])
directions = st.sampled_from([None, *Direction])
NOTES = 3

_addresses = words.map(lambda word: f"https://example.org/{word}")
_leaves = st.one_of(
    words.map(Text),
    st.just(LineBreak()),
    st.integers(1, NOTES).map(FootnoteMark),
    st.builds(Image, _addresses, words | st.just(""), st.none() | st.integers(1, 5000)),
)


def _wrapped(nodes: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    inside = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    kinds = (Emphasis, Strong, Strikethrough, Subscript, Superscript, Code)
    return st.one_of(*(st.builds(kind, inside) for kind in kinds), _spans(inside))


def _spans(inside: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Any]:
    return st.builds(Span, inside, languages, directions)


_unlinked = st.recursive(_leaves, _wrapped, max_leaves=4)
_links = st.builds(Link, st.lists(words.map(Text), min_size=1, max_size=2).map(tuple), _addresses)
lines = st.lists(_unlinked | _links, min_size=1, max_size=4).map(tuple)
_flat = st.one_of(
    st.builds(Paragraph, lines),
    st.builds(Heading, st.integers(1, 6), lines),
    st.builds(CodeBlock, words),
    st.just(Rule()),
)


def _nested(nodes: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    blocks = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    items = st.lists(
        st.builds(ListItem, blocks, st.sampled_from([None, True, False])), min_size=1, max_size=3
    ).map(tuple)
    cells = st.builds(Cell, blocks, st.booleans(), alignment=st.sampled_from([None, *Alignment]))
    rows = st.integers(1, 3).flatmap(
        lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=3).map(tuple)
    )
    return st.one_of(
        st.builds(BulletList, items),
        st.builds(NumberedList, items, st.integers(0, 10_000)),
        st.builds(Quotation, blocks),
        st.builds(Passage, blocks, languages, directions),
        st.builds(Figure, blocks, lines | st.just(())),
        rows.map(lambda made: Table(made[:1] if len(made) > 1 else (), made[-2:])),
    )


_remarks = st.builds(Paragraph, lines).map(lambda remark: (remark,))
trees = st.lists(st.recursive(_flat, _nested, max_leaves=6), min_size=1, max_size=5).map(tuple)


def _anchored(blocks: Blocks) -> Blocks:
    """Give headings anchors, as stored posts have them."""
    return tuple(
        replace(block, anchor=f"heading-{place}") if isinstance(block, Heading) else block
        for place, block in enumerate(blocks)
    )


documents = st.builds(
    Document,
    title=words,
    address=st.just("https://press.example/a"),
    site_title=words,
    language=st.sampled_from(["en", "ar", "de"]),
    direction=st.sampled_from(Direction),
    published_at=st.just(datetime(2016, 11, 16, tzinfo=UTC)),
    updated_at=st.just(datetime(2018, 2, 23, tzinfo=UTC)),
    blocks=trees.map(_anchored),
    footnotes=st.tuples(
        *(st.builds(Footnote, st.just(number), _remarks) for number in range(1, NOTES + 1))
    ),
    byline=st.lists(words, max_size=2).map(tuple),
    categories=st.lists(words, max_size=2).map(tuple),
)

"""The gate: what passes here may be shown on anybody's page.

nh3 decides over an allow-list; it is given HTML rewritten by our own parser, which bounds its
depth (nh3 takes quadratic time over nesting) and leaves nothing to be read in two ways.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Final, NamedTuple

from nh3 import Cleaner

from .characters import clean_characters
from .identifiers import isolate_identifiers
from .serialise import serialise
from .tree import Element, parse_html

_MAX_PASSES: Final = 6
_AMPERSAND: Final = "\ufffe"  # A noncharacter, which `clean_characters` keeps out of all text.

_INLINE: Final = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins",
        "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub",
        "sup", "time", "u", "var", "wbr",
    }
)  # fmt: skip
_BODY_TAGS: Final = _INLINE | frozenset(
    {
        "article", "aside", "blockquote", "caption", "col", "colgroup", "dd", "details", "div",
        "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "img", "input", "li", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_COMMENT_TAGS: Final = frozenset(
    {
        "a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul",
    }
)  # fmt: skip

COMMENT_REL: Final = "nofollow ugc noopener"
"""What links in comments say of themselves."""
_FEW_TAGS: Final = 200

_BODY_ATTRIBUTES: Final = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "type"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
}
_ALIGNMENTS: Final = {"style": {f"text-align:{side}" for side in ("left", "center", "right")}}

_CLASSES: Final = frozenset(
    {
        "contains-task-list", "footnote-backref", "footnote-item", "footnote-ref", "footnotes",
        "footnotes-list", "footnotes-sep", "task-list-item", "task-list-item-checkbox",
    }
)  # fmt: skip
_LANGUAGE = re.compile(r"language-[\w.+#-]{1,40}")


def sanitise_body(html: str) -> str:
    """Answer what of an editor's `html` may be published; sanitising it again changes nothing."""
    return _settle(html, _clean_body)


def sanitise_comment(html: str) -> str:
    """Answer what of a comment's rendered `html` may be published.

    Its links bear `rel="nofollow ugc noopener"` and lead to absolute addresses.
    """
    cleaned = clean_characters(html)
    return cleaned if _is_clean_comment(cleaned) else _settle(cleaned, _clean_comment)


def _is_clean_comment(html: str) -> bool:
    """Tell whether nh3 would publish it as it is, where it can be asked at once.

    Most comments are, as Markdown makes them. What nh3 takes quadratic time over goes the long way.
    """
    if "&" in html or html.count("<") > _FEW_TAGS:
        return False
    return _COMMENT_CLEANER.clean(html) == html


def _settle(html: str, clean: Callable[[str], "_Cleaned"]) -> str:
    """Clean until nothing changes: taking an element out can move those around it."""
    current = clean_characters(html)
    for _ in range(_MAX_PASSES):
        cleaned, is_settled = clean(current)
        if is_settled or cleaned == current:
            return cleaned
        current = cleaned
    return clean(escape(current, quote=False)).html


class _Cleaned(NamedTuple):
    """What came of a pass; it `is_settled` where nh3 let through all that it was given.

    Our parser reads what our serialiser has written as it was, so that the next pass would too.
    """

    html: str
    is_settled: bool


def _clean_body(html: str) -> _Cleaned:
    root = parse_html(html)
    isolate_identifiers(root)
    _drop_inputs(root)
    return _admit(root, _BODY_CLEANER)


def _clean_comment(html: str) -> _Cleaned:
    root = parse_html(html)
    for element in root.walk():
        if element.name == "a":
            # As nh3 would write it, so that it finds nothing to change.
            element.attributes.pop("rel", None)
            element.attributes["rel"] = COMMENT_REL
    return _admit(root, _COMMENT_CLEANER)


def _admit(root: Element, cleaner: Cleaner) -> _Cleaned:
    """Let nh3 decide, with ampersands in text replaced: it takes quadratic time over them."""
    for element in [root, *root.walk()]:
        element.children = [
            child.replace("&", _AMPERSAND) if isinstance(child, str) else child
            for child in element.children
        ]
    written = serialise(root)
    admitted = cleaner.clean(written)
    cleaned = clean_characters(admitted.replace(_AMPERSAND, "&amp;"))
    return _Cleaned(cleaned, admitted == written)


def _drop_inputs(root: Element) -> None:
    """Leave no input but the checkbox of a task list, which readers cannot change."""
    for element in [root, *root.walk()]:
        if any(child.name == "input" for child in element.elements):
            element.children = [child for child in element.children if not _is_field(child)]


def _is_field(node: Element | str) -> bool:
    if isinstance(node, str) or node.name != "input":
        return False
    return node.attributes.get("type", "").lower() != "checkbox"


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name != "class":
        return value
    kept = [
        word
        for word in value.split()
        if word in _CLASSES or (tag == "code" and _LANGUAGE.fullmatch(word))
    ]
    return " ".join(kept) or None


_BODY_CLEANER: Final = Cleaner(
    tags=_BODY_TAGS,
    attributes=_BODY_ATTRIBUTES,
    attribute_filter=_filter_attribute,
    tag_attribute_values={"td": _ALIGNMENTS, "th": _ALIGNMENTS},
    set_tag_attribute_values={
        "img": {"loading": "lazy"},
        "input": {"disabled": "", "type": "checkbox"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_COMMENT_CLEANER: Final = Cleaner(
    tags=_COMMENT_TAGS,
    attributes={"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}},
    attribute_filter=_filter_attribute,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=COMMENT_REL,
)

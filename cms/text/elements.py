"""What the HTML standard says of its elements, as far as text needs to know."""

from typing import Final

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

VOID: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    }
)  # fmt: skip

# Their content is no text, or is parsed by other rules than HTML's: it goes with the tag.
DISCARDED: Final = frozenset(
    {
        "applet", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "script",
        "select", "style", "svg", "template", "textarea", "title", "xmp",
    }
)  # fmt: skip

BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "col",
        "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
        "hgroup", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "search",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip

_CELLS: Final = frozenset({"td", "th"})
_ROW_GROUPS: Final = frozenset({"thead", "tbody", "tfoot", "caption", "colgroup"})
_ROWS: Final = _CELLS | {"tr"}
_CELL_SCOPE: Final = frozenset({"table", "td", "th", "caption"})

# Which open elements a start tag ends, and the elements beyond which it does not look.
IMPLIED_ENDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    **dict.fromkeys(BLOCKS, (frozenset({"p"}), _CELL_SCOPE)),
    **dict.fromkeys(HEADINGS, (HEADINGS | {"p"}, _CELL_SCOPE | {"div", "li", "blockquote"})),
    "a": (frozenset({"a"}), _CELL_SCOPE),
    "li": (frozenset({"li", "p"}), _CELL_SCOPE | {"ul", "ol", "menu"}),
    "dt": (frozenset({"dt", "dd", "p"}), _CELL_SCOPE | {"dl"}),
    "dd": (frozenset({"dt", "dd", "p"}), _CELL_SCOPE | {"dl"}),
    **dict.fromkeys(_CELLS, (_CELLS, frozenset({"table", "tr"}))),
    "tr": (_ROWS, frozenset({"table"})),
    **dict.fromkeys(_ROW_GROUPS, (_ROWS | _ROW_GROUPS, frozenset({"table"}))),
}

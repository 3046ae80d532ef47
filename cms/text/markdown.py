"""Markdown to HTML that is yet to be sanitised.

Bodies are CommonMark 0.31 with tables, strikethrough, task lists and footnotes, raw HTML allowed.
Comments know paragraphs, emphasis, links, lists, quotes and code; raw HTML, headings and images
stay text, bare http(s) addresses become links, and line breaks are kept as they were typed.
"""

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML, RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from .brackets import bound_brackets
from .sanitise import COMMENT_REL
from .tasklists import mark_task_items

_MAX_NESTING: Final = 100
"""Levels of quotes and lists (an item counts as two). What is nested deeper is left out."""


def body_to_html(markdown: str) -> str:
    """Render an editor's Markdown."""
    return str(_BODY.render(markdown))


def comment_to_html(markdown: str) -> str:
    """Render a reader's Markdown."""
    return str(_COMMENT.render(markdown))


def _caption_footnote(
    _renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _env: EnvType,
) -> str:
    """Show every reference to a footnote by the same number."""
    return f"[{tokens[index].meta['id'] + 1}]"


def _open_link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """Have a link say at once what the sanitiser wants of it, which then has nothing to change."""
    tokens[index].attrSet("rel", COMMENT_REL)
    return renderer.renderToken(tokens, index, options, env)


def _build_body_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING, "xhtmlOut": False})
    parser.enable(["table", "strikethrough"])
    # Footnotes written inline are parsed by unbounded recursion, and no standard has them.
    parser.use(footnote_plugin, inline=False)
    parser.add_render_rule("footnote_caption", _caption_footnote)
    parser.core.ruler.after("inline", "task_items", mark_task_items)
    return bound_brackets(parser)


def _build_comment_parser() -> MarkdownIt:
    options = {"maxNesting": _MAX_NESTING, "xhtmlOut": False, "html": False, "breaks": True}
    parser = MarkdownIt("commonmark", options).use(gfm_autolink_plugin)
    parser.disable(["heading", "lheading", "hr", "image", "html_block", "html_inline"])
    parser.disable(["gfm_autolink_www", "gfm_autolink_email"])
    parser.add_render_rule("link_open", _open_link)
    return bound_brackets(parser)


_BODY: Final = _build_body_parser()
_COMMENT: Final = _build_comment_parser()

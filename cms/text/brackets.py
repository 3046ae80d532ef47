"""A bound on the work that square brackets make.

For every opening bracket markdown-it looks for its partner to the end of the paragraph, which is
quadratic. Paragraphs with few brackets are never touched; for the others a document has a budget,
and once it is spent their brackets are text.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline

_FREE_BRACKETS: Final = 50
_BUDGET: Final = 20_000_000
"""Brackets times characters, summed over the paragraphs with more brackets than are free."""

_FOOTNOTE_REFERENCE = re.compile(r"\[\^[^\]\s]{1,200}\]")


def bound_brackets(parser: MarkdownIt) -> MarkdownIt:
    """Guard the parser's rules for links, images and footnote references; answer the parser."""
    for rule in list(parser.inline.ruler.__rules__):
        if rule.name in {"link", "image"}:
            parser.inline.ruler.at(rule.name, _within_budget(rule.fn))
        elif rule.name == "footnote_ref":
            parser.inline.ruler.at(rule.name, _only_references(rule.fn))
    return parser


def _within_budget(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    def guarded(state: StateInline, silent: bool) -> bool:
        return state.src[state.pos] in "[!" and _may_pair(state) and rule(state, silent)

    return guarded


def _only_references(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    def guarded(state: StateInline, silent: bool) -> bool:
        return bool(_FOOTNOTE_REFERENCE.match(state.src, state.pos)) and rule(state, silent)

    return guarded


def _may_pair(state: StateInline) -> bool:
    """Tell whether the paragraph's brackets are paired, charging the budget once for it."""
    decisions: dict[str, bool] = state.env.setdefault("paired_brackets", {})
    if state.src not in decisions:
        brackets = state.src.count("[")
        if brackets > _FREE_BRACKETS:
            spent = state.env.get("bracket_work", 0) + brackets * len(state.src)
            state.env["bracket_work"] = spent
        decisions[state.src] = brackets <= _FREE_BRACKETS or state.env["bracket_work"] <= _BUDGET
    return decisions[state.src]

"""Has typst set the template with data; nothing of the machine comes in but our own files."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from ..formats import NotRenderable

_ATTEMPTS: tuple[tuple[list[Any], bool], ...] = ((["ua-1", "a-2a"], True), ([], True), ([], False))
"""The standards to claim, and whether the structure is written (tags): the best first."""

_PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and why it does not claim the standards; None where it does."""

    content: bytes
    breach: str | None


def typeset(
    data: Mapping[str, Any], drawings: Mapping[str, str], fonts: typst.Fonts, at: datetime
) -> Typeset:
    """Make the PDF; `at` is the time that it bears. Raises NotRenderable.

    typst refuses to write what falls short of the standards asked for. A document that is one
    character short of an archive's demands is better printed than not, so it is tried without.
    """
    template = _template()
    compiler = typst.Compiler(
        input=template / "main.typ",
        root=template,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"document": _encode(data), **drawings},
    )
    breach: str | None = None
    for standards, is_tagged in _ATTEMPTS:
        try:
            content = _compile(compiler, int(at.timestamp()), standards, is_tagged=is_tagged)
        except typst.TypstError as error:
            breach = breach or error.message
        else:
            return Typeset(content, breach)
    raise NotRenderable(f"It cannot be typeset: {breach}")


def _compile(
    compiler: typst.Compiler, instant: int, standards: list[Any], *, is_tagged: bool
) -> bytes:
    made = compiler.compile(
        format="pdf", pdf_standards=standards, timestamp=instant, pdf_tags=is_tagged
    )
    return cast("bytes", made)


def _encode(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF that typst has written."""
    return len(_PAGE.findall(pdf))


@cache
def _template() -> Path:
    return Path(__file__).parent / "template"

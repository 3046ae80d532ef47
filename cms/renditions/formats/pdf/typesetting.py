"""Has typst set the template with data; nothing of the machine comes in but our own files."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import Any, cast

import typst

from ..format import NotRenderable

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
    compiler = _compiler(fonts, get_ident())
    inputs = {"document": _encode(data), **drawings}
    breach: str | None = None
    for standards, is_tagged in _ATTEMPTS:
        try:
            content = _compile(compiler, inputs, at, standards, is_tagged=is_tagged)
        except typst.TypstError as error:
            breach = breach or error.message
        else:
            return Typeset(content, breach)
    raise NotRenderable(f"It cannot be typeset: {breach}")


def _compile(
    compiler: typst.Compiler,
    inputs: dict[str, str],
    at: datetime,
    standards: list[Any],
    *,
    is_tagged: bool,
) -> bytes:
    made = compiler.compile(
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standards,
        timestamp=int(at.timestamp()),
        pdf_tags=is_tagged,
    )
    return cast("bytes", made)


def _encode(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF that typst has written."""
    return len(_PAGE.findall(pdf))


@lru_cache(maxsize=4)
def _compiler(fonts: typst.Fonts, _thread: int) -> typst.Compiler:
    """Make a compiler, which keeps the template read; one does a single thing at a time."""
    template = Path(__file__).parent / "template"
    return typst.Compiler(
        input=template / "main.typ", root=template, font_paths=fonts, ignore_system_fonts=True
    )

"""Has typst set the template with data; nothing of the machine comes in but our own files."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from ..formats import NotRenderable

_STANDARDS: list[Any] = ["ua-1", "a-2a"]
_PAGE = re.compile(rb"/Type\s*/Page\b")


def typeset(
    data: Mapping[str, Any], drawings: Mapping[str, str], fonts: typst.Fonts, at: datetime
) -> bytes:
    """Make the PDF; `at` is the time that it bears. Raises NotRenderable."""
    template = _template()
    compiler = typst.Compiler(
        input=template / "main.typ",
        root=template,
        font_paths=fonts,
        ignore_system_fonts=True,
    )
    inputs = {"document": json.dumps(data, ensure_ascii=False, separators=(",", ":")), **drawings}
    try:
        made = compiler.compile(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=_STANDARDS,
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise NotRenderable(f"It cannot be typeset: {error.message}") from error
    return cast("bytes", made)


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF that typst has written."""
    return len(_PAGE.findall(pdf))


@cache
def _template() -> Path:
    return Path(__file__).parent / "template"

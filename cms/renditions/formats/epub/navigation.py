"""The navigation document (EPUB 3.3, 7): contents and landmarks, for reading systems' menus."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from ..html.blocks import Entry
from ..html.words import HtmlWords
from .page import page
from .publication import Metadata, Part

_DEEPEST = 3


def navigation(metadata: Metadata, parts: Sequence[Part]) -> str:
    """Write the contents: the parts, and what stands in them under headings."""
    title = HtmlWords(metadata.language).mark(escape(_title(metadata)))
    contents = "".join(map(_entry, parts))
    body = f"""<nav epub:type="toc" role="doc-toc" id="toc">
<h1>{title}</h1>
<ol>
{contents}</ol>
</nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden">
<ol>
{"".join(_landmarks(parts))}</ol>
</nav>
"""
    return page(metadata, _title(metadata), body)


def _title(metadata: Metadata) -> str:
    return HtmlWords(metadata.language).wording.contents


def _entry(part: Part) -> str:
    entries = [entry for entry in part.entries if entry.level <= _DEEPEST and entry.text.strip()]
    return _item(part.name, part.title, _nested(part.name, entries))


def _nested(name: str, entries: Sequence[Entry]) -> str:
    """Write entries of one file, each with the deeper ones that follow it below it."""
    if not entries:
        return ""
    level = min(entry.level for entry in entries)
    starts = [place for place, entry in enumerate(entries) if entry.level == level]
    starts = sorted({0, *starts})
    items = (
        _item(
            f"{name}#{quote(entries[start].anchor)}",
            entries[start].text,
            _nested(name, entries[start + 1 : end]),
        )
        for start, end in zip(starts, [*starts[1:], len(entries)], strict=True)
    )
    return f"<ol>\n{''.join(items)}</ol>\n"


def _item(target: str, text: str, below: str) -> str:
    label = " ".join(text.split())
    return f'<li><a href="{target}">{escape(label, quote=False)}</a>{below}</li>\n'


def _landmarks(parts: Sequence[Part]) -> Iterable[str]:
    first: dict[str, Part] = {}
    for part in parts:
        first.setdefault(part.kind, part)
    for kind, part in first.items():
        label = escape(part.title, quote=False)
        yield f'<li><a epub:type="{kind}" href="{part.name}">{label}</a></li>\n'

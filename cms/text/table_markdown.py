"""Tables as in GitHub Flavored Markdown 0.29, section 4.10."""

from typing import Final

from .inline_markdown import InlineWriter
from .tree import Element

_UNFIT: Final = frozenset({"colspan", "rowspan", "lang", "dir", "headers", "abbr"})
_RULES: Final = {
    "text-align:left": ":---",
    "text-align:center": ":---:",
    "text-align:right": "---:",
}


def table_lines(table: Element, inline: InlineWriter) -> list[str] | None:
    """Write the table; None if it has merged or missing cells, blocks in them, or no heading."""
    rows = _rows(table)
    if rows is None or not all(cell.name == "th" for cell in rows[0].elements):
        return None
    width = len(rows[0].elements)
    if not width or any(len(row.elements) != width or not _is_plain(row) for row in rows):
        return None
    rules = [_RULES.get(cell.attributes.get("style", ""), "---") for cell in rows[0].elements]
    lines = [_line([_cell(cell, inline) for cell in row.elements]) for row in rows]
    return [lines[0], _line(rules), *lines[1:]]


def _rows(table: Element) -> list[Element] | None:
    rows: list[Element] = []
    for child in table.elements:
        if child.name in {"thead", "tbody"}:
            rows.extend(child.elements)
        else:
            rows.append(child)
    return rows if rows and all(row.name == "tr" for row in rows) else None


def _is_plain(row: Element) -> bool:
    return all(
        cell.name in {"td", "th"}
        and not any(child.is_block for child in cell.elements)
        and not _UNFIT & cell.attributes.keys()
        for cell in row.elements
    )


def _cell(cell: Element, inline: InlineWriter) -> str:
    # In a cell every bar ends it unless escaped, even within code or an address.
    return inline.line(cell.children).replace("\\|", "|").replace("|", "\\|")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

"""Reads PDFs as their readers do: the words, the structure, and what is to be seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp

_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Tag:
    """An element of the structure, with its depth."""

    name: str
    alternative: str | None
    title: str | None


class Pdf:
    """A PDF that was made."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.file = pikepdf.open(BytesIO(content))
        self._document = pypdfium2.PdfDocument(content)

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page, in the order of reading."""
        texts = (page.get_textpage().get_text_range() for page in self._document)
        return [text.replace("\r\n", "\n") for text in texts]

    @property
    def text(self) -> str:
        """All words, with one space between them."""
        return " ".join("\n".join(self.pages).split())

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self._document[0].get_size()
        return round(width, 1), round(height, 1)

    @cached_property
    def tags(self) -> list[Tag]:
        """The structure, each element before what it holds."""
        return list(_tags(self.file.Root.StructTreeRoot.K))

    def tagged(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Levels and titles, in order."""
        return [
            (int(tag.name[1]), tag.title or "")
            for tag in self.tags
            if re.fullmatch("H[1-6]", tag.name)
        ]

    @property
    def claims(self) -> tuple[str, str, str]:
        """The part and the conformance level of PDF/A, and the part of PDF/UA."""
        with self.file.open_metadata() as metadata:
            return (
                str(metadata["pdfaid:part"]),
                str(metadata["pdfaid:conformance"]),
                str(metadata["pdfuaid:part"]),
            )

    @property
    def links(self) -> list[str]:
        """Where links lead out to."""
        annotations = (mark for page in self.file.pages for mark in page.get("/Annots", []))
        actions = (mark.get("/A") for mark in annotations)
        return [str(action.URI) for action in actions if action is not None and "/URI" in action]

    @property
    def fonts(self) -> list[pikepdf.Object]:
        return [found for found in self.file.objects if _is(found, "/Font", "/BaseFont")]

    @property
    def images(self) -> list[pikepdf.Object]:
        return [found for found in self.file.objects if _is(found, "/XObject", "/Width")]

    def sizes(self, page: int = 0) -> set[float]:
        """How large the letters on a page are, in points."""
        words = self._document[page].get_textpage()
        count = words.count_chars()
        return {round(_size(words, place), 1) for place in range(count)}

    def left_of(self, words: str, place: int = 0) -> float:
        """Where words on the first page begin, in points; at their first place, or a later one."""
        page = self._document[0].get_textpage()
        search = page.search(words)
        found = [search.get_next() for _ in range(place + 1)][-1]
        assert found is not None
        return float(page.get_charbox(found[0])[0])

    def right_most(self, page: int = 0) -> float:
        """Where the last letter to the right ends on a page, in points."""
        words = self._document[page].get_textpage()
        letters = (place for place in range(words.count_chars()) if _is_letter(words, place))
        return max(float(words.get_charbox(place)[2]) for place in letters)

    def barcodes(self, page: int = 0) -> list[str]:
        image = self.drawn(page, 200)
        return [code.text for code in zxingcpp.read_barcodes(image)]

    def drawn(self, page: int = 0, resolution: int = 100) -> Any:
        """Print a page, at so many dots per inch."""
        scale = resolution / _POINTS_PER_INCH
        return self._document[page].render(scale=scale).to_pil()

    def ink(self, page: int = 0) -> tuple[int, int, int, int]:
        """Give the smallest rectangle that holds all that is printed, in dots."""
        white = 255
        box = self.drawn(page).convert("L").point(lambda shade: white - shade).getbbox()
        assert box is not None
        return tuple(box)


def _is_letter(words: Any, place: int) -> bool:
    return bool(words.get_text_range(place, 1).strip())


def _size(words: Any, place: int) -> float:
    return float(pypdfium2.raw.FPDFText_GetFontSize(words, place))


def _is(found: Any, kind: str, key: str) -> bool:
    return isinstance(found, pikepdf.Dictionary | pikepdf.Stream) and (
        found.get("/Type") == kind and key in found
    )


def _tags(node: Any) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield Tag(str(node.S)[1:], _text(node, "/Alt"), _text(node, "/T"))
        yield from _tags(node.get("/K"))


def _text(node: Any, key: str) -> str | None:
    return str(node[key]) if key in node else None

"""What one PDF costs, beside WeasyPrint with the same posts in the same run.

Both begin with a post's print document, in one process; WeasyPrint is given our print page, and
writes no tags. Every post is another one, since typst keeps what it has set before. They print in
turn, and medians are given, as what else runs on the machine changes.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from pressroom.cms.renditions.address import SiteFacts
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.shortfalls import Shortfalls
from pressroom.cms.renditions.formats.options import RenditionOptions
from pressroom.cms.renditions.formats.pdf.format import Pdf
from pressroom.cms.renditions.formats.print_html.format import PrintHtml
from pressroom.cms.renditions.making.make import document_of
from pressroom.cms.renditions.making.source import Source

from .report import Ratio
from .texts import Texts

POSTS = 30
_WARMING = 3
_SITE = SiteFacts("The Quarterly", "https://press.example", "en")
_AT = datetime(2018, 2, 23, tzinfo=UTC)
_OPTIONS = RenditionOptions()

Print = Callable[[Document], bytes]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a PDF costs, in the median."""

    cpu_ms: float
    seconds: float
    kilobytes: float


def measure_paper(posts: int = POSTS) -> Sequence[Ratio]:
    """Print posts, one after the other, and compare; WeasyPrint's part is left out without it."""
    documents = list(_documents(posts + _WARMING))
    rival = _weasyprint()
    ours, *others = _costs([_by_typst, rival] if rival else [_by_typst], documents)
    pages = sum(_pages(document) for document in documents) / len(documents)
    ratios = [
        Ratio("pages of a post", pages),
        Ratio("PDFs a second, inline", 1 / ours.seconds),
        Ratio("CPU of a PDF, ms", ours.cpu_ms),
        Ratio("size of a PDF, kB", ours.kilobytes),
    ]
    for other in others:
        ratios += [
            Ratio("PDFs a second, WeasyPrint", 1 / other.seconds),
            Ratio("CPU of a PDF by WeasyPrint, ms", other.cpu_ms),
            Ratio("size of a PDF by WeasyPrint, kB", other.kilobytes),
            Ratio("CPU of a PDF, times less than WeasyPrint", other.cpu_ms / ours.cpu_ms, "≥ 8"),
        ]
    return ratios


def _documents(count: int) -> Iterator[Document]:
    texts = Texts(seed=1)
    for number in range(count):
        source = Source(
            title=texts.title(number),
            slug=f"post-{number}",
            html=texts.body(number).html,
            published_at=_AT,
            updated_at=_AT,
            site=_SITE,
            byline=("Ada Lovelace",),
            categories=("Communication",),
            comment_count=0,
            comments=None,
        )
        yield document_of(source, Shortfalls())


def _costs(printers: Sequence[Print], documents: Sequence[Document]) -> list[Cost]:
    """Print each document by each of the printers in turn."""
    taken: list[list[Cost]] = [[] for _ in printers]
    for document in documents:
        for printed, costs in zip(printers, taken, strict=True):
            costs.append(_cost(printed, document))
    return [_median(costs[_WARMING:]) for costs in taken]


def _cost(printed: Print, document: Document) -> Cost:
    cpu, begun = time.process_time(), time.perf_counter()
    size = len(printed(document))
    return Cost(
        cpu_ms=(time.process_time() - cpu) * 1e3,
        seconds=time.perf_counter() - begun,
        kilobytes=size / 1e3,
    )


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(each.cpu_ms for each in costs),
        median(each.seconds for each in costs),
        median(each.kilobytes for each in costs),
    )


def _weasyprint() -> Print | None:
    """Give the rival, where it is at hand."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - it looks for libraries of the system at once
    except OSError:
        return None

    def by_weasyprint(document: Document) -> bytes:
        page = PrintHtml().render(document, _OPTIONS).content.decode()
        return bytes(HTML(string=page).write_pdf())

    return by_weasyprint


def _by_typst(document: Document) -> bytes:
    return Pdf().render(document, _OPTIONS).content


def _pages(document: Document) -> int:
    return Pdf().render(document, _OPTIONS).page_count or 0

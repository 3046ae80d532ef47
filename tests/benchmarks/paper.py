"""What one PDF costs, beside WeasyPrint with the same posts in the same run.

Both begin with a post's print document, in one process; WeasyPrint is given our print page, and
writes no tags. Every post is another one, since typst keeps what it has set before.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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
    """What a PDF costs, on average."""

    cpu_ms: float
    seconds: float
    kilobytes: float


def measure_paper(posts: int = POSTS) -> Sequence[Ratio]:
    """Print posts, one after the other, and compare; WeasyPrint's part is left out without it."""
    documents = list(_documents(posts + _WARMING))
    ours, rival = _cost(_by_typst, documents), _rival(documents)
    pages = sum(_pages(document) for document in documents) / len(documents)
    ratios = [
        Ratio("pages of a post", pages),
        Ratio("PDFs a second, inline", 1 / ours.seconds),
        Ratio("CPU of a PDF, ms", ours.cpu_ms),
        Ratio("size of a PDF, kB", ours.kilobytes),
    ]
    if rival is None:
        return ratios
    return [
        *ratios,
        Ratio("PDFs a second, WeasyPrint", 1 / rival.seconds),
        Ratio("CPU of a PDF by WeasyPrint, ms", rival.cpu_ms),
        Ratio("size of a PDF by WeasyPrint, kB", rival.kilobytes),
        Ratio("CPU of a PDF, times less than WeasyPrint", rival.cpu_ms / ours.cpu_ms, "≥ 8"),
    ]


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


def _cost(printed: Print, documents: Sequence[Document]) -> Cost:
    for document in documents[:_WARMING]:
        printed(document)
    cpu, begun = time.process_time(), time.perf_counter()
    sizes = [len(printed(document)) for document in documents[_WARMING:]]
    count = len(sizes)
    return Cost(
        cpu_ms=(time.process_time() - cpu) / count * 1e3,
        seconds=(time.perf_counter() - begun) / count,
        kilobytes=sum(sizes) / count / 1e3,
    )


def _rival(documents: Sequence[Document]) -> Cost | None:
    try:
        from weasyprint import HTML  # noqa: PLC0415 - it looks for libraries of the system at once
    except OSError:
        return None

    def by_weasyprint(document: Document) -> bytes:
        page = PrintHtml().render(document, _OPTIONS).content.decode()
        return bytes(HTML(string=page).write_pdf())

    return _cost(by_weasyprint, documents)


def _by_typst(document: Document) -> bytes:
    return Pdf().render(document, _OPTIONS).content


def _pages(document: Document) -> int:
    return Pdf().render(document, _OPTIONS).page_count or 0

"""PDFs as other programs read them: qpdf and Poppler, where they are installed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pictures
import pytest

from pressroom.cms.renditions.document.blocks import Figure, Paragraph
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.inlines import Image, Text
from pressroom.cms.renditions.document.picture import Picture
from pressroom.cms.renditions.formats.options import Paper, PrintLinks, RenditionOptions, TextSize
from pressroom.cms.renditions.formats.pdf.format import Pdf
from pressroom.cms.text.document import SourceFormat, render_body

Read = Callable[..., str]

PARAGRAPHS = tuple(
    f"Paragraph number {number} is set with care, and hyphenated where its lines are broken: "
    "uncharacteristically, internationalization, and counterrevolutionaries take turns. " * 3
    for number in range(12)
)
RICH = render_body(
    "## Part\n\nSome *emphasis*, **strong 强调** and a [link](https://a.example/).[^1]\n\n"
    "- one\n- [x] done\n\n### Deeper\n\nمرحبا بالعالم, שלום, 漢字, हिन्दी, 😀\n\n"
    "| a | b |\n|---|---|\n| c | d |\n\n```\nx = 1\n" + "y" * 200 + "\n```\n\n[^1]: Note.",
    SourceFormat.MARKDOWN,
).html
OPTIONS = (
    RenditionOptions(),
    RenditionOptions(text_size=TextSize.GIANT, paper=Paper.A5, links=PrintLinks.FOOTNOTES),
    RenditionOptions(ink_saving=True, qr_code=False, links=PrintLinks.NONE),
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Has a program read a PDF, and gives what it writes; skips where there is no such program."""

    def reading(content: bytes, program: str, *arguments: str, after: str = "") -> str:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
        file = tmp_path / "read.pdf"
        file.write_bytes(content)
        command = [program, *arguments, str(file), *after.split()]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.decode()

    return reading


@pytest.fixture
def rich(make_document) -> Document:
    picture = Picture(pictures.picture("jpeg", (90, 60)), "image/jpeg", 90, 60)
    image = Image("https://press.example/i", "A square", picture=picture)
    document = make_document(RICH)
    shown = Figure((Paragraph((image,)),), (Text("A caption"),))
    return replace(document, blocks=(*document.blocks, shown))


@pytest.mark.parametrize("options", OPTIONS)
def test_it_is_well_formed_and_brings_its_fonts(
    rich: Document, read: Read, options: RenditionOptions
) -> None:
    content = Pdf().render(rich, options).content
    assert "No syntax or stream encoding errors" in read(content, "qpdf", "--check")
    _, _, *fonts = read(content, "pdffonts").splitlines()
    assert len(fonts) > 3
    assert all(" yes yes " in font for font in fonts)


def test_it_says_what_it_is_and_what_is_in_it(rich: Document, read: Read) -> None:
    content = Pdf().render(rich, RenditionOptions()).content
    told = read(content, "pdfinfo")
    assert re.search(r"Title: +On printing\n", told)
    assert re.search(r"Tagged: +yes\n", told)
    structure = read(content, "pdfinfo", "-struct-text")
    headings = re.findall(r'^ *(H\d) (?:"[^"]*" )?\(block\)\n *"([^"]*)"', structure, re.MULTILINE)
    assert headings == [("H1", "On printing"), ("H2", "Part"), ("H3", "Deeper"), ("H2", "Links")]
    assert {"Table", "Link", "Note", "Code", "Figure"} <= set(re.findall(r"\w+", structure))


def test_its_words_are_those_of_the_post(make_document, read: Read) -> None:
    html = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    content = Pdf().render(make_document(html), RenditionOptions(qr_code=False)).content
    pages = read(content, "pdftotext", "-raw", after="-").split("\f")
    assert len(pages) > 2
    # Without the running titles above the text and the numbers below it.
    lines = [line for page in pages for line in page.splitlines()]
    text = [line for line in lines if line not in {"The Quarterly On printing", "The Quarterly"}]
    text = [line for line in text if re.fullmatch(r"\d ?/ ?\d", line) is None]
    found = "".join("".join(text).split()).replace("-", "")
    assert found.endswith("".join("".join(PARAGRAPHS).split()).replace("-", ""))

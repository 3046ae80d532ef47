"""Posts and books to be made into e-books, and e-books opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from zipfile import ZipFile

from PIL import Image as Pixels

from pressroom.cms.renditions.document.book import Book
from pressroom.cms.renditions.document.direction import Direction
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.picture import Picture
from pressroom.cms.renditions.formats.epub.format import Epub
from pressroom.cms.renditions.formats.format import Output
from pressroom.cms.renditions.formats.options import RenditionOptions
from pressroom.cms.text.document import SourceFormat, render_body

RICH = """\
Opening with *emphasis*, **strong**, `code`, ~~gone~~, a [link](https://example.org/a?b=c&d=e)
and a note[^1], and the same note[^1].

## First part

> Quoted words
> over lines

- one
  - nested
    1. deep
- two

- [x] done
- [ ] to do

### A detail

| Name | Value | Note |
|:-----|------:|:----:|
| a    |     1 |  x   |

```python
print("a <b> & c")
```

![A dog](/dog.png)

## Note 1

See [above](#first-part). مرحبا بالعالم 漢字 😀

[^1]: A footnote with a [link](https://example.org/note).
"""

HOSTILE = (
    '<h3 id="a b">x</h3><h1 id="note.1">n</h1><p lang="x y z" dir=rtl onclick=1>p'
    '<a href="http://[::1">b</a> <a href="http://ex ample/%zz?q={}|\\^`">c</a>'
    '<a href="#nowhere">d</a><a href="#note.1">e</a> <a href="file:///etc/passwd">f</a>'
    '<a href="data:text/html,x">g</a> <a href="javascript:1">h</a>'
    '<a href="http://exämple.com/ü?ä#ö">i</a> <a href="mailto:a b@c?subject=x y">j</a>'
    '<a href="HTTP://USER:pw@Host:99999/">l</a> <a href="http://host:8x/">m</a>'
    '<a href="//other">n</a> <a href="http:///x">o</a> <a href="http://..">p</a>'
    '<a href="http://a..b/">q</a> <a href="http://[::1]:80/">r</a> <a href="tel:+1 2">s</a>'
    '<a href="http://0x7f.1/">t</a></p>'
    '<img src="x.svg" alt="a&quot;b"><svg><script>1</script></svg><math><mi>x</mi></math>'
    "<table><tr><td colspan=9 rowspan=7>x</table><ol start=-4><li value=3>x</ol>"
    "<p>\x01\ufffe\x85\x80 \U0001fffe</p><pre>\n\n x</pre>"
    '<a href="/x"><img src="/y.png" alt="in a link"></a><ul></ul>'
    "<table><caption><h2>c</h2></caption><tr></tr><tr><td><h2>in a cell</h2><ul><li><table><tr>"
    '<td>deep</table></ul></table><h2></h2><h2><img src="/z.png"></h2><dl><dt>t<dd>d</dl>'
    "<style>@import 'http://127.0.0.1/'</style><object data=x></object><iframe src=x></iframe>"
) + "<blockquote>" * 10_000


def html_of(markdown: str) -> str:
    return render_body(markdown, SourceFormat.MARKDOWN).html


def sanitised(html: str) -> str:
    return render_body(html, SourceFormat.HTML).html


def picture(colour: str = "navy") -> Picture:
    buffer = BytesIO()
    Pixels.new("RGB", (40, 30), colour).save(buffer, "PNG")
    return Picture(buffer.getvalue(), "image/png", 40, 30)


def book(articles: Iterable[Document], title: str = "Essays", subtitle: str = "") -> Book:
    return Book(
        title=title,
        address="https://press.example/category/essays",
        identity="https://press.example/category/essays",
        site_title="The Quarterly",
        language="en",
        direction=Direction.LEFT_TO_RIGHT,
        articles=tuple(articles),
        subtitle=subtitle,
    )


@dataclass(frozen=True)
class Opened:
    """An e-book's files."""

    output: Output

    @cached_property
    def files(self) -> dict[str, bytes]:
        with ZipFile(BytesIO(self.output.content)) as container:
            return {name: container.read(name) for name in container.namelist()}

    def text(self, name: str) -> str:
        return self.files[f"EPUB/{name}"].decode()

    @property
    def article(self) -> str:
        return self.text("article.xhtml")

    @property
    def package(self) -> str:
        return self.text("package.opf")


def opened(document: Document, **options) -> Opened:
    return Opened(Epub().render(document, RenditionOptions(**options)))


def bound(articles: Iterable[Document], **options) -> Opened:
    return Opened(Epub().bind(book(articles), RenditionOptions(**options)))

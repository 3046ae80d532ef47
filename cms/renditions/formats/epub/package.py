"""The package document (EPUB 3.3, 5): metadata, the files, and the order to read them in."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from .accessibility import accessibility
from .page import STYLESHEET
from .pictures import Pictures
from .publication import Metadata, Part

NAVIGATION = "nav.xhtml"
_XHTML = "application/xhtml+xml"
_CERTIFIER = "Pressroom"


def package(metadata: Metadata, parts: Sequence[Part], pictures: Pictures) -> str:
    """Write the package document."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier"\
 xml:lang="{escape(metadata.language)}" dir="{metadata.direction}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{_lines(_described(metadata))}{_lines(_accessibility(pictures))}</metadata>
<manifest>
{_lines(_manifest(parts, pictures))}</manifest>
<spine page-progression-direction="{metadata.direction}">
{_lines(f'<itemref idref="part{number}"/>' for number in range(1, len(parts) + 1))}</spine>
</package>
"""


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _described(metadata: Metadata) -> Iterator[str]:
    identifier = uuid5(NAMESPACE_URL, metadata.identity)
    yield f'<dc:identifier id="identifier">urn:uuid:{identifier}</dc:identifier>'
    yield _element("title", metadata.title)
    yield _element("language", metadata.language)
    for place, name in enumerate(filter(str.strip, metadata.creators), 1):
        yield from _creator(place, name)
    yield from (_element("subject", name) for name in metadata.subjects if name.strip())
    for name, value in (("publisher", metadata.publisher), ("description", metadata.description)):
        if value.strip():
            yield _element(name, value)
    yield _element("source", metadata.source)
    yield _element("date", _instant(metadata.published_at))
    yield _meta("dcterms:modified", _instant(metadata.updated_at))


def _creator(place: int, name: str) -> Iterator[str]:
    identifier = f"creator{place}"
    yield f'<dc:creator id="{identifier}">{escape(name, quote=False)}</dc:creator>'
    yield _meta("role", "aut", f' refines="#{identifier}" scheme="marc:relators"')
    yield _meta("display-seq", str(place), f' refines="#{identifier}"')


def _accessibility(pictures: Pictures) -> Iterator[str]:
    for name, value in accessibility(pictures):
        if name == "dcterms:conformsTo":
            yield _meta(name, value, ' id="conformance"')
            yield _meta("a11y:certifiedBy", _CERTIFIER, ' refines="#conformance"')
        elif name == "schema:accessibilitySummary":
            yield _meta(name, value, ' xml:lang="en" dir="ltr"')
        else:
            yield _meta(name, value)


def _manifest(parts: Sequence[Part], pictures: Pictures) -> Iterator[str]:
    yield _item("nav", NAVIGATION, _XHTML, ' properties="nav"')
    yield _item("style", STYLESHEET, "text/css")
    for place, part in enumerate(parts, 1):
        yield _item(f"part{place}", part.name, _XHTML)
    for place, (name, media_type) in enumerate(pictures.media_types, 1):
        yield _item(f"image{place}", name, media_type)


def _item(identifier: str, name: str, media_type: str, more: str = "") -> str:
    return f'<item id="{identifier}" href="{name}" media-type="{media_type}"{more}/>'


def _element(name: str, value: str) -> str:
    return f"<dc:{name}>{escape(value, quote=False)}</dc:{name}>"


def _meta(name: str, value: str, more: str = "") -> str:
    return f'<meta property="{name}"{more}>{escape(value, quote=False)}</meta>'


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""What a publication tells of its accessibility (EPUB Accessibility 1.1)."""

from collections.abc import Iterator

from .pictures import Pictures

_CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_FEATURES = (
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)


def accessibility(pictures: Pictures) -> Iterator[tuple[str, str]]:
    """Give properties with their values; conformance is claimed where it is so."""
    described = pictures.all_described
    yield "schema:accessMode", "textual"
    if pictures:
        yield "schema:accessMode", "visual"
    if described:
        yield "schema:accessModeSufficient", "textual"
    for feature in (*_FEATURES, *(["alternativeText"] if pictures and described else [])):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none"
    yield "schema:accessibilitySummary", _summary(pictures)
    if described:
        yield "dcterms:conformsTo", _CONFORMS


def _summary(pictures: Pictures) -> str:
    pages = "Headings, lists, tables and notes are marked up, and text reflows at any size."
    if not pictures:
        return pages
    if pictures.all_described:
        return f"{pages} All images are described."
    return f"{pages} Some images are not described."

"""Posts to print, as they are stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pressroom.cms.renditions.address import SiteFacts
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.shortfalls import Shortfalls
from pressroom.cms.renditions.making.make import document_of
from pressroom.cms.renditions.making.source import Source

SOURCE = Source(
    title="On printing",
    slug="on-printing",
    html="<p>Some words.</p>",
    published_at=datetime(2016, 11, 16, 7, 30, tzinfo=UTC),
    updated_at=datetime(2018, 2, 23, tzinfo=UTC),
    site=SiteFacts("The Quarterly", "https://press.example", "en"),
    byline=("Ada Lovelace",),
    categories=("Communication", "Reflection"),
    comment_count=0,
    comments=None,
)

MakeDocument = Callable[..., Document]


@pytest.fixture
def source() -> Source:
    """A stored post."""
    return SOURCE


@pytest.fixture
def make_document() -> MakeDocument:
    """Makes the print document of a stored post, with the given differences."""

    def make(html: str = "<p>Some words.</p>", *, language: str = "en", **given: Any) -> Document:
        site = replace(SOURCE.site, language=language)
        return document_of(replace(SOURCE, html=html, site=site, **given), Shortfalls())

    return make

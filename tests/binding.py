"""Books as a reader has them: asked for through GraphQL, fetched, and opened."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import serving

from pressroom.cms.settings import Settings

ALL = "status url mediaType byteSize pageCount sha256 warnings"


@asynccontextmanager
async def patient(settings: Settings) -> AsyncIterator[serving.API]:
    """Serve so that everybody waits for books until they are made."""
    waiting = replace(settings, rendition_patience=60.0, request_timeout=90.0)
    async with serving.serving(waiting) as api:
        yield api


async def told(api: serving.API, query: str, **variables: Any) -> dict[str, Any]:
    """Ask for a rendition, which the query calls `book`, until it is no longer being made."""
    while True:
        book: dict[str, Any] = _book(await api.data(query, variables))
        if book["status"] != "QUEUED":
            return book


def _book(data: dict[str, Any]) -> dict[str, Any]:
    (found,) = data.values()
    book: dict[str, Any] = found.get("book", found)
    return book


@dataclass(frozen=True)
class EpubFile:
    """An e-book's pages."""

    files: dict[str, str]

    @property
    def titles(self) -> list[str]:
        """The articles, as the contents name them."""
        return re.findall(r'<li><a href="article[^>]*>([^<]*)<', self.files["EPUB/contents.xhtml"])

    @property
    def opening(self) -> str:
        """The words of the title page."""
        return " ".join(re.sub("<[^>]+>", " ", self.files["EPUB/title.xhtml"]).split())

    @property
    def text(self) -> str:
        """All pages, as they are written."""
        return "\n".join(text for name, text in self.files.items() if name.endswith(".xhtml"))


async def fetched(api: serving.API, url: str) -> EpubFile:
    """Fetch an e-book, which must be there."""
    response = await api.http.get(url)
    assert response.status_code == 200, response.text
    with ZipFile(BytesIO(response.content)) as container:
        return EpubFile({name: container.read(name).decode() for name in container.namelist()})

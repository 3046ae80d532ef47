"""Renditions through GraphQL: what is told without making them, and while they are made."""

import dataclasses
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any

import factories
import pytest
import serving

from pressroom.cms.renditions.press.press import LITTLE
from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

LARGE = "Some *words* of a long article. " * (LITTLE // 20)
STATUS = "query ($slug: String!) {post(by: {slug: $slug}) {rendition(format: TEXT) {status url}}}"
ALL = STATUS.replace("status", "status byteSize sha256 warnings pageCount")


@pytest.fixture
async def impatient(settings: Settings) -> AsyncIterator[serving.API]:
    """The API of a site where nobody waits, and answers are kept."""
    hasty = dataclasses.replace(
        settings, rendition_patience=0.0, answer_cache_bytes=1_000_000, rendition_workers=1
    )
    async with serving.serving(hasty) as api:
        yield api


async def rendition(api: serving.API, query: str, slug: str) -> dict[str, Any]:
    told: dict[str, Any] = (await api.data(query, {"slug": slug}))["post"]["rendition"]
    return told


async def test_what_takes_long_is_queued_until_it_is_made(impatient: serving.API) -> None:
    await factories.make_post(impatient.app.database, slug="long", source=LARGE)
    assert (await rendition(impatient, STATUS, "long"))["status"] == "READY"
    told = await rendition(impatient, ALL, "long")
    assert (told["status"], told["byteSize"], told["sha256"]) == ("QUEUED", None, None)
    asked = 0
    while (told := await rendition(impatient, ALL, "long"))["status"] == "QUEUED":
        asked += 1
        assert asked < 10_000
    assert told["status"] == "READY"
    content = (await impatient.http.get(told["url"])).content
    assert (told["byteSize"], told["sha256"]) == (len(content), sha256(content).hexdigest())
    assert (await rendition(impatient, STATUS, "long"))["status"] == "READY"


async def test_many_of_a_request_wait_together(impatient: serving.API) -> None:
    database = impatient.app.database
    for slug in "abc":
        await factories.make_post(database, slug=slug, source=LARGE)
    query = "{posts(first: 3) {nodes {rendition(format: TEXT) {status byteSize}}}}"
    nodes = (await impatient.data(query))["posts"]["nodes"]
    assert {node["rendition"]["status"] for node in nodes} == {"QUEUED"}


async def test_what_cannot_be_made_has_failed_with_a_reason(settings: Settings) -> None:
    narrow = dataclasses.replace(settings, rendition_timeout=0.000_001)
    async with serving.serving(narrow) as api:
        await factories.make_post(api.app.database, slug="long", source=LARGE)
        told = await rendition(api, ALL, "long")
        assert (told["status"], told["byteSize"]) == ("FAILED", None)
        assert told["warnings"] == ["It could not be made within 1e-06 seconds."]
        assert (await rendition(api, STATUS, "long"))["status"] == "FAILED"
        assert (await api.http.get(told["url"])).status_code == 500


async def test_where_it_is_is_told_without_making_it(api: serving.API) -> None:
    await factories.make_post(api.app.database, slug="long", source=LARGE)
    for _ in range(2):
        told = await rendition(api, STATUS, "long")
        assert told["status"] == "READY"
    assert not list((api.app.settings.media_dir).rglob("*/*/*"))

"""`changes` and `resolvePath`: what a frontend that keeps copies, or routes, is told."""

import pytest
from operations.content import making
from operations.library import OPERATIONS
from serving import API

pytestmark = pytest.mark.anyio


async def test_the_feed_tells_of_everything_from_its_creation_to_its_end(api: API) -> None:
    (operation,) = (each for each in OPERATIONS if each.name == "changes")
    async with making(api.app.database) as content:
        changes = (await api.data(operation.source))["changes"]
        told = [edge["node"] for edge in changes["edges"]]
        ids = content.ids()
        deleted = [each["kind"] for each in told if each["nodeId"] == ids["deletedPost"]]
        assert deleted == ["CREATED", "DELETED"]
        hidden = {ids["draftPost"], ids["scheduledPost"], ids["pendingComment"]}
        assert not hidden & {each["nodeId"] for each in told}
        for each in told:
            assert each["node"] is None or each["node"]["id"] == each["nodeId"]
        last = changes["edges"][-1]["cursor"]
        assert (await api.data(operation.source, {"after": last}))["changes"]["edges"] == []


async def test_paths(api: API) -> None:
    (operation,) = (each for each in OPERATIONS if each.name == "paths")
    async with making(api.app.database):
        assert await api.data(operation.source) == {
            "post": {"__typename": "Post", "title": "Press",
                     "authors": [{"name": "Émile"}, {"name": "Ada"}]},
            "category": {"__typename": "Category", "name": "Essays"},
            "author": {"__typename": "Author", "name": "Ada"},
            "moved": {"__typename": "Redirect", "to": "https://sample.example/moved-away",
                      "permanent": True},
            "gone": {"__typename": "Gone", "since": "2026-03-02T22:00:00Z"},
            "never": None,
            "scheduled": None,
        }  # fmt: skip
        for path in (
            "",
            "/",
            "//[a",
            "/%00",
            "/" + "x" * 100_000,
            "/%ff",
            "é" * 10_000,
            "/category/",
        ):
            answer = await api.send(
                "query($p: String!) { resolvePath(path: $p) { __typename } }", {"p": path}
            )
            assert answer.get("data") == {"resolvePath": None} or path == "/%00"

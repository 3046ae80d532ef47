"""`posts`: what each filter lets through, and what comes first in each order."""

from typing import Any

import factories
import pytest
from operations.content import making
from serving import API

pytestmark = pytest.mark.anyio

ALL = {"Press", "Paper", "Twin", "Closed", "Moved"}


async def _titles(api: API, where: Any, token: str | None = None) -> set[str]:
    query = "query($w: PostFilter) { posts(where: $w) { totalCount nodes { title } } }"
    posts = (await api.data(query, {"w": where}, token))["posts"]
    assert posts["totalCount"] == len(posts["nodes"])
    return {each["title"] for each in posts["nodes"]}


async def test_filters(api: API) -> None:
    async with making(api.app.database) as content:
        ids = content.ids()
        noon = "2026-03-01T12:00:00Z"
        essays = {"category": {"id": ids["essaysCategory"]}}
        for where, titles in (
            (None, ALL),
            ({}, ALL),
            (essays, {"Press", "Paper", "Twin"}),
            ({**essays, "includeDescendants": False}, {"Twin"}),
            ({**essays, "includeDescendants": None}, {"Press", "Paper", "Twin"}),
            ({"or": [{**essays, "includeDescendants": False}, {"sticky": True}]},
             {"Twin", "Press"}),
            ({"category": {"slug": "poetry"}}, {"Press"}),
            ({"category": {"slug": "nothing"}}, set()),
            ({"tag": {"slug": "ink"}}, {"Press", "Paper", "Twin"}),
            ({"author": {"slug": "emile"}}, {"Press"}),
            ({"author": {"id": ids["essaysCategory"]}}, set()),
            ({"sticky": True}, {"Press"}),
            ({"sticky": False}, ALL - {"Press"}),
            ({"publishedAfter": noon}, ALL - {"Twin"}),
            ({"publishedBefore": "2026-03-01T13:00:00.000001+01:00"}, {"Twin"}),
            ({"publishedBefore": noon}, set()),
            ({"updatedAfter": "2026-03-02T12:00:00Z"}, {"Press", "Moved"}),
            ({"search": "ABOUT pap"}, {"Paper", "Press"}),
            ({"search": ""}, set()),
            ({"status": []}, set()),
            ({"status": ["PUBLISHED", "DRAFT"]}, ALL),
            ({"status": ["DRAFT", "SCHEDULED", "ARCHIVED", "TRASHED"]}, set()),
            ({"not": {"tag": {"slug": "ink"}}}, {"Closed", "Moved"}),
            ({"not": {}}, set()),
            ({"and": []}, ALL),
            ({"or": []}, set()),
            ({"and": [{"tag": {"slug": "ink"}}, {"not": {"tag": {"slug": "paper"}}}]}, {"Twin"}),
            ({"sticky": True, "or": [{"sticky": False}]}, set()),
        ):  # fmt: skip
            assert await _titles(api, where) == titles, where


async def test_an_editor_asks_for_other_statuses(api: API) -> None:
    async with making(api.app.database) as content:
        token = content.tokens["editor"]
        for status, titles in (
            ("DRAFT", {"Draft"}), ("SCHEDULED", {"Scheduled"}), ("ARCHIVED", {"Archived"}),
            ("TRASHED", {"Trashed"}), ("PUBLISHED", ALL),
        ):  # fmt: skip
            assert await _titles(api, {"status": [status]}, token) == titles
            assert await _titles(api, {"and": [{"status": [status]}]}, token) <= ALL
        assert await _titles(api, None, token) == ALL
        assert await _titles(api, {"status": ["DRAFT"]}, content.tokens["moderator"]) == set()
        undated = {"status": ["DRAFT"], "not": {"publishedAfter": "2000-01-01T00:00:00Z"}}
        assert await _titles(api, undated, token) == {"Draft"}


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("PUBLISHED_DESC", ["Moved", "Closed", "Paper", "Press", "Twin"]),
        ("PUBLISHED_ASC", ["Twin", "Press", "Paper", "Closed", "Moved"]),
        ("UPDATED_DESC", ["Moved", "Press", "Closed", "Paper", "Twin"]),
        ("UPDATED_ASC", ["Twin", "Paper", "Closed", "Press", "Moved"]),
        ("TITLE_ASC", ["Closed", "Moved", "Paper", "Press", "Twin"]),
        ("TITLE_DESC", ["Twin", "Press", "Paper", "Moved", "Closed"]),
        ("COMMENTS_DESC", ["Press", "Moved", "Closed", "Twin", "Paper"]),
    ],
)
async def test_orders(api: API, order: str, titles: list[str]) -> None:
    async with making(api.app.database):
        posts = (await api.data(f"{{ posts(orderBy: {order}) {{ nodes {{ title }} }} }}"))["posts"]
        assert [each["title"] for each in posts["nodes"]] == titles


async def test_related_posts_share_most_first(api: API) -> None:
    for title, tags in (
        ("Three", "abc"),
        ("One", "a"),
        ("None", "z"),
        ("Two", "ab"),
        ("Self", "abc"),
    ):
        await factories.make_post(api.app.database, title, tags=list(tags))
    query = "{ posts(first: 1) { nodes { related { title } few: related(first: 1) { title } } } }"
    (node,) = (await api.data(query))["posts"]["nodes"]
    assert [each["title"] for each in node["related"]] == ["Three", "Two", "One"]
    assert node["few"] == [{"title": "Three"}]

"""`restorePost` through HTTP."""

import pytest
from serving import API
from writing import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("verb", ["archive_post", "trash_post"])
async def test_a_draft_with_all_it_had(api: API, verb: str) -> None:
    desk = Desk(api)
    post = await desk.create(publish=True, tags=["Rye"])
    restored = await desk.post("restore_post", await desk.post(verb, post))
    assert (restored["status"], restored["version"]) == ("DRAFT", 3)
    for name in ("title", "slug", "publishedAt", "tags", "body"):
        assert restored[name] == post[name]
    assert (await desk.post("publish_post", restored))["publishedAt"] == post["publishedAt"]


@pytest.mark.parametrize(
    "sent", [{}, {"publish": True}, {"publish": True, "publishedAt": "2100-01-01T00:00:00Z"}]
)
async def test_nonsense(api: API, sent: dict[str, object]) -> None:
    desk = Desk(api)
    post = await desk.create(**sent)
    known = {"id": post["id"], "version": 1}
    assert await desk.faults("restore_post", known) == [("INVALID", ["id"])]

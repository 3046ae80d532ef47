"""`unpublishPost` through HTTP."""

import pytest
from serving import API
from writing import Desk

pytestmark = pytest.mark.anyio

FUTURE = "2100-01-01T00:00:00Z"


@pytest.mark.parametrize("published_at", [None, "2001-01-01T00:00:00Z", FUTURE])
async def test_a_draft_again_with_its_date(api: API, published_at: str | None) -> None:
    desk = Desk(api)
    post = await desk.create(publish=True, publishedAt=published_at)
    draft = await desk.post("unpublish_post", post)
    assert (draft["status"], draft["version"]) == ("DRAFT", 2)
    assert draft["publishedAt"] == post["publishedAt"]
    assert (await desk.read("{ posts { totalCount } }"))["posts"]["totalCount"] == 0
    seen = published_at != FUTURE
    assert (await desk.journal())[-1] == ("unpublish", "DELETED" if seen else "UPDATED", seen)


async def test_nonsense(api: API) -> None:
    desk = Desk(api)
    post = await desk.create()
    for verb, version in ((None, 1), ("archive_post", 2), ("trash_post", 3)):
        if verb:
            post = await desk.post(verb, post)
        known = {"id": post["id"], "version": version}
        assert await desk.faults("unpublish_post", known) == [("INVALID", ["id"])]

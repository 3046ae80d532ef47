"""`archivePost` through HTTP."""

import pytest
from serving import API
from writing import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "sent", [{}, {"publish": True}, {"publish": True, "publishedAt": "2100-01-01T00:00:00Z"}]
)
async def test_out_of_sight_and_kept(api: API, sent: dict[str, object]) -> None:
    desk = Desk(api)
    post = await desk.post("archive_post", await desk.create(**sent))
    assert (post["status"], post["version"]) == ("ARCHIVED", 2)
    listed = "query { posts(where: {status: [ARCHIVED]}) { nodes { id } } }"
    token = await desk.token(None)
    assert (await desk.api.data(listed, token=token))["posts"]["nodes"] == []
    path = "query($path: String!) { resolvePath(path: $path) { __typename } }"
    assert (await desk.read(path, path="/bread"))["resolvePath"] is None


async def test_nonsense(api: API) -> None:
    desk = Desk(api)
    post = await desk.post("archive_post", await desk.create())
    known = {"id": post["id"], "version": 2}
    assert await desk.faults("archive_post", known) == [("INVALID", ["id"])]
    await desk.post("trash_post", post)
    assert await desk.faults("archive_post", {**known, "version": 3}) == [("INVALID", ["id"])]

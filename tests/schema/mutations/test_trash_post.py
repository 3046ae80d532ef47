"""`trashPost` through HTTP."""

import pytest
from serving import API
from writing import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("sent", [{}, {"publish": True}])
async def test_thrown_away(api: API, sent: dict[str, object]) -> None:
    desk = Desk(api)
    post = await desk.post("trash_post", await desk.create(**sent))
    assert (post["status"], post["version"]) == ("TRASHED", 2)
    assert (await desk.read("{ posts { totalCount } }"))["posts"]["totalCount"] == 0


async def test_from_the_archive(api: API) -> None:
    desk = Desk(api)
    archived = await desk.post("archive_post", await desk.create())
    assert (await desk.post("trash_post", archived))["status"] == "TRASHED"


async def test_nonsense(api: API) -> None:
    desk = Desk(api)
    post = await desk.post("trash_post", await desk.create())
    known = {"id": post["id"], "version": 2}
    assert await desk.faults("trash_post", known) == [("INVALID", ["id"])]
    assert await desk.faults("trash_post", {"id": "", "version": 1}) == [("NOT_FOUND", ["id"])]


async def test_the_same_key_throws_away_once(api: API) -> None:
    desk = Desk(api)
    post = await desk.create()
    sent = {"id": post["id"], "version": 1, "idempotencyKey": "key"}
    first = await desk.done("trash_post", sent)
    assert await desk.done("trash_post", sent) == first

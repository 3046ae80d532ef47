"""`publishPost` through HTTP."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from operations.content import Time
from serving import API
from writing import Desk

from pressroom.cms.store import clock

pytestmark = pytest.mark.anyio

SHOWN = "query($id: ID!) { node(id: $id) { ...on Post { status publishedAt updatedAt } } }"


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


def written(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


async def test_now(desk: Desk) -> None:
    draft = await desk.create()
    post = await desk.post("publish_post", draft)
    assert (post["status"], post["version"]) == ("PUBLISHED", 2)
    assert post["publishedAt"] == post["updatedAt"] >= draft["createdAt"]
    shown = (await desk.read(SHOWN, id=post["id"]))["node"]
    assert shown == {name: post[name] for name in ("status", "publishedAt", "updatedAt")}
    assert await desk.journal() == [("create", "CREATED", False), ("publish", "CREATED", True)]


async def test_backdated(desk: Desk) -> None:
    past = "2001-02-03T04:05:06Z"
    post = await desk.post("publish_post", await desk.create(), at="2001-02-03T05:05:06+01:00")
    assert (post["status"], post["publishedAt"], post["updatedAt"]) == ("PUBLISHED", past, past)


async def test_the_date_that_is_kept_counts(desk: Desk) -> None:
    past = "2001-02-03T04:05:06Z"
    post = await desk.post("publish_post", await desk.create(publishedAt=past), at=None)
    assert post["publishedAt"] == past


async def test_a_scheduled_post_goes_live_at_its_instant(desk: Desk) -> None:
    time = Time(clock.now())
    with clock.told_by(time):
        instant = written(time.now + timedelta(hours=1))
        post = await desk.post("publish_post", await desk.create(), at=instant)
        assert (post["status"], post["publishedAt"], post["updatedAt"]) == (
            "SCHEDULED", instant, instant,
        )  # fmt: skip
        assert (await desk.read(SHOWN, id=post["id"]))["node"] is None
        assert (await desk.read("{ posts { totalCount } }"))["posts"]["totalCount"] == 0
        time.pass_by(hours=1)
        assert (await desk.read(SHOWN, id=post["id"]))["node"]["status"] == "PUBLISHED"
        assert (await desk.read("{ posts { totalCount } }"))["posts"]["totalCount"] == 1


async def test_a_scheduled_post_is_put_off_or_goes_out_now(desk: Desk) -> None:
    first, second = [written(clock.now() + timedelta(days=days)) for days in (1, 2)]
    post = await desk.post("publish_post", await desk.create(), at=first)
    post = await desk.post("publish_post", post, at=second)
    assert (post["status"], post["publishedAt"]) == ("SCHEDULED", second)
    post = await desk.post("publish_post", post)
    assert post["status"] == "PUBLISHED"
    assert post["publishedAt"] < first


async def test_an_archived_post_is_given_anew(desk: Desk) -> None:
    past = "2001-02-03T04:05:06Z"
    post = await desk.post("publish_post", await desk.create(), at=past)
    post = await desk.post("publish_post", await desk.post("archive_post", post))
    assert (post["status"], post["publishedAt"]) == ("PUBLISHED", past)
    assert post["updatedAt"] > past


async def test_nonsense(desk: Desk) -> None:
    post = await desk.create(publish=True)
    known: dict[str, Any] = {"id": post["id"], "version": 1}
    assert await desk.faults("publish_post", known) == [("INVALID", ["id"])]
    trashed = await desk.post("trash_post", post)
    known["version"] = trashed["version"]
    assert await desk.faults("publish_post", known) == [("INVALID", ["id"])]
    assert await desk.faults("publish_post", {**known, "id": "x"}) == [("NOT_FOUND", ["id"])]
    stale = await desk.write("publish_post", {"id": post["id"], "version": 1})
    assert [error["path"] for error in stale["userErrors"]] == [["version"], ["status"]]
    assert stale["post"] == trashed


@pytest.mark.parametrize("at", ["2026-12-24T18:00:00", "tomorrow", "2026-02-30T00:00:00Z", 1])
async def test_an_instant_needs_its_offset(desk: Desk, at: Any) -> None:
    post = await desk.create()
    answer = await desk.send("publish_post", {"id": post["id"], "version": 1, "at": at})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"

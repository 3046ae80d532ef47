"""`createAccessToken` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from sqlalchemy import select
from writing import Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import AccessToken
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

NODE = "query($id: ID!) { node(id: $id) { __typename ...on AccessToken { name role lastUsedAt } } }"
VIEWER = "{ viewer { role name author { name } } }"


async def test_its_bearer_is_known_by_the_secret(api: API) -> None:
    desk = Desk(api)
    author = await factories.make_author(api.app.database, "Ada")
    sent = {"name": "script", "role": "CONTRIBUTOR", "authorId": encode_id("Author", author.id)}
    payload = await desk.done("create_access_token", sent, role=Role.ADMIN)
    made, secret = payload["accessToken"], payload["secret"]
    assert (made["name"], made["role"], made["expiresAt"]) == ("script", "CONTRIBUTOR", None)
    assert (await api.data(VIEWER, token=secret))["viewer"] == {
        "role": "CONTRIBUTOR", "name": "script", "author": {"name": "Ada"},
    }  # fmt: skip
    node = (await desk.read(NODE, Role.ADMIN, id=made["id"]))["node"]
    assert (node["name"], node["lastUsedAt"] is None) == ("script", False)


async def test_administrators_alone_see_it(api: API) -> None:
    desk = Desk(api)
    sent = {"name": "script", "role": "EDITOR", "expiresAt": "2100-01-01T01:00:00+01:00"}
    made = (await desk.done("create_access_token", sent, role=Role.ADMIN))["accessToken"]
    assert made["expiresAt"] == "2100-01-01T00:00:00Z"
    for role in (None, Role.READER, Role.CONTRIBUTOR, Role.MODERATOR, Role.EDITOR):
        assert (await desk.read(NODE, role, id=made["id"]))["node"] is None


async def test_the_secret_is_kept_nowhere(api: API) -> None:
    sent = {"name": "script", "role": "EDITOR"}
    secret = (await Desk(api).done("create_access_token", sent, role=Role.ADMIN))["secret"]
    async with reading_session(api.app.database) as session:
        rows = (await session.execute(select(AccessToken.__table__))).all()
    assert secret.startswith("prt_")
    assert secret not in str(rows)
    assert len(secret) >= 43


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"name": ""}, ("REQUIRED", ["name"])),
        ({"name": "x" * 101}, ("TOO_LONG", ["name"])),
        ({"expiresAt": "2001-01-01T00:00:00Z"}, ("INVALID", ["expiresAt"])),
        ({"authorId": "x"}, ("NOT_FOUND", ["authorId"])),
    ],
)
async def test_faults(api: API, sent: dict[str, Any], fault: Any) -> None:
    given = {"name": "script", "role": "EDITOR", **sent}
    assert await Desk(api).faults("create_access_token", given, role=Role.ADMIN) == [fault]

"""`revokeAccessToken` through HTTP."""

import pytest
from serving import API
from writing import Desk

from pressroom.cms.actors import Role

pytestmark = pytest.mark.anyio


async def test_the_secret_is_good_for_nothing_at_once(api: API) -> None:
    desk = Desk(api)
    sent = {"name": "script", "role": "EDITOR"}
    payload = await desk.done("create_access_token", sent, role=Role.ADMIN)
    known, secret = {"id": payload["accessToken"]["id"]}, payload["secret"]
    await api.data("{ viewer { role } }", token=secret)
    assert (await desk.done("revoke_access_token", known, role=Role.ADMIN))["revokedId"] == known[
        "id"
    ]
    error = await api.error("{ viewer { role } }", token=secret)
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    node = "query($id: ID!) { node(id: $id) { id } }"
    assert (await desk.read(node, Role.ADMIN, **known))["node"] is None
    faults = await desk.faults("revoke_access_token", known, role=Role.ADMIN)
    assert faults == [("NOT_FOUND", ["id"])]


async def test_what_there_is_not(api: API) -> None:
    faults = await Desk(api).faults("revoke_access_token", {"id": "x"}, role=Role.ADMIN)
    assert faults == [("NOT_FOUND", ["id"])]

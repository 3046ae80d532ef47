"""Images as who may see them sees them: above posts, by their ids, and in the editors' list."""

from typing import Any

import factories
import pytest
from serving import API
from uploading import upload
from writing import DRAFTS, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Author

pytestmark = pytest.mark.anyio

SEEN = """query($id: ID!) {
  node(id: $id) { ... on Image { alt } }
  nodes(ids: [$id]) { id }
  image(id: $id) { alt }
  images { totalCount nodes { id } }
}"""


class Eyes:
    """Whoever looks."""

    def __init__(self, desk: Desk, role: Role | None, author: Author | None = None) -> None:
        self.desk, self.role, self.author = desk, role, author

    async def see(self, image: dict[str, Any], *, drafts: bool = False) -> tuple[bool, bool]:
        """Tell whether an image is seen by its id, and whether it is listed."""
        token = await self.desk.token(self.role, self.author)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        response = await self.desk.api.http.post(
            "/graphql",
            json={"query": SEEN, "variables": {"id": image["id"]}},
            headers={**headers, **(DRAFTS if drafts else {})},
        )
        data = response.json()["data"]
        by_id = [data["node"] is not None, data["nodes"][0] is not None, data["image"] is not None]
        assert len(set(by_id)) == 1
        listed = [each["id"] for each in data["images"]["nodes"]]
        assert data["images"]["totalCount"] == len(listed)
        return by_id[0], image["id"] in listed


async def test_who_sees_what(api: API) -> None:
    desk = Desk(api)
    ada = await factories.make_author(api.app.database, "Ada")
    loose, own = await upload(desk), await upload(desk, role=Role.CONTRIBUTOR, author=ada)
    shown, drafted = await upload(desk), await upload(desk)
    await desk.create(title="Public", imageId=shown["id"], publish=True)
    await desk.create(title="Draft", imageId=drafted["id"])
    to_come = {"publish": True, "publishedAt": "2100-01-01T00:00:00Z"}
    scheduled = await upload(desk)
    await desk.create(title="To come", imageId=scheduled["id"], **to_come)
    unseen = (loose, own, drafted, scheduled)
    for role in (None, Role.READER, Role.CONTRIBUTOR, Role.MODERATOR):
        eyes = Eyes(desk, role)
        assert await eyes.see(shown) == (True, False), role
        for image in unseen:
            assert await eyes.see(image) == (False, False), role
            assert await eyes.see(image, drafts=True) == (False, False), role
    writer = Eyes(desk, Role.CONTRIBUTOR, ada)
    assert await writer.see(own) == (False, False)
    assert await writer.see(own, drafts=True) == (True, True)
    assert await writer.see(loose, drafts=True) == (False, False)
    for role in (Role.EDITOR, Role.ADMIN):
        for image in (shown, *unseen):
            assert await Eyes(desk, role).see(image) == (True, True)


async def test_what_is_withdrawn_takes_its_image_along(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk)
    post = await desk.create(imageId=image["id"], publish=True)
    assert await Eyes(desk, None).see(image) == (True, False)
    await desk.post("unpublish_post", post)
    assert await Eyes(desk, None).see(image) == (False, False)


POST_IMAGE = "query($slug: String!) { post(by: {slug: $slug}) { version image { alt } } }"


async def above(desk: Desk, slug: str = "bread") -> str | None:
    image = (await desk.read(POST_IMAGE, slug=slug))["post"]["image"]
    return None if image is None else str(image["alt"])


async def test_an_image_above_a_post(api: API) -> None:
    desk = Desk(api)
    first, second = await upload(desk, alt="One"), await upload(desk, alt="Two")
    post = await desk.create(imageId=first["id"], publish=True)
    assert await above(desk) == "One"
    begun = post["version"]
    post = await desk.post("update_post", post, imageId=second["id"])
    assert await above(desk) == "Two"
    post = await desk.post("update_post", post, title="Rye")
    assert await above(desk) == "Two"
    same = await desk.post("update_post", post, imageId=second["id"])
    assert same["version"] == post["version"]
    post = await desk.post("update_post", post, imageId=None)
    assert await above(desk) is None
    post = await desk.post("revert_post", post, toVersion=begun)
    assert await above(desk) == "One"


async def test_an_image_that_is_gone_does_not_come_back(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk)
    post = await desk.create(imageId=image["id"], publish=True)
    begun = post["version"]
    post = await desk.post("update_post", post, imageId=None)
    await desk.done("delete_image", {"id": image["id"]})
    await desk.post("revert_post", post, toVersion=begun)
    assert await above(desk) is None


async def test_a_conflict_names_the_image(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk)
    post = await desk.create()
    await desk.post("update_post", post, imageId=image["id"])
    stale = {"id": post["id"], "version": post["version"], "title": "Rye"}
    errors = (await desk.write("update_post", stale))["userErrors"]
    assert [error["path"] for error in errors] == [["version"], ["imageId"]]


async def test_there_must_be_such_an_image(api: API) -> None:
    desk = Desk(api)
    sent = {"title": "Bread", "body": {"markdown": "Flour."}, "imageId": "SW1hZ2U6OTk="}
    assert await desk.faults("create_post", sent) == [("NOT_FOUND", ["imageId"])]
    post = await desk.create()
    sent = {"id": post["id"], "version": post["version"], "imageId": post["id"]}
    assert await desk.faults("update_post", sent) == [("NOT_FOUND", ["imageId"])]


async def test_contributors_show_what_they_see(api: API) -> None:
    desk = Desk(api)
    ada = await factories.make_author(api.app.database, "Ada")
    who: dict[str, Any] = {"role": Role.CONTRIBUTOR, "author": ada}
    others, own, public = await upload(desk), await upload(desk, **who), await upload(desk)
    await desk.create(title="Public", imageId=public["id"], publish=True)
    sent = {"title": "Mine", "body": {"markdown": "Flour."}}
    refused = {**sent, "imageId": others["id"]}
    assert await desk.faults("create_post", refused, **who) == [("NOT_FOUND", ["imageId"])]
    for image in (own, public):
        post = (await desk.done("create_post", {**sent, "imageId": image["id"]}, **who))["post"]
    changed = {"id": post["id"], "version": post["version"], "imageId": others["id"]}
    assert await desk.faults("update_post", changed, **who) == [("NOT_FOUND", ["imageId"])]


@pytest.mark.parametrize("width", [0, -1])
async def test_a_width_is_one_at_least(api: API, width: int) -> None:
    query = f'{{ image(id: "x") {{ variants(width: {width}) {{ url }} }} }}'
    error = await api.error(query)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"

"""`deleteImage` through HTTP."""

import pytest
from pictures import picture
from serving import API
from uploading import upload
from writing import Desk

pytestmark = pytest.mark.anyio


async def test_nothing_of_it_is_left(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk)
    narrow = image["url"].replace(".png", "/120.webp")
    assert (await api.http.get(narrow)).status_code == 200
    payload = await desk.done("delete_image", {"id": image["id"]})
    assert payload["deletedId"] == image["id"]
    for url in (image["url"], narrow):
        assert (await api.http.get(url)).status_code == 404
    media = api.app.settings.media_dir / "images"
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert (await desk.journal("Image"))[-1] == ("delete", "DELETED", False)
    assert await desk.faults("delete_image", {"id": image["id"]}) == [("NOT_FOUND", ["id"])]


async def test_bytes_that_another_has_stay(api: API) -> None:
    desk = Desk(api)
    first, second = await upload(desk), await upload(desk)
    await desk.done("delete_image", {"id": first["id"]})
    assert (await api.http.get(second["url"])).status_code == 200
    await desk.done("delete_image", {"id": second["id"]})
    assert (await api.http.get(second["url"])).status_code == 404


async def test_what_a_post_shows_stays(api: API) -> None:
    desk = Desk(api)
    above, within = await upload(desk), await upload(desk, picture(size=(9, 9)))
    text = f"Look: ![It]({within['url']})"
    post = await desk.create(imageId=above["id"], body={"markdown": text})
    for image in (above, within):
        conflict = await desk.faults("delete_image", {"id": image["id"]})
        assert conflict == [("CONFLICT", ["id"])]
    await desk.post("update_post", post, imageId=None, body={"markdown": "Nothing."})
    for image in (above, within):
        await desk.done("delete_image", {"id": image["id"]})


async def test_a_rehearsal_deletes_nothing(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk)
    sent = {"id": image["id"], "dryRun": True}
    assert (await desk.done("delete_image", sent))["deletedId"] == image["id"]
    assert (await api.http.get(image["url"])).status_code == 200
    await desk.done("delete_image", {"id": image["id"]})

"""A post that is scheduled: nowhere before its instant, and everywhere from then on."""

from datetime import timedelta
from typing import Any

import factories
import pytest
from operations.content import TODAY, Time
from serving import API

from pressroom.cms.content import Post
from pressroom.cms.services import posts
from pressroom.cms.services.posts import publication, schedule
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

SOON = TODAY + timedelta(hours=1)
EVERYWHERE = """
query Everywhere($id: ID!) {
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  byId: post(by: {id: $id}) { title rendition(format: TEXT) { status } }
  bySlug: post(by: {slug: "soon"}) { id }
  posts { totalCount nodes { title } }
  byTitle: posts(orderBy: TITLE_ASC) { totalCount nodes { title } }
  filtered: posts(where: {or: [{search: "words"}, {status: [SCHEDULED]}]}) {
    totalCount nodes { title } }
  ofCategory: posts(where: {category: {slug: "essays"}}) { totalCount nodes { title } }
  search(query: "words") { totalCount nodes { title } }
  category(by: {slug: "essays"}) {
    postCount
    posts { totalCount nodes { title } }
    direct: posts(includeDescendants: false) { totalCount nodes { title } }
  }
  author(by: {slug: "ada"}) { postCount posts { totalCount nodes { title } } }
  tag(by: {slug: "ink"}) { posts { totalCount nodes { title } } }
  categories { nodes { postCount } }
  resolvePath(path: "/soon") { __typename }
  neighbour: post(by: {slug: "earlier"}) { next { title } related { title } previous { title } }
  changes { nodes { nodeId node { id } } }
}
"""


async def _scheduled(api: API) -> Post:
    database = api.app.database
    shared = {
        "authors": [await factories.make_author(database, "Ada")],
        "categories": [await factories.make_category(database, "Essays")],
        "tags": ["Ink"],
    }
    await factories.make_post(database, "Earlier", **shared)
    return await factories.make_post(database, "Soon", published_at=SOON, **shared)


async def test_it_is_nowhere_before_its_instant_and_everywhere_from_then_on(api: API) -> None:
    time = Time()
    with clock.told_by(time):
        given = {"id": encode_id("Post", (await _scheduled(api)).id)}
        time.now = SOON - timedelta(microseconds=1)
        before = await api.data(EVERYWHERE, given)
        assert "Soon" not in str(before)
        assert given["id"] not in str(before)
        _assert_counts(before, 1)
        assert (before["node"], before["byId"], before["bySlug"]) == (None, None, None)
        assert (before["nodes"], before["resolvePath"]) == ([None], None)
        time.now = SOON
        after = await api.data(EVERYWHERE, given)
    _assert_counts(after, 2)
    assert after["node"] == after["bySlug"] == {"id": given["id"]}
    assert after["byId"] == {"title": "Soon", "rendition": {"status": "READY"}}
    assert after["resolvePath"] == {"__typename": "Post"}
    assert after["neighbour"]["next"] == {"title": "Soon"}
    assert after["neighbour"]["related"] == [{"title": "Soon"}]


def _assert_counts(answer: dict[str, Any], count: int) -> None:
    lists = [answer[name] for name in ("posts", "byTitle", "filtered", "ofCategory", "search")]
    lists += [answer["category"]["posts"], answer["category"]["direct"]]
    lists += [answer["author"]["posts"], answer["tag"]["posts"]]
    assert [(each["totalCount"], len(each["nodes"])) for each in lists] == [(count, count)] * 9
    assert answer["category"]["postCount"] == answer["author"]["postCount"] == count
    assert answer["categories"]["nodes"] == [{"postCount": count}]


async def test_its_rendition_is_not_to_be_had_before(api: API) -> None:
    time = Time()
    with clock.told_by(time):
        post = await _scheduled(api)
        time.now = SOON
        query = 'query { post(by: {slug: "soon"}) { rendition(format: TEXT) { url } } }'
        url = (await api.data(query))["post"]["rendition"]["url"]
        assert (await api.http.get(url)).status_code == 200
        time.now = SOON - timedelta(seconds=1)
        assert (await api.http.get(url)).status_code == 404
    assert post.slug == "soon"


async def test_the_feed_of_changes_tells_of_it_once_it_is_announced(api: API) -> None:
    time, query = (
        Time(),
        "{ changes { edges { cursor node { kind nodeId occurredAt node { id } } } } }",
    )
    with clock.told_by(time):
        node_id = encode_id("Post", (await _scheduled(api)).id)
        last = (await api.data(query))["changes"]["edges"][-1]["cursor"]
        time.now = SOON + timedelta(seconds=5)
        async with unit_of_work(api.app.database) as session:
            assert await schedule.announce_due(session) == 1
        query = query.replace("changes", f'changes(after: "{last}")', 1)
        (edge,) = (await api.data(query))["changes"]["edges"]
    assert edge["node"] == {
        "kind": "CREATED",
        "nodeId": node_id,
        "occurredAt": "2026-03-01T13:00:00Z",
        "node": {"id": node_id},
    }


DATES = '{ post(by: {slug: "a-post"}) { publishedAt updatedAt createdAt version status } }'


async def test_dates_and_version_through_a_post_s_life(api: API) -> None:
    time, database = Time(), api.app.database

    async def shown() -> tuple[str, ...]:
        return tuple((await api.data(DATES))["post"].values())

    async def update(post: Post, **fields: Any) -> Post:
        change = posts.UpdatePost(id=post.id, version=post.version, **fields)
        async with unit_of_work(database) as session:
            return await posts.update(session, factories.EDITOR, change)

    noon, one, two, three = (f"2026-03-01T{hour}:00:00Z" for hour in (12, 13, 14, 15))
    with clock.told_by(time):
        post = await factories.make_post(database, publish=False)
        assert (await api.data(DATES))["post"] is None
        time.pass_by(hours=1)
        wanted = publication.PublishPost(id=post.id, version=1)
        async with unit_of_work(database) as session:
            post = await publication.publish(session, factories.EDITOR, wanted)
        assert await shown() == (one, one, noon, 2, "PUBLISHED")
        time.pass_by(hours=1)
        post = await update(post, title="Another")
        assert await shown() == (one, two, noon, 3, "PUBLISHED")
        time.pass_by(hours=1)
        post = await update(post, title="A slip", minor=True)
        assert await shown() == (one, two, noon, 4, "PUBLISHED")
        post = await update(post, title="A slip")
        await factories.make_comment(database, post)
        assert await shown() == (one, two, noon, 4, "PUBLISHED")
        await update(post, published_at=TODAY - timedelta(days=365))
        assert await shown() == ("2025-03-01T12:00:00Z", three, noon, 5, "PUBLISHED")

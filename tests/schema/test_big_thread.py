"""A long thread, and a comment with many replies: any page costs the same.

PRESSROOM_THREAD says how many comments there are (10,000 unless set); three in ten answer one.
"""

import os
import re
from typing import Any

import factories
import pytest
from comments.big_thread import big_thread
from serving import API
from sqlalchemy import text

from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

COMMENTS = int(os.environ.get("PRESSROOM_THREAD", "10000"))
REPLIES = COMMENTS * 3 // 10
PAGE = "{ totalCount edges { cursor node { id depth } } pageInfo { hasNextPage endCursor } }"
WAYS = ["orderBy: OLDEST", "orderBy: NEWEST", "shape: FLAT", "shape: FLAT, orderBy: NEWEST"]


def _ways(post_id: str, widest: str) -> list[str]:
    on_post = f'{{ post(by: {{id: "{post_id}"}}) {{ comments(%s) {PAGE} }} }}'
    replies = f'{{ comment(id: "{widest}") {{ replies(%s) {PAGE} }} }}'
    return [
        *(on_post % f"{way}, %s" for way in WAYS),
        *(replies % f"orderBy: {order}, %s" for order in ("OLDEST", "NEWEST")),
    ]


async def _page(api: API, query: str) -> tuple[Any, list[tuple[str, Any]]]:
    data = (await api.data(query)).popitem()[1].popitem()[1]
    return data, list(api.statements)


async def test_no_page_reads_more_than_it_shows(api: API) -> None:
    database = api.app.database
    post = await factories.make_post(database)
    async with unit_of_work(database) as session:
        widest = await big_thread(session, post.id, comments=COMMENTS, widest=REPLIES)
        if database.dialect_name == "postgresql":
            await session.execute(text("ANALYZE comments"))
    taken = 2 if api.dialect == "sqlite" else 1
    total = {}
    for query in _ways(encode_id("Post", post.id), encode_id("Comment", widest)):
        page, statements = await _page(api, query % "first: 50")
        assert (len(page["edges"]), len(statements)) == (50, taken)
        total[query] = page["totalCount"]
        # From the middle, where an ordinal or path of some comment deep within says.
        middle = (await _page(api, query % "last: 50"))[0]["edges"][0]["cursor"]
        for place in (f'first: 50, after: "{page["edges"][-1]["cursor"]}"',
                      f'last: 50, before: "{middle}"'):  # fmt: skip
            further, statements = await _page(api, query % place)
            assert (len(further["edges"]), len(statements)) == (50, taken)
            assert not {each["node"]["id"] for each in further["edges"]} & {
                each["node"]["id"] for each in page["edges"]
            }
            await _assert_index(api, statements[-1])
    assert sorted(total.values())[-2:] == [COMMENTS, COMMENTS]
    assert list(total.values())[-2:] == [REPLIES, REPLIES]


async def _assert_index(api: API, statement: str) -> None:
    """The page is found through an index in its own order: nothing is scanned and sorted."""
    async with reading_session(api.app.database) as session:
        connection = (await (await session.connection()).get_raw_connection()).driver_connection
        if api.app.database.dialect_name == "sqlite":
            given = [None] * statement.count("?")
            rows = await connection.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}", given)
        else:
            rows = await _explained(connection, statement)
    plan = "\n".join(str(row[-1]) for row in rows)
    assert "SCAN comments" not in plan, plan
    assert "Seq Scan on comments" not in plan, plan
    assert not re.search(r"Limit[^\n]*\n *->  (Incremental )?Sort", plan), plan
    # What is sorted at most is the page itself.
    assert plan.count("USE TEMP B-TREE FOR ORDER BY") <= 1, plan


async def _explained(connection: Any, statement: str) -> Any:
    # A statement with parameters can only be explained under a name.
    values = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", statement))))
    await connection.execute("SET plan_cache_mode = force_generic_plan")
    await connection.execute(f"PREPARE page AS {statement}")
    try:
        return await connection.fetch(f"EXPLAIN EXECUTE page({values})")
    finally:
        await connection.execute("DEALLOCATE page")

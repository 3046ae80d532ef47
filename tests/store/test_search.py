from collections.abc import Sequence

import pytest
from factories import make_post
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from pressroom.cms.content import Post
from pressroom.cms.store import search
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def find(database: Database, query: str) -> list[tuple[str, str]]:
    """Give titles and snippets, best first."""
    kind = database.dialect_name
    terms = search.search_terms(query, kind)
    titled = literal(search.title_terms(query))
    found = search.matches(kind, literal(terms), titled).subquery()
    page = (
        select(Post.title, search.snippet(kind, literal(terms), Post.id))
        .join(found, found.c.post_id == Post.id)
        .order_by(found.c.score.desc(), found.c.post_id.desc())
    )
    async with reading_session(database) as session:
        rows = (await session.execute(page)).all()
    return [(title, search.snippet_html(passage)) for title, passage in rows]


async def titles(database: Database, query: str) -> list[str]:
    return [title for title, _ in await find(database, query)]


async def scores(database: Database, query: str) -> dict[str, float]:
    """Give the score of each title that is found."""
    kind = database.dialect_name
    terms, titled = search.search_terms(query, kind), search.title_terms(query)
    found = search.matches(kind, literal(terms), literal(titled)).subquery()
    scored = select(Post.title, found.c.score).join(found, found.c.post_id == Post.id)
    async with reading_session(database) as session:
        return {row.title: row.score for row in await session.execute(scored)}


async def test_words_match_whatever_their_case_and_accents(database: Database) -> None:
    await make_post(database, "Żółw i Śmiałek", "Über den Wolken; Ёлка, 東京.")
    for query in ("ŻÓŁW", "żółw", "smiałek", "uber", "WOLKEN", "ёлка", "東京"):
        assert await titles(database, query) == ["Żółw i Śmiałek"], query


async def test_all_words_must_be_found_and_the_last_may_be_begun(database: Database) -> None:
    await make_post(database, "One", "The kettle whistles in the kitchen.")
    await make_post(database, "Two", "The kettle is cold.")
    assert sorted(await titles(database, "kettle")) == ["One", "Two"]
    assert await titles(database, "kettle kit") == ["One"]
    assert await titles(database, "kit kettle") == []


async def test_what_is_written_together_stands_together(database: Database) -> None:
    await make_post(database, "One", "A well-known e-mail.")
    await make_post(database, "Two", "The mail of E is known as well.")
    assert await titles(database, "e-mail") == ["One"]


async def test_a_title_weighs_more_than_a_text(database: Database) -> None:
    await make_post(database, "About soup", "Something with onions in it, and bread and cheese.")
    await make_post(database, "Onions", "Something with soup in it, and bread and cheese.")
    assert await titles(database, "onions") == ["Onions", "About soup"]


async def test_what_others_say_changes_no_score(database: Database) -> None:
    for title, text in (("Onions", "Soup and soup."), ("Soup", "Onions."), ("Soup of onions", "")):
        await make_post(database, title, text)
    before = [await scores(database, query) for query in ("onions soup", "oni", "soup")]
    for number in range(20):
        await make_post(database, f"Onions {number}", "Onions, onions, and more onions.")
        await make_post(database, f"Nothing {number}", "Nothing of the kind.", publish=False)
    after = [await scores(database, query) for query in ("onions soup", "oni", "soup")]
    for known, scored in zip(before, after, strict=True):
        assert known == {title: scored[title] for title in known}


async def test_the_more_of_the_words_are_in_the_title_the_better(database: Database) -> None:
    for title, text in (
        ("Rye bread", "A recipe."),
        ("Bread", "A recipe with rye."),
        ("Recipe of rye bread", "How to."),
        ("Something else", "Bread, rye bread, and recipes."),
    ):
        await make_post(database, title, text)
    found = await titles(database, "rye bread recipe")
    assert found[:2] == ["Recipe of rye bread", "Rye bread"]
    assert set(found[2:]) == {"Bread", "Something else"}


async def test_the_passage_is_safe_and_marked(database: Database) -> None:
    await make_post(database, "One", "Fish & chips \\<b\\> for kettles & all.")
    [(_, snippet)] = await find(database, "kettles")
    assert "Fish &amp; chips &lt;b&gt; for <mark>kettles</mark> &amp; all." in snippet


async def test_the_index_follows_the_post(database: Database) -> None:
    post = await make_post(database, "One", "Teapot.")
    async with unit_of_work(database) as session:
        await search.index_post(session, post.id, "One", "Kettle.")
    assert await titles(database, "teapot") == []
    assert await titles(database, "kettle") == ["One"]
    async with unit_of_work(database) as session:
        await search.drop_post(session, post.id)
    assert await titles(database, "kettle") == []


async def test_a_very_long_text_is_found(database: Database) -> None:
    words = " ".join(f"w{number:x}" for number in range(120_000))
    await make_post(database, "One", words[:999_000])
    assert await titles(database, "w1f") == ["One"]


async def test_is_match_narrows_a_list(database: Database) -> None:
    post = await make_post(database, "One", "Teapot.")
    await make_post(database, "Two", "Kettle.")
    kind = database.dialect_name
    terms = literal(search.search_terms("teapot", kind))
    async with reading_session(database) as session:
        found = await session.scalars(
            select(Post.id).where(search.is_match(kind, terms, Post.__table__.c.id))
        )
        assert list(found) == [post.id]


HOSTILE: Sequence[str] = [
    *["", " ", '"', "'", "\x00", "a\x00b", "*", "a*", "-", "NOT", "a AND", "OR OR", "NEAR(a b)"],
    *["title:a", "(a", ")", "a:*", "a & | b", "!a", "\\", "a\\'b", "<->", "😀", "a😀b", "\ud800"],
    *["^a", "{a}", "%", "ﬀ İ ß ſ", "हिन्दी", "x" * 100_000, "a " * 50_000],
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_query_is_a_syntax_error(database: Database, query: str) -> None:
    await find(database, query)


async def test_no_words_find_nothing(database: Database) -> None:
    await make_post(database)
    for query in ("", "  ", '"', "!?", "\x00"):
        assert await titles(database, query) == []


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=st.text(max_size=30))
async def test_any_text_can_be_searched_for(database: Database, query: str) -> None:
    await find(database, query)


def test_stray_marks_do_not_open_an_element() -> None:
    assert search.snippet_html("a \x02b\x03 \x02c <i> \x03 \x03 \x02") == (
        "a <mark>b</mark> <mark>c &lt;i&gt; </mark>  "
    )

"""Full-text search of posts: keeping the index, and the pieces of SQL that read it.

SQLite holds it in an FTS5 table, PostgreSQL in a `tsvector` under a GIN index. In both, words match
whatever their case and accents, all words of a query must be found, and the last of them may be
the beginning of one. A title weighs more than a text.

The index holds drafts too, so nothing of a post's score may come from other posts: how rare a word
is (bm25) would tell what is in them. PostgreSQL scores by how often and how near to each other the
words stand; for SQLite, whose only measure is bm25, it is how many of them stand in the title.
"""

import html
import json
import re
import unicodedata
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    ScalarSelect,
    Select,
    Subquery,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import Body, Post

QUERY_CHARACTERS = 200
"""How much of a query is looked at."""
INDEXED_BYTES = 250_000
"""PostgreSQL's `tsvector` ends at 1 MiB: of a text longer than this, the distinct words go in."""

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_MARKED = re.compile("\x02([^\x02\x03]*)\x03")
_STRAY_MARKS = re.compile("[\x02\x03]")

_INDEX = {
    "sqlite": "INSERT OR REPLACE INTO post_search (rowid, title, text)"
    " VALUES (:post_id, :title, :text)",
    "postgresql": "INSERT INTO post_search (post_id, words) VALUES (:post_id,"
    " setweight(to_tsvector('simple', :title), 'A') || to_tsvector('simple', :text))"
    " ON CONFLICT (post_id) DO UPDATE SET words = excluded.words",
}
_TABLE = table("post_search", column("rowid"), column("post_id"), column("words"))
_KEY: dict[str, ColumnElement[int]] = {"sqlite": _TABLE.c.rowid, "postgresql": _TABLE.c.post_id}
# FTS5 names the whole table by a column of the same name.
_WHOLE: ColumnElement[Any] = literal_column("post_search")
_SIMPLE: ColumnElement[Any] = literal_column("'simple'::regconfig")
_HEADLINE = "StartSel=\x02, StopSel=\x03, MinWords=16, MaxWords=32"


async def index_post(session: AsyncSession, post_id: int, title: str, text: str) -> None:
    """Put a post into the index, in place of what was there of it."""
    await session.execute(index_statement(session.get_bind().dialect.name, post_id, title, text))


async def drop_post(session: AsyncSession, post_id: int) -> None:
    """Take a post out of the index."""
    key = _KEY[session.get_bind().dialect.name]
    await session.execute(delete(_TABLE).where(key == post_id))


def index_statement(dialect_name: str, post_id: int, title: str, text: str) -> Executable:
    """Give the statement that puts a post into the index."""
    if dialect_name == "postgresql":
        title, text = folded_words(title), folded_words(text)
    return sql(_INDEX[dialect_name]).bindparams(post_id=post_id, title=title, text=text)


def search_terms(query: str, dialect_name: str) -> str:
    """Turn what somebody typed into the database's own query; never a syntax error in it.

    What is written together, as in "e-mail", must stand together. Without any words, nothing is
    found.
    """
    phrases = _phrases(query)
    if dialect_name == "sqlite":
        return " AND ".join(phrases) + "*" if phrases else '""'
    if not phrases:
        return ""
    folded = [" <-> ".join(f"'{fold(word)}'" for word in _WORD.findall(each)) for each in phrases]
    return " & ".join(f"({phrase})" for phrase in [*folded[:-1], folded[-1] + ":*"])


def title_terms(query: str) -> str:
    """Write what somebody typed as SQLite's queries for its parts in titles, as JSON."""
    parts = [f"title : {phrase}" for phrase in _phrases(query)]
    return json.dumps([*parts[:-1], *(f"{part}*" for part in parts[-1:])])


def _phrases(query: str) -> list[str]:
    chunks = unicodedata.normalize("NFC", query[:QUERY_CHARACTERS]).split()
    return [f'"{" ".join(words)}"' for chunk in chunks if (words := _WORD.findall(chunk))]


def matches(
    dialect_name: str, terms: ColumnElement[str], titled: ColumnElement[str]
) -> Select[int, float]:
    """Select the `post_id` and the `score` (the greater the better) of what is found.

    `terms` is bound to what `search_terms` gives, likewise below, and `titled` to what
    `title_terms` gives.
    """
    key = _KEY[dialect_name]
    found = select(key.label("post_id")).where(_found(dialect_name, terms))
    if dialect_name == "sqlite":
        titles = _in_titles(titled)
        score: ColumnElement[float] = func.coalesce(titles.c.parts, 0)
        source = _TABLE.outerjoin(titles, titles.c.post_id == _TABLE.c.rowid)
        return found.add_columns(score.label("score")).select_from(source)
    score = func.ts_rank_cd(_TABLE.c.words, func.to_tsquery(_SIMPLE, terms))
    return found.add_columns(score.label("score")).select_from(_TABLE)


def _in_titles(titled: ColumnElement[str]) -> Subquery:
    """Count how many parts of a query stand in a title, for all that have any."""
    title, part = _TABLE.alias("title"), func.json_each(titled).table_valued("value", name="part")
    found = literal_column("title.post_search").op("MATCH", is_comparison=True)(part.c.value)
    return (
        select(title.c.rowid.label("post_id"), func.count().label("parts"))
        .select_from(part.join(title, found))
        .group_by(title.c.rowid)
        .subquery("titled")
    )


def is_match(
    dialect_name: str, terms: ColumnElement[str], post_id: ColumnElement[int]
) -> ColumnElement[bool]:
    """Tell whether a post is among what is found."""
    found = select(_KEY[dialect_name]).select_from(_TABLE).where(_found(dialect_name, terms))
    return post_id.in_(found)


def snippet(
    dialect_name: str, terms: ColumnElement[str], post_id: ColumnElement[int]
) -> ScalarSelect[str]:
    """Select the passage found in a post, for `snippet_html`.

    It costs more than the search itself, so it belongs in the select over one page's rows.
    """
    if dialect_name == "sqlite":
        found = select(
            func.snippet(_WHOLE, 1, literal_column("char(2)"), literal_column("char(3)"), "…", 32)
        )
        found = found.select_from(_TABLE)
        found = found.where(_found(dialect_name, terms), _KEY[dialect_name] == post_id)
        return found.correlate_except(_TABLE).scalar_subquery()
    post, body = Post.__table__.alias(), Body.__table__.alias()
    # What looks like a tag would be left out of the passage.
    text = func.replace(func.left(body.c.text, INDEXED_BYTES), "<", literal_column("chr(4)"))
    headline = func.ts_headline(_SIMPLE, text, func.to_tsquery(_SIMPLE, terms), _HEADLINE)
    found = select(headline).where(post.c.id == post_id, body.c.id == post.c.body_id)
    return found.correlate_except(post, body).scalar_subquery()


def snippet_html(passage: str | None) -> str:
    """Make a passage found safe to insert into a page, its words in `<mark>`."""
    escaped = html.escape((passage or "").replace("\x04", "<"))
    return _STRAY_MARKS.sub("", _MARKED.sub(r"<mark>\1</mark>", escaped))


def fold(text: str) -> str:
    """Take case and accents from a text."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))
    return unicodedata.normalize("NFC", bare)


def _found(dialect_name: str, terms: ColumnElement[str]) -> ColumnElement[bool]:
    if dialect_name == "sqlite":
        return _WHOLE.op("MATCH", is_comparison=True)(terms)
    return _TABLE.c.words.op("@@", is_comparison=True)(func.to_tsquery(_SIMPLE, terms))


def folded_words(text: str) -> str:
    """Give the words of a text as PostgreSQL indexes them."""
    words = _WORD.findall(fold(text))
    joined = " ".join(words)
    if len(joined.encode()) <= INDEXED_BYTES:
        return joined
    return " ".join(dict.fromkeys(words)).encode()[:INDEXED_BYTES].decode(errors="ignore")

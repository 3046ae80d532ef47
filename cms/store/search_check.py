"""Comparing the full-text index with what it is made of."""

from collections.abc import AsyncIterator

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from .search import folded_words

_CONTENT = text(
    "SELECT posts.id, posts.title, bodies.text FROM posts"
    " JOIN bodies ON bodies.id = posts.body_id WHERE posts.id > :last ORDER BY posts.id LIMIT 200"
)
_SAME_IN_SQLITE = text(
    "SELECT title = :title AND text = :text FROM post_search WHERE rowid = :post_id"
)
_SAME_IN_POSTGRESQL = text(
    "SELECT words = setweight(to_tsvector('simple', :title), 'A') || to_tsvector('simple', :text)"
    " FROM post_search WHERE post_id = :post_id"
)


async def stale_posts(session: AsyncSession) -> AsyncIterator[int]:
    """Name the posts of which the index holds other words than it should."""
    in_postgresql = session.get_bind().dialect.name == "postgresql"
    same = _SAME_IN_POSTGRESQL if in_postgresql else _SAME_IN_SQLITE
    last = 0
    while posts := (await session.execute(_CONTENT, {"last": last})).all():
        for last, title, body in posts:
            words = {"title": title, "text": body}
            if in_postgresql:
                words = {name: folded_words(word) for name, word in words.items()}
            holds = await session.scalar(same, {"post_id": last, **words})
            if holds is not None and not holds:
                yield last

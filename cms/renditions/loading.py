"""Loads what a rendition is made of: only what the public sees, in a fixed number of statements."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Result,
    Row,
    Select,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import (
    Author,
    Body,
    Category,
    CategoryPost,
    Comment,
    CommentStatus,
    Post,
    PostAuthor,
    Site,
)
from ..services.site import SITE_ID
from ..store import clock
from ..store.scope import Scope
from ..store.visibility import published, visible_in_thread
from .address import Facts, SiteFacts
from .discussion import CommentRow
from .source import MOST_COMMENTS, Source

_post: FromClause = Post.__table__
_SITE = (Site.title.label("site_title"), Site.url, Site.language, Site.post_prefix)
_PRIME = 2_147_483_629  # the square of what is left by it fits a database's integers


Part: TypeAlias = Callable[[FromClause, Scope], ColumnElement[Any]]


def names_version(post: FromClause) -> ColumnElement[int]:
    """Give a number that is another when the names of a post's authors or categories are.

    Renaming an author, or moving posts out of a category that goes, leaves the post's own version
    as it is. Squares are summed, since sums alone are the same after two moves that even out.
    """
    authors = _squares(Author.id, Author.version, 1).where(
        Author.id == PostAuthor.author_id, PostAuthor.post_id == post.c.id
    )
    categories = _squares(Category.id, Category.version, 2).where(
        Category.id == CategoryPost.category_id,
        CategoryPost.post_id == post.c.id,
        CategoryPost.position.is_not(None),
    )
    sums = (part.correlate(post).scalar_subquery() for part in (authors, categories))
    return cast(sum((func.coalesce(total, 0) for total in sums), literal(0)), BigInteger)


def _squares(key: Any, version: Any, kind: int) -> Select[tuple[int]]:
    root = (key * 1_000_003 + version * 2 + kind) % _PRIME
    return select(func.sum(root * root % _PRIME))


def _of_post(name: str) -> Part:
    return lambda post, _scope: post.c[name]


def _of_site(column: Any) -> Part:
    return lambda _post, _scope: select(column).where(Site.id == SITE_ID).scalar_subquery()


FACTS: Sequence[Part] = (
    *map(_of_post, ("id", "slug", "version")),
    lambda post, _scope: names_version(post),
    _of_post("comments_version"),
    *map(_of_site, (Site.title, Site.url, Site.language, Site.post_prefix)),
)
"""What `facts_of` takes, as expressions over a row of posts."""


def facts_of(*values: Any) -> Facts:
    """Put together what a post's addresses are made of, from the values of `FACTS`."""
    post_id, slug, version, names_version, comments_version, *site = values
    return Facts(post_id, slug, version, names_version, comments_version, SiteFacts(*site))


async def load_facts(session: AsyncSession, post_id: int) -> Facts | None:
    """Read what a post's addresses are made of; None where the public sees no such post."""
    scope = Scope(session.get_bind().dialect)
    columns = [part(_post, scope).label(f"fact{place}") for place, part in enumerate(FACTS)]
    row = await _public_row(session, select(*columns), post_id)
    return None if row is None else facts_of(*row)


async def load_source(session: AsyncSession, post_id: int, *, comments: bool) -> Source | None:
    """Read what a post's print document is made of; None where the public sees no such post."""
    columns = (
        *(_post.c[name] for name in ("title", "slug", "published_at", "updated_at")),
        *(_post.c.comment_count, Body.html, *_SITE),
    )
    row = await _public_row(session, select(*columns).where(Body.id == _post.c.body_id), post_id)
    if row is None:
        return None
    return Source(
        title=row.title,
        slug=row.slug,
        html=row.html,
        published_at=row.published_at,
        updated_at=row.updated_at,
        site=SiteFacts(row.site_title, row.url, row.language, row.post_prefix),
        byline=await _byline(session, post_id),
        categories=await _categories(session, post_id),
        comment_count=row.comment_count,
        comments=await _comments(session, post_id) if comments else None,
    )


async def _public_row(
    session: AsyncSession, statement: Select[Any], post_id: int
) -> Row[Any] | None:
    scope = Scope(session.get_bind().dialect)
    with_site = statement.join_from(_post, Site, Site.id == SITE_ID)
    seen = with_site.where(_post.c.id == post_id, *published(_post, scope))
    result: Result[Any] = await session.execute(seen, {"now": clock.now()})
    return result.one_or_none()


async def _byline(session: AsyncSession, post_id: int) -> tuple[str, ...]:
    statement = (
        select(Author.name)
        .join(PostAuthor, PostAuthor.author_id == Author.id)
        .where(PostAuthor.post_id == post_id)
        .order_by(PostAuthor.position)
    )
    return tuple((await session.scalars(statement)).all())


async def _categories(session: AsyncSession, post_id: int) -> tuple[str, ...]:
    statement = (
        select(Category.name)
        .join(CategoryPost, CategoryPost.category_id == Category.id)
        .where(CategoryPost.post_id == post_id, CategoryPost.position.is_not(None))
        .order_by(CategoryPost.position)
    )
    return tuple((await session.scalars(statement)).all())


async def _comments(session: AsyncSession, post_id: int) -> tuple[CommentRow, ...]:
    statement = (
        select(
            Comment.depth,
            Comment.author_name,
            Comment.html,
            Comment.submitted_at,
            (Comment.status != CommentStatus.APPROVED).label("is_removed"),
        )
        .where(Comment.post_id == post_id, *visible_in_thread(Comment.__table__))
        .order_by(Comment.path)
        .limit(MOST_COMMENTS)
    )
    return tuple(CommentRow(*row) for row in await session.execute(statement))

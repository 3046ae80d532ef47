"""Loads what a rendition is made of: only what the public sees, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    FromClause,
    Result,
    Row,
    Select,
    bindparam,
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
    Image,
    Post,
    PostAuthor,
    Site,
)
from ..services.site import SITE_ID
from ..store import clock
from ..store.scope import Scope
from ..store.visibility import kept, published, visible_in_thread
from .address import Facts, SiteFacts
from .discussion import CommentRow
from .source import MOST_COMMENTS, Foremost, Source

_post: FromClause = Post.__table__
_SITE = (Site.title.label("site_title"), Site.url, Site.language, Site.post_prefix)
_IMAGE = (Image.sha256, Image.kind, Image.alt, Image.caption)
_POST_IDS: BindParameter[Any] = bindparam("post_ids", expanding=True)
_PRIME = 2_147_483_629  # the square of what is left by it fits a database's integers

Grouped = TypeVar("Grouped")
Part: TypeAlias = Callable[[FromClause, Scope], ColumnElement[Any]]


def names_version(post: FromClause) -> ColumnElement[int]:
    """Give a number that is another when the names of a post's authors or categories are.

    Renaming an author, moving posts out of a category that goes, or saying something else of an
    image leaves the post's own version as it is. Squares are summed, since sums alone are the same
    after two moves that even out.
    """
    authors = squares(Author.id, Author.version, 1).where(
        Author.id == PostAuthor.author_id, PostAuthor.post_id == post.c.id
    )
    categories = squares(Category.id, Category.version, 2).where(
        Category.id == CategoryPost.category_id,
        CategoryPost.post_id == post.c.id,
        CategoryPost.position.is_not(None),
    )
    image = squares(Image.id, Image.version, 3).where(Image.id == post.c.image_id)
    sums = (part.correlate(post).scalar_subquery() for part in (authors, categories, image))
    return cast(sum((func.coalesce(total, 0) for total in sums), literal(0)), BigInteger)


def squares(key: Any, version: Any, kind: int) -> Select[tuple[int]]:
    """Sum up what tells rows and their versions from others; the `kind` tells tables apart."""
    root = (key * 1_000_003 + version * 2 + kind) % _PRIME
    return select(func.sum(root * root % _PRIME))


def _of_image(column: Any) -> ColumnElement[Any]:
    """Give something of the image that stands above a post."""
    found = select(column).where(Image.id == _post.c.image_id).correlate(_post)
    return found.scalar_subquery().label(column.key)


def _of_post(name: str) -> Part:
    return lambda post, _scope: post.c[name]


def of_site(column: Any) -> Part:
    """Give a column of the site as an expression over whatever row."""
    return lambda _post, _scope: select(column).where(Site.id == SITE_ID).scalar_subquery()


SITE_FACTS: Sequence[Part] = tuple(
    map(of_site, (Site.title, Site.url, Site.language, Site.post_prefix, Site.secret))
)
"""What `SiteFacts.of` takes, as expressions over whatever row."""

FACTS: Sequence[Part] = (
    *map(_of_post, ("id", "slug", "version")),
    lambda post, _scope: names_version(post),
    _of_post("comments_version"),
    *SITE_FACTS,
)
"""What `facts_of` takes, as expressions over a row of posts."""


def facts_of(*values: Any) -> Facts:
    """Put together what a post's addresses are made of, from the values of `FACTS`."""
    post_id, slug, version, names_version, comments_version, *site = values
    return Facts(post_id, slug, version, names_version, comments_version, SiteFacts.of(*site))


async def load_facts(
    session: AsyncSession, post_id: int, *, as_it_stands: bool = False
) -> Facts | None:
    """Read what a post's addresses are made of; None where the public sees no such post.

    One `as_it_stands` the public need not see.
    """
    found = await load_facts_of_many(session, [post_id], as_they_stand=as_it_stands)
    return found.get(post_id)


async def load_facts_of_many(
    session: AsyncSession, post_ids: Collection[int], *, as_they_stand: bool = False
) -> Mapping[int, Facts]:
    """Read what the addresses of posts are made of, for those that the public sees."""
    rows = await _rows(session, _facts_statement, post_ids, as_they_stand)
    return {row[0]: facts_of(*row) for row in rows}


async def load_source(
    session: AsyncSession, post_id: int, *, comments: bool, as_it_stands: bool = False
) -> Source | None:
    """Read what a post's print document is made of; None where the public sees no such post.

    One `as_it_stands` the public need not see.
    """
    most = MOST_COMMENTS if comments else None
    found = await load_sources(session, [post_id], most_comments=most, as_they_stand=as_it_stands)
    return found.get(post_id)


async def load_sources(
    session: AsyncSession,
    post_ids: Collection[int],
    *,
    most_comments: int | None,
    as_they_stand: bool = False,
) -> Mapping[int, Source]:
    """Read what the print documents of posts are made of, for those that the public sees.

    Of each post's comments so many are read, the first; with None, none are asked for. A post that
    was never published is dated by its last change.
    """
    rows = await _rows(session, _sources_statement, post_ids, as_they_stand)
    bylines = await _names(session, _BYLINES, post_ids)
    categories = await _names(session, _CATEGORIES, post_ids)
    comments = await _comments(session, post_ids, most_comments) if most_comments else None
    return {
        row.id: Source(
            title=row.title,
            slug=row.slug,
            html=row.html,
            published_at=row.published_at or row.updated_at,
            updated_at=row.updated_at,
            site=SiteFacts(row.site_title, row.url, row.language, row.post_prefix),
            byline=tuple(bylines[row.id]),
            categories=tuple(categories[row.id]),
            comment_count=row.comment_count,
            image=row.sha256 and Foremost(row.sha256, row.kind, row.alt, row.caption),
            comments=None if comments is None else tuple(comments[row.id]),
        )
        for row in rows
    }


async def _rows(
    session: AsyncSession,
    statement: Callable[[Dialect, bool], Select[Any]],
    post_ids: Collection[int],
    as_they_stand: bool,
) -> Sequence[Row[Any]]:
    given = {"post_ids": list(post_ids), "now": clock.now()}
    built = statement(session.get_bind().dialect, as_they_stand)
    result: Result[Any] = await session.execute(built, given)
    return result.all()


# Building a statement costs more than running it.


@lru_cache(maxsize=4)
def _facts_statement(dialect: Dialect, as_they_stand: bool) -> Select[Any]:
    scope = Scope(dialect)
    columns = [part(_post, scope).label(f"fact{place}") for place, part in enumerate(FACTS)]
    return _shown(select(*columns), scope, as_they_stand)


@lru_cache(maxsize=4)
def _sources_statement(dialect: Dialect, as_they_stand: bool) -> Select[Any]:
    columns = (
        *(_post.c[name] for name in ("id", "title", "slug", "published_at", "updated_at")),
        *(_post.c.comment_count, Body.html, *_SITE, *map(_of_image, _IMAGE)),
    )
    told = select(*columns).where(Body.id == _post.c.body_id)
    return _shown(told, Scope(dialect), as_they_stand)


def _shown(statement: Select[Any], scope: Scope, as_they_stand: bool) -> Select[Any]:
    with_site = statement.join_from(_post, Site, Site.id == SITE_ID)
    seen = kept(_post) if as_they_stand else published(_post, scope)
    return with_site.where(_post.c.id.in_(_POST_IDS), *seen)


_BYLINES = (
    select(PostAuthor.post_id, Author.name)
    .join(Author, PostAuthor.author_id == Author.id)
    .where(PostAuthor.post_id.in_(_POST_IDS))
    .order_by(PostAuthor.position)
)
_CATEGORIES = (
    select(CategoryPost.post_id, Category.name)
    .join(Category, CategoryPost.category_id == Category.id)
    .where(CategoryPost.post_id.in_(_POST_IDS), CategoryPost.position.is_not(None))
    .order_by(CategoryPost.position)
)


async def _names(
    session: AsyncSession, statement: Select[int, str], post_ids: Collection[int]
) -> Mapping[int, list[str]]:
    rows = await session.execute(statement, {"post_ids": list(post_ids)})
    return _grouped(rows, lambda name: name)


async def _comments(
    session: AsyncSession, post_ids: Collection[int], most: int
) -> Mapping[int, list[CommentRow]]:
    given = {"post_ids": list(post_ids), "most": most}
    return _grouped(await session.execute(_comments_statement(), given), CommentRow)


@cache
def _comments_statement() -> Select[Any]:
    shown = (
        select(
            Comment.post_id,
            Comment.depth,
            Comment.author_name,
            Comment.html,
            Comment.submitted_at,
            (Comment.status != CommentStatus.APPROVED).label("is_removed"),
            Comment.path,
            func.row_number().over(partition_by=Comment.post_id, order_by=Comment.path),
        )
        .where(Comment.post_id.in_(_POST_IDS), *visible_in_thread(Comment.__table__))
        .subquery()
    )
    *told, path, place = shown.c
    return select(*told).where(place <= bindparam("most")).order_by(path)


def _grouped(
    rows: Iterable[Sequence[Any]], make: Callable[..., Grouped]
) -> Mapping[int, list[Grouped]]:
    """Put what rows hold besides a post's key under that key."""
    groups: dict[int, list[Grouped]] = defaultdict(list)
    for post_id, *told in rows:
        groups[post_id].append(make(*told))
    return groups

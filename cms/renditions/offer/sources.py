"""Loads what print documents are made of: what the public sees, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Dialect, Integer, bindparam, func, select

from ...content import (
    Author,
    Body,
    Category,
    CategoryPost,
    Comment,
    CommentStatus,
    Image,
    PostAuthor,
    Site,
)
from ...store import clock
from ...store.compiled import Compiled
from ...store.reading import Reading, Rows
from ...store.scope import Scope
from ...store.visibility import visible_in_thread
from ..address import SiteFacts
from ..making.discussion import CommentRow
from ..making.source import MOST_COMMENTS, Foremost, Source
from .asked import POSTS, asked, shown

_SITE = (Site.title.label("site_title"), Site.url, Site.language, Site.post_prefix)
_IMAGE = (Image.sha256, Image.kind, Image.alt, Image.caption)

Grouped = TypeVar("Grouped")


def load_source(
    dialect: Dialect, post_id: int, *, comments: bool, as_it_stands: bool = False
) -> Reading[Source | None]:
    """Read what a post's print document is made of; None where the public sees no such post.

    One `as_it_stands` the public need not see.
    """
    most = MOST_COMMENTS if comments else None
    found = yield from load_sources(
        dialect, [post_id], most_comments=most, as_they_stand=as_it_stands
    )
    return found.get(post_id)


def load_sources(
    dialect: Dialect,
    post_ids: Collection[int],
    *,
    most_comments: int | None,
    as_they_stand: bool = False,
) -> Reading[Mapping[int, Source]]:
    """Read what the print documents of posts are made of, for those that the public sees.

    Of each post's comments so many are read, the first; with None, none are asked for. A post that
    was never published is dated by its last change.
    """
    given = {"post_ids": post_ids, "now": clock.now(), "most": most_comments}
    rows = yield from _posts(dialect, as_they_stand).reading(given)
    bylines = _grouped((yield from _bylines(dialect).reading(given)), str)
    categories = _grouped((yield from _categories(dialect).reading(given)), str)
    comments = None
    if most_comments:
        comments = _grouped((yield from _comments(dialect).reading(given)), CommentRow)
    return {
        row[0]: _source(
            *row[1:],
            byline=tuple(bylines[row[0]]),
            categories=tuple(categories[row[0]]),
            comments=None if comments is None else tuple(comments[row[0]]),
        )
        for row in rows
    }


def _source(
    title: str,
    slug: str,
    published_at: datetime | None,
    updated_at: datetime,
    comment_count: int,
    html: str,
    *site_and_image: str,
    **told: Any,
) -> Source:
    *site, sha256, kind, alt, caption = site_and_image
    return Source(
        title=title,
        slug=slug,
        html=html,
        published_at=published_at or updated_at,
        updated_at=updated_at,
        site=SiteFacts(*site),
        comment_count=comment_count,
        image=Foremost(sha256, kind, alt, caption) if sha256 else None,
        **told,
    )


@lru_cache(maxsize=4)
def _posts(dialect: Dialect, as_they_stand: bool) -> Compiled:
    """Read what `_source` takes, after the key of each post."""
    columns = (
        *(POSTS.c[name] for name in ("id", "title", "slug", "published_at", "updated_at")),
        *(POSTS.c.comment_count, Body.html, *_SITE, *map(_of_image, _IMAGE)),
    )
    told = select(*columns).where(Body.id == POSTS.c.body_id)
    return Compiled(shown(told, Scope(dialect), as_they_stand), dialect)


def _of_image(column: Any) -> ColumnElement[Any]:
    """Give something of the image that stands above a post."""
    found = select(column).where(Image.id == POSTS.c.image_id).correlate(POSTS)
    return found.scalar_subquery().label(column.key)


@lru_cache(maxsize=4)
def _bylines(dialect: Dialect) -> Compiled:
    statement = (
        select(PostAuthor.post_id, Author.name)
        .join(Author, PostAuthor.author_id == Author.id)
        .where(asked(PostAuthor.post_id, dialect))
        .order_by(PostAuthor.position)
    )
    return Compiled(statement, dialect)


@lru_cache(maxsize=4)
def _categories(dialect: Dialect) -> Compiled:
    statement = (
        select(CategoryPost.post_id, Category.name)
        .join(Category, CategoryPost.category_id == Category.id)
        .where(asked(CategoryPost.post_id, dialect), CategoryPost.position.is_not(None))
        .order_by(CategoryPost.position)
    )
    return Compiled(statement, dialect)


@lru_cache(maxsize=4)
def _comments(dialect: Dialect) -> Compiled:
    """Read the post of each comment, and what `CommentRow` takes."""
    visible = (
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
        .where(asked(Comment.post_id, dialect), *visible_in_thread(Comment.__table__))
        .subquery()
    )
    *told, path, place = visible.c
    most = bindparam("most", None, type_=Integer())
    return Compiled(select(*told).where(place <= most).order_by(path), dialect)


def _grouped(rows: Rows, make: Callable[..., Grouped]) -> Mapping[int, list[Grouped]]:
    """Put what rows hold besides a post's key under that key."""
    groups: dict[int, list[Grouped]] = defaultdict(list)
    for post_id, *told in rows:
        groups[post_id].append(make(*told))
    return groups

"""Loads what a rendition is made of: only what the public sees, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    FromClause,
    Integer,
    Select,
    bindparam,
    cast,
    func,
    literal,
    select,
)

from ...content import (
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
from ...services.site import SITE_ID
from ...store import clock
from ...store.compiled import Compiled
from ...store.key_tables import keys_table
from ...store.reading import Reading, Rows
from ...store.scope import Scope
from ...store.visibility import kept, published, visible_in_thread
from ..address import Facts, SiteFacts
from ..making.discussion import CommentRow
from ..making.source import MOST_COMMENTS, Foremost, Source

_post: FromClause = Post.__table__
_SITE = (Site.title.label("site_title"), Site.url, Site.language, Site.post_prefix)
_IMAGE = (Image.sha256, Image.kind, Image.alt, Image.caption)
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


def load_facts(
    dialect: Dialect, post_id: int, *, as_it_stands: bool = False
) -> Reading[Facts | None]:
    """Read what a post's addresses are made of; None where the public sees no such post.

    One `as_it_stands` the public need not see.
    """
    found = yield from load_facts_of_many(dialect, [post_id], as_they_stand=as_it_stands)
    return found.get(post_id)


def load_facts_of_many(
    dialect: Dialect, post_ids: Collection[int], *, as_they_stand: bool = False
) -> Reading[Mapping[int, Facts]]:
    """Read what the addresses of posts are made of, for those that the public sees."""
    given = {"post_ids": post_ids, "now": clock.now()}
    rows = yield from _facts(dialect, as_they_stand).reading(given)
    return {row[0]: facts_of(*row) for row in rows}


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


# Compiling a statement costs more than running it.


@lru_cache(maxsize=4)
def _facts(dialect: Dialect, as_they_stand: bool) -> Compiled:
    scope = Scope(dialect)
    columns = [part(_post, scope).label(f"fact{place}") for place, part in enumerate(FACTS)]
    return Compiled(_shown(select(*columns), scope, as_they_stand), dialect)


@lru_cache(maxsize=4)
def _posts(dialect: Dialect, as_they_stand: bool) -> Compiled:
    """Read what `_source` takes, after the key of each post."""
    columns = (
        *(_post.c[name] for name in ("id", "title", "slug", "published_at", "updated_at")),
        *(_post.c.comment_count, Body.html, *_SITE, *map(_of_image, _IMAGE)),
    )
    told = select(*columns).where(Body.id == _post.c.body_id)
    return Compiled(_shown(told, Scope(dialect), as_they_stand), dialect)


def _shown(statement: Select[Any], scope: Scope, as_they_stand: bool) -> Select[Any]:
    with_site = statement.join_from(_post, Site, Site.id == SITE_ID)
    seen = kept(_post) if as_they_stand else published(_post, scope)
    return with_site.where(_asked(_post.c.id, scope.dialect), *seen)


@lru_cache(maxsize=4)
def _bylines(dialect: Dialect) -> Compiled:
    statement = (
        select(PostAuthor.post_id, Author.name)
        .join(Author, PostAuthor.author_id == Author.id)
        .where(_asked(PostAuthor.post_id, dialect))
        .order_by(PostAuthor.position)
    )
    return Compiled(statement, dialect)


@lru_cache(maxsize=4)
def _categories(dialect: Dialect) -> Compiled:
    statement = (
        select(CategoryPost.post_id, Category.name)
        .join(Category, CategoryPost.category_id == Category.id)
        .where(_asked(CategoryPost.post_id, dialect), CategoryPost.position.is_not(None))
        .order_by(CategoryPost.position)
    )
    return Compiled(statement, dialect)


@lru_cache(maxsize=4)
def _comments(dialect: Dialect) -> Compiled:
    """Read the post of each comment, and what `CommentRow` takes."""
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
        .where(_asked(Comment.post_id, dialect), *visible_in_thread(Comment.__table__))
        .subquery()
    )
    *told, path, place = shown.c
    most = bindparam("most", None, type_=Integer())
    return Compiled(select(*told).where(place <= most).order_by(path), dialect)


def _asked(key: Any, dialect: Dialect) -> ColumnElement[bool]:
    """Whether a key is among those of the posts that are asked for."""
    asked: ColumnElement[bool] = key.in_(select(keys_table("post_ids", dialect).c.value))
    return asked


def _grouped(rows: Rows, make: Callable[..., Grouped]) -> Mapping[int, list[Grouped]]:
    """Put what rows hold besides a post's key under that key."""
    groups: dict[int, list[Grouped]] = defaultdict(list)
    for post_id, *told in rows:
        groups[post_id].append(make(*told))
    return groups

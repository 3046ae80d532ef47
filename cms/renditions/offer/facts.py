"""Loads what the addresses of renditions are made of: whatever changes them when it changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    FromClause,
    Select,
    cast,
    func,
    literal,
    select,
)

from ...content import Author, Category, CategoryPost, Image, PostAuthor, Site
from ...services.site import SITE_ID
from ...store import clock
from ...store.compiled import Compiled
from ...store.reading import Reading
from ...store.scope import Scope
from ..address import Facts, SiteFacts
from .asked import POSTS, shown

_PRIME = 2_147_483_629  # the square of what is left by it fits a database's integers

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


@lru_cache(maxsize=4)
def _facts(dialect: Dialect, as_they_stand: bool) -> Compiled:
    scope = Scope(dialect)
    columns = [part(POSTS, scope).label(f"fact{place}") for place, part in enumerate(FACTS)]
    return Compiled(shown(select(*columns), scope, as_they_stand), dialect)

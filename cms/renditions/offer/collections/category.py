"""A category as a book: the posts that readers see in it and below it, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    FromClause,
    Select,
    bindparam,
    cast,
    func,
    literal,
    select,
)

from ....content import Category, CategoryPost, Post, Site
from ....errors import NotFound
from ....store import clock
from ....store.categories import post_count
from ....store.compiled import Compiled
from ....store.reading import Reading
from ....store.scope import Scope
from ....store.visibility import published
from ...address import Address, SiteFacts, digest_of, state_of_site, write_name
from ...formats.format import Format
from ...formats.options import RenditionOptions
from ...press.job import Job
from ..facts import SITE_FACTS, Part, names_version, of_site, squares
from .binding import MOST_ARTICLES, BookRenditions, book_job, load_articles
from .job import BookSource

FOLDER = "renditions/categories"


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """What tells one state of a category's book from another."""

    category_id: int
    slug: str
    version: int
    contents_version: int
    """Differs when the book holds other articles, or when one of them was changed."""
    comments_version: int
    leaves_out: bool
    """Whether the category has more posts than the book."""
    prefix: str
    site: SiteFacts

    @property
    def canonical(self) -> str:
        """Where the category is read on the site."""
        return self.site.url + self.prefix + self.slug


class CategoryRenditions(BookRenditions[CategoryFacts]):
    """The books of categories."""

    __slots__ = ()

    async def facts(self, category_id: int) -> CategoryFacts:
        """Read what the addresses of a category's book are made of. Raises NotFound."""
        return await self.database.reader.run(self._load(category_id))

    def address(self, facts: CategoryFacts, wanted: Format, options: RenditionOptions) -> Address:
        """Give the one address of a rendition."""
        heeded = options.only(wanted.heeds)
        state = [
            facts.category_id,
            facts.slug,
            facts.version,
            facts.contents_version,
            facts.comments_version if heeded.comments else None,
            facts.leaves_out,
            facts.prefix,
            state_of_site(facts.site),
        ]
        name = write_name(facts.category_id, facts.slug, wanted)
        digest = digest_of(wanted, heeded, self.press.terms, state)
        return Address(digest, name, heeded.to_query(), FOLDER)

    def present(self, facts: CategoryFacts) -> Reading[CategoryFacts]:
        """Read the facts as they are now; see Renditions."""
        return self._load(facts.category_id)

    def job(
        self, present: CategoryFacts, wanted: Format, options: RenditionOptions
    ) -> Reading[Job]:
        """Read what the book is made of; see Renditions."""
        asked = {"category_id": present.category_id, "now": clock.now()}
        ((name, description),) = yield from _titles(self.dialect).reading(asked)
        newest = yield from _contents(self.dialect).reading(asked)
        posts = [post_id for (post_id,) in reversed(newest)]
        source = BookSource(
            title=name,
            subtitle=description,
            address=present.canonical,
            identity=present.canonical,
            site=present.site,
            articles=(yield from load_articles(self.dialect, posts, options)),
            remarks=[_LEFT_OUT] if present.leaves_out else [],
        )
        return book_job(source, wanted, options)

    def _load(self, category_id: int) -> Reading[CategoryFacts]:
        asked = {"category_id": category_id, "now": clock.now()}
        rows = yield from _facts(self.dialect).reading(asked)
        if not rows:
            raise NotFound("There is no such category")
        return category_facts_of(*rows[0])


_LEFT_OUT = f"Only the newest {MOST_ARTICLES} articles of the category are in this book."
_category: FromClause = Category.__table__


def _newest(category_id: Any, scope: Scope) -> Select[tuple[int]]:
    entry = CategoryPost.__table__.alias()
    return (
        select(entry.c.post_id)
        .where(entry.c.category_id == category_id, *published(entry, scope))
        .order_by(entry.c.published_at.desc(), entry.c.post_id.desc())
        .limit(literal(MOST_ARTICLES, literal_execute=True))
    )


def _contents_version(category: FromClause, scope: Scope) -> ColumnElement[int]:
    post = Post.__table__.alias()
    state = post.c.version * 2 + names_version(post)
    return _summed(post, state, category, scope)


def _comments_version(category: FromClause, scope: Scope) -> ColumnElement[int]:
    post = Post.__table__.alias()
    return _summed(post, post.c.comments_version, category, scope)


def _summed(
    post: FromClause, state: ColumnElement[int], category: FromClause, scope: Scope
) -> ColumnElement[int]:
    newest = _newest(category.c.id, scope).correlate(category)
    total = squares(post.c.id, state, 4).where(post.c.id.in_(newest))
    return cast(func.coalesce(total.correlate(category).scalar_subquery(), 0), BigInteger)


def _leaves_out(category: FromClause, scope: Scope) -> ColumnElement[bool]:
    return post_count(category, scope) > MOST_ARTICLES


CATEGORY_FACTS: Sequence[Part] = (
    *(lambda category, _scope, name=name: category.c[name] for name in ("id", "slug", "version")),
    _contents_version,
    _comments_version,
    _leaves_out,
    of_site(Site.category_prefix),
    *SITE_FACTS,
)
"""What `category_facts_of` takes, as expressions over a row of categories."""


def category_facts_of(*values: Any) -> CategoryFacts:
    """Put together what the addresses of a book are made of, from `CATEGORY_FACTS`."""
    key, slug, version, contents, comments, leaves_out, prefix, *site = values
    return CategoryFacts(
        key, slug, version, contents, comments, bool(leaves_out), prefix, SiteFacts.of(*site)
    )


_CATEGORY_ID = bindparam("category_id", None, type_=BigInteger())


@lru_cache(maxsize=4)
def _facts(dialect: Dialect) -> Compiled:
    scope = Scope(dialect)
    columns = [
        part(_category, scope).label(f"fact{place}") for place, part in enumerate(CATEGORY_FACTS)
    ]
    return Compiled(select(*columns).where(_category.c.id == _CATEGORY_ID), dialect)


@lru_cache(maxsize=4)
def _titles(dialect: Dialect) -> Compiled:
    statement = select(Category.name, Category.description).where(Category.id == _CATEGORY_ID)
    return Compiled(statement, dialect)


@lru_cache(maxsize=4)
def _contents(dialect: Dialect) -> Compiled:
    """Read which posts are in the book, the newest first."""
    return Compiled(_newest(_CATEGORY_ID, Scope(dialect)), dialect)

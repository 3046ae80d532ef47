"""A category as a book: the posts that readers see in it and below it, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    ScalarResult,
    Select,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Category, CategoryPost, Post, Site
from ...errors import NotFound
from ...store import clock
from ...store.categories import post_count
from ...store.scope import Scope
from ...store.sessions import reading_session
from ...store.visibility import published
from ..address import Address, SiteFacts, digest_of, state_of_site, write_name
from ..formats import Format
from ..job import Job
from ..loading import SITE_FACTS, Part, names_version, of_site, squares
from ..options import RenditionOptions
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
        async with reading_session(self.database) as session:
            return await _load_facts(session, category_id)

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

    async def present(self, session: AsyncSession, facts: CategoryFacts) -> CategoryFacts:
        """Read the facts as they are now; see Renditions."""
        return await _load_facts(session, facts.category_id)

    async def job(
        self,
        session: AsyncSession,
        present: CategoryFacts,
        wanted: Format,
        options: RenditionOptions,
    ) -> Job:
        """Read what the book is made of; see Renditions."""
        category = await session.get_one(Category, present.category_id)
        source = BookSource(
            title=category.name,
            subtitle=category.description,
            address=present.canonical,
            identity=present.canonical,
            site=present.site,
            articles=await load_articles(session, await _posts(session, category.id), options),
            remarks=[_LEFT_OUT] if present.leaves_out else [],
        )
        return book_job(source, wanted, options)


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


async def _load_facts(session: AsyncSession, category_id: int) -> CategoryFacts:
    scope = Scope(session.get_bind().dialect)
    columns = [
        part(_category, scope).label(f"fact{place}") for place, part in enumerate(CATEGORY_FACTS)
    ]
    statement = select(*columns).where(_category.c.id == category_id)
    row = (await session.execute(statement, {"now": clock.now()})).one_or_none()
    if row is None:
        raise NotFound("There is no such category")
    return category_facts_of(*row)


async def _posts(session: AsyncSession, category_id: int) -> Sequence[int]:
    """Read which posts are in the book, the oldest first."""
    scope = Scope(session.get_bind().dialect)
    newest: ScalarResult[int] = await session.scalars(
        _newest(category_id, scope), {"now": clock.now()}
    )
    return newest.all()[::-1]

"""Posts as export folders write them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import (
    Addressed,
    Author,
    Body,
    Category,
    CategoryPost,
    Post,
    PostAuthor,
    PostTag,
    RetiredSlug,
    SourceFormat,
    Tag,
)
from .dates import write_date


@dataclass
class Facts:
    """What other tables say of a post."""

    body: Body
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    former_slugs: list[str] = field(default_factory=list)
    image: str | None = None


async def facts_of(
    session: AsyncSession, posts: Sequence[Post], images: Mapping[int, str]
) -> dict[int, Facts]:
    """Read what belongs to some posts, by their keys; `images` names those that are written."""
    keys = [post.id for post in posts]
    bodies = await session.scalars(select(Body).where(Body.id.in_(post.body_id for post in posts)))
    by_id = {body.id: body for body in bodies}
    authors = await _grouped(session, _authors(keys))
    categories = await _grouped(session, _categories(keys))
    tags = await _grouped(session, _tags(keys))
    slugs = await _grouped(session, _former_slugs(keys))
    return {
        post.id: Facts(
            by_id[post.body_id],
            authors[post.id],
            categories[post.id],
            tags[post.id],
            slugs[post.id],
            images.get(post.image_id or 0),
        )
        for post in posts
    }


def write_post(post: Post, facts: Facts) -> tuple[dict[str, Any], str]:
    """Give a post's front matter, without what is the default, and its body."""
    fields = {
        "title": post.title,
        "status": post.status.value.lower(),
        "published_at": write_date(post.published_at) if post.published_at else None,
        "updated_at": write_date(post.updated_at),
        "created_at": write_date(post.created_at),
        "authors": facts.authors or None,
        "categories": facts.categories or None,
        "tags": facts.tags or None,
        "sticky": post.sticky or None,
        "comments_open": None if post.comments_open else False,
        "excerpt": post.written_excerpt,
        "former_slugs": facts.former_slugs or None,
        "image": facts.image,
        "body_format": "html" if facts.body.format is SourceFormat.HTML else None,
    }
    return fields, facts.body.source


def _authors(keys: Sequence[int]) -> Select[int, str]:
    return (
        select(PostAuthor.post_id, Author.slug)
        .join(Author, Author.id == PostAuthor.author_id)
        .where(PostAuthor.post_id.in_(keys))
        .order_by(PostAuthor.post_id, PostAuthor.position)
    )


def _categories(keys: Sequence[int]) -> Select[int, str]:
    return (
        select(CategoryPost.post_id, Category.slug)
        .join(Category, Category.id == CategoryPost.category_id)
        .where(CategoryPost.post_id.in_(keys), CategoryPost.position.is_not(None))
        .order_by(CategoryPost.post_id, CategoryPost.position)
    )


def _tags(keys: Sequence[int]) -> Select[int, str]:
    return (
        select(PostTag.post_id, Tag.name)
        .join(Tag, Tag.id == PostTag.tag_id)
        .where(PostTag.post_id.in_(keys))
        .order_by(PostTag.post_id, PostTag.position)
    )


def _former_slugs(keys: Sequence[int]) -> Select[int | None, str]:
    return (
        select(RetiredSlug.entity_id, RetiredSlug.slug)
        .where(RetiredSlug.kind == Addressed.POST, RetiredSlug.entity_id.in_(keys))
        .order_by(RetiredSlug.retired_at.desc(), RetiredSlug.slug)
    )


async def _grouped(
    session: AsyncSession, pairs: Select[int, str] | Select[int | None, str]
) -> defaultdict[int | None, list[str]]:
    grouped: defaultdict[int | None, list[str]] = defaultdict(list)
    for post_id, name in await session.execute(pairs):
        grouped[post_id].append(name)
    return grouped

"""What a post is linked to: authors, categories and tags, each in its order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, delete, insert, literal, null, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import (
    Author,
    Category,
    CategoryPost,
    Post,
    PostAuthor,
    PostStatus,
    PostTag,
    Tag,
)
from ..categories import archive

_TABLES: tuple[type[PostAuthor | PostTag | CategoryPost], ...] = (PostAuthor, PostTag, CategoryPost)
_WHOLE_TABLE: dict[str, Any] = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Links:
    """The ids in their order; `archive` has the categories and all above them."""

    authors: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    tag_names: tuple[str, ...] = ()
    archive: frozenset[int] = frozenset()


async def read(session: AsyncSession, post_id: int) -> Links:
    """Give what a post is linked to, by one statement."""
    rows = (await session.execute(_statement(post_id))).all()
    direct = sorted((row for row in rows if row.position is not None), key=lambda r: r.position)
    by_kind = {
        kind: tuple(row for row in direct if row.kind == kind)
        for kind in ("author", "category", "tag")
    }
    return Links(
        authors=tuple(row.id for row in by_kind["author"]),
        categories=tuple(row.id for row in by_kind["category"]),
        tags=tuple(row.id for row in by_kind["tag"]),
        tag_names=tuple(row.name for row in by_kind["tag"]),
        archive=frozenset(row.id for row in rows if row.kind == "category"),
    )


async def write(session: AsyncSession, post: Post, before: Links, after: Links) -> Links:
    """Store what a post is linked to, and answer it with the archive that follows from it."""
    filing = await archive.filing(session, after.categories)
    repeated = {"post_id": post.id, "status": post.status, "published_at": post.published_at}
    if before != Links():
        await _remove(session, post.id)
    rows: dict[Any, list[dict[str, Any]]] = {
        PostAuthor: [{"author_id": key, "position": n} for n, key in enumerate(after.authors)],
        PostTag: [{"tag_id": key, "position": n} for n, key in enumerate(after.tags)],
        CategoryPost: [{"category_id": key, "position": n} for key, n in filing.items()],
    }
    for table, entries in rows.items():
        if entries:
            await session.execute(insert(table), [entry | repeated for entry in entries])
    return Links(after.authors, after.categories, after.tags, after.tag_names, frozenset(filing))


def repeat_on(post: Post, after: Links) -> None:
    """Repeat the keys of its links on the post itself."""
    post.author_ids = list(after.authors)
    post.category_ids = list(after.categories)
    post.tag_ids = list(after.tags)


async def repeat(session: AsyncSession, post: Post) -> None:
    """Bring the copies of a post's status and date of publication up to it."""
    values = {"status": post.status, "published_at": post.published_at}
    for table in _TABLES:
        changed = update(table).where(table.post_id == post.id).values(values)
        await session.execute(changed, execution_options=_WHOLE_TABLE)


async def recount(
    session: AsyncSession, before: Links, was: PostStatus, after: Links, now: PostStatus
) -> None:
    """Move a post from the counts that it was in to those that it belongs in."""
    old = before if was is PostStatus.PUBLISHED else Links()
    new = after if now is PostStatus.PUBLISHED else Links()
    await archive.recount(session, Author, old.authors, new.authors)
    await archive.recount(session, Category, old.archive, new.archive)


async def existing(
    session: AsyncSession, author_ids: Sequence[int], category_ids: Sequence[int]
) -> tuple[set[int], set[int]]:
    """Tell which of these authors and categories there are, by one statement."""
    if not author_ids and not category_ids:
        return set(), set()
    rows = await session.execute(
        union_all(
            select(literal("author").label("kind"), Author.id).where(Author.id.in_(author_ids)),
            select(literal("category"), Category.id).where(Category.id.in_(category_ids)),
        )
    )
    found: dict[str, set[int]] = {"author": set(), "category": set()}
    for kind, key in rows:
        found[kind].add(key)
    return found["author"], found["category"]


async def _remove(session: AsyncSession, post_id: int) -> None:
    for table in _TABLES:
        rows = delete(table).where(table.post_id == post_id)
        await session.execute(rows, execution_options=_WHOLE_TABLE)


def _statement(post_id: int) -> Executable:
    return union_all(
        select(
            literal("author").label("kind"),
            PostAuthor.author_id.label("id"),
            PostAuthor.position.label("position"),
            null().label("name"),
        ).where(PostAuthor.post_id == post_id),
        select(literal("category"), CategoryPost.category_id, CategoryPost.position, null()).where(
            CategoryPost.post_id == post_id
        ),
        select(literal("tag"), PostTag.tag_id, PostTag.position, Tag.name)
        .join(Tag, Tag.id == PostTag.tag_id)
        .where(PostTag.post_id == post_id),
    )

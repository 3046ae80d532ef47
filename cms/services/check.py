"""Checking that the store keeps what it promises: counts, archives, revisions, journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import Category, CategoryAncestor, Post, Revision
from ..store.search_check import stale_posts
from .invariants import invariants
from .posts.links import Links
from .posts.state import snapshot

SHOWN = 20
"""How many breaches of one kind are listed."""

_LISTS = frozenset({"authorIds", "categoryIds", "tags"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A promise that is broken, and by which row."""

    what: str
    where: int


async def check(session: AsyncSession) -> list[Problem]:
    """List all that is wrong in the store, up to 20 rows of each kind; empty where all is well."""
    problems = await _check_tree(session)
    for what, broken in invariants(session.get_bind().dialect.name).items():
        found = await session.scalars(text(broken + " LIMIT :shown"), {"shown": SHOWN})
        problems += [Problem(what, where) for where in found]
    problems += await _check_search(session)
    return problems + await _check_revisions(session)


async def _check_tree(session: AsyncSession) -> list[Problem]:
    rows = await session.execute(select(Category.id, Category.parent_id))
    parents: dict[int, int | None] = {row.id: row.parent_id for row in rows}
    stored = await session.execute(
        select(
            CategoryAncestor.category_id, CategoryAncestor.ancestor_id, CategoryAncestor.distance
        )
    )
    expected = {row for category_id in parents for row in _line(category_id, parents)}
    wrong = expected ^ {tuple(row) for row in stored}
    return [
        Problem("the closure of the tree of categories is wrong", category_id)
        for category_id in sorted({row[0] for row in wrong})[:SHOWN]
    ]


def _line(category_id: int, parents: Mapping[int, int | None]) -> set[tuple[int, int, int]]:
    """Give the rows of the closure for a category; a tree that bites its tail comes to an end."""
    line: list[int] = []
    above: int | None = category_id
    while above is not None and above not in line:
        line.append(above)
        above = parents.get(above)
    return {(category_id, key, distance) for distance, key in enumerate(line)}


async def _check_search(session: AsyncSession) -> list[Problem]:
    problems: list[Problem] = []
    async for post_id in stale_posts(session):
        problems.append(Problem("the full-text index holds other words of a post", post_id))
        if len(problems) == SHOWN:
            break
    return problems


async def _check_revisions(session: AsyncSession) -> list[Problem]:
    """Compare each post with its newest revision, but for its lists, which have their own tables.

    Categories may be deleted without a new version of the posts in them.
    """
    pairs = await session.stream(
        select(Post, Revision).join(
            Revision, (Revision.post_id == Post.id) & (Revision.version == Post.version)
        ),
        execution_options={"yield_per": 500},
    )
    problems: list[Problem] = []
    async for post, revision in pairs:
        if len(problems) < SHOWN and _content(post) != _revised(revision):
            problems.append(Problem("a post differs from its newest revision", post.id))
    return problems


def _content(post: Post) -> dict[str, Any]:
    fields = {key: value for key, value in snapshot(post, Links()).items() if key not in _LISTS}
    return fields | {"title": post.title, "body": post.body_id}


def _revised(revision: Revision) -> dict[str, Any]:
    fields = {key: value for key, value in revision.snapshot.items() if key not in _LISTS}
    return fields | {"title": revision.title, "body": revision.body_id}

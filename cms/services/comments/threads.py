"""Threads: what readers see of a post's comments, in what places, and the counts of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...comments.places import place
from ...content import (
    ChangeKind,
    Comment,
    CommentStatus,
    Post,
    Site,
)

FRESH = {"populate_existing": True}
"""For entities read under the lock: what the session knew of them before may have changed."""


async def _stored(session: AsyncSession, comment_id: int) -> Comment | None:
    statement = select(Comment).where(Comment.id == comment_id)
    return await session.scalar(statement.execution_options(**FRESH))


class Sight(IntEnum):
    """What readers see of a comment."""

    HIDDEN = 0
    TOMBSTONE = 1
    """Its place alone, for the sake of the replies below it."""
    SHOWN = 2


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a comment, as its readers see it."""

    comment: Comment
    kind: ChangeKind


@dataclass(slots=True)
class Thread:
    """The comments of one post, held by one unit of work until it ends.

    Whoever changes comments opens the thread first and thereby locks the row of the post, so that
    counts may be read, reckoned and written like any other value. Who opens several does so in
    the order of their posts' ids, lest two wait for each other.
    """

    session: AsyncSession
    post: Post
    secret: bytes
    """The key of the site's keyed hashes, which every change needs."""
    read: Callable[[AsyncSession, int], Awaitable[Comment | None]] = _stored
    """How a comment is read that is not known yet."""
    _known: dict[int, Comment] = field(default_factory=dict)

    @classmethod
    async def open(cls, session: AsyncSession, post_id: int) -> Self | None:
        """Lock the comments of a post; none if there is no such post."""
        if not is_key(post_id):
            return None
        row = (
            await session.execute(
                select(Post, Site.secret)
                .join(Site, Site.id == 1)
                .where(Post.id == post_id)
                .with_for_update(of=Post, key_share=True)
                .execution_options(**FRESH)
            )
        ).one_or_none()
        return cls(session, row[0], row[1]) if row else None

    async def comment(self, comment_id: int) -> Comment | None:
        """Read a comment of any post as it is since the lock was taken."""
        if not is_key(comment_id):
            return None
        if comment_id not in self._known:
            found = await self.read(self.session, comment_id)
            if found is None:
                return None
            self.remember(found)
        return self._known[comment_id]

    def remember(self, comment: Comment) -> None:
        """Take note of a comment that was read since the lock was taken."""
        self._known[comment.id] = comment

    async def turn(
        self, comment: Comment, status: CommentStatus, *, rewritten: bool = False
    ) -> list[Change]:
        """Give a comment its status; keep places, counts and tombstones in line.

        `rewritten` says that it has a new text as well. Answers all that readers see of it, in an
        order in which a parent is always told of before its replies appear, and after they
        disappear.
        """
        changes = await self._change(comment, status=status)
        if rewritten and not changes and sight_of(comment) is Sight.SHOWN:
            changes = [Change(comment, ChangeKind.UPDATED)]
        if changes:
            self.post.comments_version += 1
        return changes

    async def _change(
        self, comment: Comment, *, status: CommentStatus | None = None, replies: int = 0
    ) -> list[Change]:
        before = sight_of(comment)
        comment.status = status or comment.status
        comment.reply_count += replies
        after = sight_of(comment)
        if before is after:
            return []
        self._count(before, -1)
        self._count(after, +1)
        return await self._told(comment, before, after)

    def _count(self, sight: Sight, by: int) -> None:
        if sight is Sight.SHOWN:
            self.post.comment_count += by
        elif sight is Sight.TOMBSTONE:
            self.post.tombstone_count += by

    async def _told(self, comment: Comment, before: Sight, after: Sight) -> list[Change]:
        if before and after:
            return [Change(comment, ChangeKind.UPDATED)]
        if after:
            return [*await self._appear(comment), Change(comment, ChangeKind.CREATED)]
        return [Change(comment, ChangeKind.DELETED), *await self._pass_on(comment, -1)]

    async def _appear(self, comment: Comment) -> list[Change]:
        changes = await self._pass_on(comment, +1)
        if comment.ordinal is None:
            parent = await self.parent(comment)
            above = parent or self.post
            above.last_ordinal += 1
            place(comment, parent, above.last_ordinal)
        return changes

    async def _pass_on(self, comment: Comment, replies: int) -> list[Change]:
        parent = await self.parent(comment)
        if parent is None:
            self.post.thread_count += replies
            return []
        changes = await self._change(parent, replies=replies)
        if changes:
            parent.version += 1
        return changes

    async def parent(self, comment: Comment) -> Comment | None:
        """Give the comment that another is a reply to; none for one on the post itself."""
        return await self.comment(comment.parent_id) if comment.parent_id is not None else None


def sight_of(comment: Comment) -> Sight:
    """Tell what readers see of a comment."""
    if comment.status is CommentStatus.APPROVED:
        return Sight.SHOWN
    return Sight.TOMBSTONE if comment.reply_count else Sight.HIDDEN


def is_key(number: int) -> bool:
    """Tell whether a number can be a key at all: databases fail on larger ones."""
    return 0 < number < 2**63

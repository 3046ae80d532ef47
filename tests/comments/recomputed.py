"""A plain recomputation of what readers see of a post's comments."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from pressroom.cms.content import Comment, CommentStatus, Post
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session

Children = Mapping[int | None, Sequence[Comment]]


async def assert_right(database: Database, post_id: int) -> list[Comment]:
    """Compare places, counts and orders with the tree itself; answers what readers see."""
    async with reading_session(database) as session:
        post = await session.get_one(Post, post_id)
        stored = list(await session.scalars(select(Comment).where(Comment.post_id == post_id)))
        by_path = await _ordered(database, post_id, reverse=False)
        by_reversed_path = await _ordered(database, post_id, reverse=True)
    visible = _visible(stored)
    _assert_counts(post, stored, visible)
    _assert_places(stored, visible)
    assert [c.id for c in by_path if c.id in visible] == list(_walk(_children(stored), visible))
    assert [c.id for c in by_reversed_path if c.id in visible] == list(
        _walk(_children(stored), visible, newest_first=True)
    )
    return [comment for comment in by_path if comment.id in visible]


async def _ordered(database: Database, post_id: int, *, reverse: bool) -> list[Comment]:
    path = Comment.reversed_path if reverse else Comment.path
    statement = select(Comment).where(Comment.post_id == post_id, path.is_not(None))
    async with reading_session(database) as session:
        return list(await session.scalars(statement.order_by(path)))


def _children(comments: Sequence[Comment]) -> Children:
    children: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        children[comment.parent_id].append(comment)
    return children


def _visible(comments: Sequence[Comment]) -> set[int]:
    parents = {comment.id: comment.parent_id for comment in comments}
    visible: set[int] = set()
    for comment in comments:
        above: int | None = comment.id if comment.status is CommentStatus.APPROVED else None
        while above is not None:
            visible.add(above)
            above = parents[above]
    return visible


def _assert_counts(post: Post, stored: Sequence[Comment], visible: set[int]) -> None:
    approved = {comment.id for comment in stored if comment.status is CommentStatus.APPROVED}
    children = _children(stored)
    assert post.comment_count == len(approved)
    assert post.tombstone_count == len(visible - approved)
    assert post.thread_count == sum(comment.id in visible for comment in children[None])
    for comment in stored:
        assert comment.reply_count == sum(reply.id in visible for reply in children[comment.id])


def _assert_places(stored: Sequence[Comment], visible: set[int]) -> None:
    for comment in stored:
        assert comment.path is not None or comment.id not in visible
    for siblings in _children(stored).values():
        ordinals = sorted(one.ordinal for one in siblings if one.ordinal is not None)
        assert ordinals == list(range(1, len(ordinals) + 1))


def _walk(
    children: Children, visible: set[int], parent: int | None = None, *, newest_first: bool = False
) -> Iterator[int]:
    siblings = [comment for comment in children.get(parent, ()) if comment.id in visible]
    for comment in sorted(siblings, key=lambda one: one.ordinal or 0, reverse=newest_first):
        yield comment.id
        yield from _walk(children, visible, comment.id, newest_first=newest_first)

"""The rows that a submission reads and writes, by statements that are prepared.

Of posts and comments no more is read than a submission needs, into objects that no session knows:
what is to be stored of them is said here.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...comments.check import Question
from ...content import Comment, Post, Site
from ...store.detached import detached
from ...store.prepared import Prepared

_POSTS, _COMMENTS, _SITES = Post.__table__, Comment.__table__, Site.__table__
_STATE_OF_POST = ("id", "status", "published_at", "comments_open")
_COUNTS_OF_POST = (
    "comment_count",
    "thread_count",
    "tombstone_count",
    "comments_version",
    "last_ordinal",
)
_STATE_OF_COMMENT = (
    "id",
    "post_id",
    "parent_id",
    "root_id",
    "depth",
    "status",
    "path",
    "reversed_path",
)
_COUNTS_OF_COMMENT = ("last_ordinal", "reply_count", "version")
_OF_POST = (*_STATE_OF_POST, *_COUNTS_OF_POST)
_OF_COMMENT = (*_STATE_OF_COMMENT, *_COUNTS_OF_COMMENT)
_NEW = tuple(column.name for column in _COMMENTS.columns if not column.primary_key)

_PARENT = [_COMMENTS.c[name] for name in _OF_COMMENT]
_KEY = bindparam("row_id", type_=_COMMENTS.c.id.type)
_LOCK_POST = Prepared(
    select(*(_POSTS.c[name] for name in _OF_POST), _SITES.c.secret)
    .join(_SITES, _SITES.c.id == 1)
    .where(_POSTS.c.id == _KEY)
    .with_for_update(of=_POSTS, key_share=True)
)
_READ_COMMENT = Prepared(select(*_PARENT).where(_COMMENTS.c.id == _KEY))
_INSERT = Prepared(insert(_COMMENTS).returning(_COMMENTS.c.id), *_NEW)
_COUNT_ON_POST = Prepared(update(_POSTS).where(_POSTS.c.id == _KEY), *_COUNTS_OF_POST)
_COUNT_ON_COMMENT = Prepared(update(_COMMENTS).where(_COMMENTS.c.id == _KEY), *_COUNTS_OF_COMMENT)


async def lock_post(session: AsyncSession, post_id: int) -> tuple[Post, bytes] | None:
    """Lock a post; give what a submission needs of it, and the key of the site's hashes."""
    row = await _LOCK_POST.row(session, {"row_id": post_id})
    return (
        None
        if row is None
        else (
            detached(Post, dict(zip(_OF_POST, row))),  # noqa: B905 - the key is left over
            row[-1],
        )
    )


async def read_comment(session: AsyncSession, comment_id: int) -> Comment | None:
    """Read what a submission needs of another comment."""
    row = await _READ_COMMENT.row(session, {"row_id": comment_id})
    return None if row is None else _comment(row)


async def read_parent(
    session: AsyncSession, parent_id: int, questions: Sequence[Question]
) -> tuple[Comment | None, Sequence[bool]]:
    """Read a comment and the answers to questions, in one statement."""
    asking = _asking(tuple(question.asks for question in questions), with_parent=True)
    row = await asking.row(session, {"row_id": parent_id, **_values(questions)})
    if row is None:
        return None, ()
    return _comment(row), row[len(_OF_COMMENT) :]


async def ask(session: AsyncSession, questions: Sequence[Question]) -> Sequence[bool]:
    """Put yes-or-no questions to the database, in one statement."""
    if not questions:
        return ()
    asking = _asking(tuple(question.asks for question in questions))
    return (await asking.rows(session, _values(questions)))[0]


async def insert_comment(session: AsyncSession, comment: Comment) -> None:
    """Store a new comment, and give it its id."""
    values = {name: getattr(comment, name) for name in _NEW}
    ((comment.id,),) = await _INSERT.rows(session, values)


async def store_counts(session: AsyncSession, post: Post, parent: Comment | None) -> None:
    """Store the counts of a post, and of the comment that was replied to."""
    await _COUNT_ON_POST.rows(session, _counts(post, _COUNTS_OF_POST))
    if parent is not None:
        await _COUNT_ON_COMMENT.rows(session, _counts(parent, _COUNTS_OF_COMMENT))


def _counts(row: Post | Comment, names: Sequence[str]) -> dict[str, Any]:
    return {"row_id": row.id, **{name: getattr(row, name) for name in names}}


def _comment(row: Sequence[Any]) -> Comment:
    return detached(Comment, dict(zip(_OF_COMMENT, row)))  # noqa: B905 - answers to questions may follow


@lru_cache(maxsize=100)
def _asking(asked: Sequence[ColumnElement[bool]], *, with_parent: bool = False) -> Prepared:
    if not with_parent:
        return Prepared(select(*asked))
    return Prepared(select(*_PARENT, *asked).where(_COMMENTS.c.id == _KEY))


def _values(questions: Sequence[Question]) -> dict[str, Any]:
    return {name: value for question in questions for name, value in question.values.items()}

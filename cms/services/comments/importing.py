"""Importing comments that were written elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...comments import avatars, characters, places
from ...comments.email import clean_email
from ...comments.erasure import erase
from ...comments.fingerprint import fingerprint
from ...comments.name import LONGEST, clean_name
from ...comments.url import clean_url
from ...content import ChangeKind, Comment, CommentStatus
from ...errors import Refused, UserErrorCode
from ...settings import Settings
from ...text.document import render_comment
from . import log, senders
from .threads import Thread

LONGEST_BODY = 65_535
"""Characters of an imported body; more than readers may send, and no more than WordPress keeps."""

NAMELESS = "Anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportComment:
    """A comment as another system had it, with a body in Markdown."""

    post_id: int
    parent_id: int | None = None
    author_name: str
    author_email: str | None = None
    author_url: str | None = None
    body: str
    status: CommentStatus
    verified: bool = False
    submitted_at: datetime
    edited_at: datetime | None = None
    source_key: str
    """What the importer knows the comment by, so that a second run finds it again."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A comment of an import, and whether this run stored it."""

    comment: Comment
    created: bool


async def import_comment(
    session: AsyncSession, settings: Settings, actor: Actor, given: ImportComment
) -> Imported:
    """Store a comment with the status and the dates that it had; what is stored stays as it is.

    Parents come first, and siblings in the order in which they are to stand. What cannot be kept
    of its fields is left out rather than refused. Raises Refused for an unknown post or parent,
    and for a body that is too long.
    """
    same = select(Comment).where(Comment.source_key == given.source_key)
    if stored := await session.scalar(same):
        return Imported(stored, created=False)
    thread = await _open(session, given)
    parent = await _parent(thread, given.parent_id)
    comment = _comment(given, parent, thread.secret)
    seen = await thread.turn(comment, given.status)
    session.add(comment)
    await session.flush()
    if comment.status is CommentStatus.REMOVED:
        erase(comment)
    else:
        email = _leniently(clean_email, given.author_email)
        await senders.keep(
            session, thread.secret, comment, email=email, address=None, settings=settings
        )
    log.record(session, actor, "import", comment, kind=ChangeKind.CREATED, seen=seen)
    return Imported(comment, created=True)


async def _open(session: AsyncSession, given: ImportComment) -> Thread:
    if len(given.body) > LONGEST_BODY:
        raise Refused.because(
            UserErrorCode.TOO_LONG, f"The comment exceeds {LONGEST_BODY:,} characters.", "body"
        )
    thread = await Thread.open(session, given.post_id)
    if thread is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such post.", "postId")
    return thread


async def _parent(thread: Thread, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = await thread.comment(parent_id)
    if parent is None or parent.post_id != thread.post.id:
        raise Refused.because(
            UserErrorCode.NOT_FOUND, "There is no such comment on the post.", "parentId"
        )
    return parent


def _comment(given: ImportComment, parent: Comment | None, secret: bytes) -> Comment:
    standing = places.below(parent)
    name = _name(given.author_name)
    email = _leniently(clean_email, given.author_email)
    rendered = render_comment(given.body)
    return Comment(
        post_id=given.post_id,
        parent_id=standing.parent_id,
        root_id=standing.root_id,
        answers_id=standing.answers_id,
        depth=standing.depth,
        last_ordinal=0,
        reply_count=0,
        version=1,
        status=CommentStatus.PENDING,
        author_name=name,
        author_url=_leniently(clean_url, given.author_url),
        verified=given.verified,
        avatar=avatars.hash_of_guest(secret, name, email),
        markdown=rendered.markdown,
        html=rendered.html,
        text=rendered.text,
        fingerprint=fingerprint(name, rendered.markdown),
        submitted_at=given.submitted_at,
        edited_at=given.edited_at,
        source_key=given.source_key,
    )


def _name(given: str) -> str:
    shown = "".join(
        character
        for character in given[: LONGEST * 10]
        if not characters.has_control(character) and not characters.has_bidi_control(character)
    )
    return _leniently(clean_name, " ".join(shown.split())[:LONGEST]) or NAMELESS


def _leniently(clean: Callable[[str], str | None], given: str | None) -> str | None:
    try:
        return clean(given) if given else None
    except Refused:
        return None

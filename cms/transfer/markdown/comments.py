"""Comments of an export folder: read line by line, and told apart by post and id."""

import hashlib
import hmac
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...content import Comment, Post
from ...errors import Refused
from ...services.comments.importing import ImportComment, import_comment
from ...settings import Settings
from ..errors import Unreadable, explain
from ..report import Report
from .dates import ReadDate
from .documents import CommentLine, read_comment
from .folder import read_lines

SOURCE = "markdown:"
_ID_DIGITS = 24


def export_id(secret: bytes, comment: Comment) -> str:
    """Give the id by which export folders know a comment, whatever database it is in.

    It is a keyed hash of the comment's key, so that no two sites give the same; a comment that
    came from a folder keeps the id it had there.
    """
    if comment.source_key is not None and comment.source_key.startswith(SOURCE):
        return comment.source_key.rpartition(":")[2]
    message = f"comment:{comment.id}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:_ID_DIGITS]


class CommentFile:
    """Stores the comments of one file."""

    def __init__(
        self, session: AsyncSession, settings: Settings, report: Report, read_date: ReadDate
    ) -> None:
        self._session = session
        self._settings = settings
        self._report = report
        self._read_date = read_date

    async def take(self, path: Path, post: Post, known: dict[str, int]) -> None:
        """Store those that the post does not have; `known` gives the keys of the others by id."""
        ids = dict(known)
        met: set[str] = set()
        for number, source in read_lines(path):
            line = read_comment(source, path, number, self._read_date)
            if line.id in met:
                raise Unreadable(f"id: {line.id!r} is given twice", path, number)
            met.add(line.id)
            if line.id in known:
                self._report.present["comments"] += 1
                continue
            parent_id = _parent(line, ids, path, number)
            try:
                ids[line.id] = await self._store(line, post, parent_id)
            except Refused as refusal:
                raise Unreadable(explain(refusal), path, number) from None
            self._report.taken["comments"] += 1

    async def _store(self, line: CommentLine, post: Post, parent_id: int | None) -> int:
        given = ImportComment(
            post_id=post.id,
            parent_id=parent_id,
            author_name=line.name,
            author_email=line.email,
            author_url=line.url,
            verified=line.verified,
            body=line.body,
            status=line.status,
            submitted_at=line.submitted_at,
            edited_at=line.edited_at,
            source_key=f"{post.source_key or SOURCE + post.slug}:{line.id}",
        )
        imported = await import_comment(self._session, self._settings, SYSTEM, given)
        return imported.comment.id


def _parent(line: CommentLine, ids: dict[str, int], path: Path, number: int) -> int | None:
    for key, named in (("parent", line.parent), ("reply_to", line.reply_to)):
        if named is not None and named not in ids:
            raise Unreadable(f"{key}: no earlier line has the id {named!r}", path, number)
    # Whom it answers says where it stands too: below that one, or as deep as comments go.
    named = line.reply_to or line.parent
    return None if named is None else ids[named]

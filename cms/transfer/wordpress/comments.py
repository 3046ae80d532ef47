"""Comments of an export, in an order in which each follows what it answers."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import unescape

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...content import Post
from ...errors import Refused
from ...services.comments.importing import ImportComment, import_comment
from ...settings import Settings
from ...text.elements import BLOCKS
from ...text.sanitise import sanitise_comment
from ...text.to_markdown import html_to_markdown
from ..errors import explain
from ..report import Report
from .authors import Authors
from .paragraphs import add_paragraphs
from .posts import example
from .records import Comment, Item
from .statuses import comment_status

_KIND = "comments"
# What a comment here may be made of; other blocks leave their text as paragraphs.
_KEPT_BLOCKS = frozenset({"p", "ul", "ol", "li", "blockquote", "pre"})
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")
_OLDEST = datetime.min.replace(tzinfo=UTC)


class Comments:
    """Stores the comments of an export."""

    def __init__(
        self, session: AsyncSession, settings: Settings, report: Report, authors: Authors
    ) -> None:
        self._session = session
        self._settings = settings
        self._report = report
        self._authors = authors

    async def take(self, item: Item, post: Post | None, key: str) -> None:
        """Store the comments of one item; `key` begins the key of each."""
        ids: dict[int, int] = {}
        for comment in parents_first(item.comments):
            reason = _reason_to_leave_out(comment, post)
            if reason or post is None:
                self._report.left_out(_KIND, reason, example(item))
                continue
            stored = await self._store(comment, post, ids, key)
            if stored is not None:
                ids[comment.id] = stored

    async def _store(
        self, comment: Comment, post: Post, ids: dict[int, int], key: str
    ) -> int | None:
        name = unescape(comment.name).strip()
        self._note_changes(comment, name, ids)
        try:
            imported = await import_comment(
                self._session,
                self._settings,
                SYSTEM,
                ImportComment(
                    post_id=post.id,
                    parent_id=ids.get(comment.parent),
                    author_name=name or "Anonymous",
                    author_email=comment.email or None,
                    author_url=comment.url or None,
                    verified=comment.user > 0 and comment.user in self._authors.users,
                    body=_markdown(comment),
                    status=comment_status(comment),
                    submitted_at=comment.submitted.at or post.created_at,
                    source_key=f"{key}{comment.id}",
                ),
            )
        except Refused as refusal:
            self._report.left_out(_KIND, explain(refusal), _example(comment))
            return None
        tally = self._report.taken if imported.created else self._report.present
        tally[_KIND] += 1
        return imported.comment.id

    def _note_changes(self, comment: Comment, name: str, ids: dict[int, int]) -> None:
        reasons = {
            "had no name": not name,
            "has no date and got the post's": comment.submitted.at is None,
            "its date has no offset and was taken as UTC": comment.submitted.guessed,
            "stands on the post itself: what it answered is not here": (
                comment.parent > 0 and comment.parent not in ids
            ),
        }
        for reason, applies in reasons.items():
            if applies:
                self._report.changed(_KIND, reason, _example(comment))


def parents_first(comments: Iterable[Comment]) -> Iterator[Comment]:
    """Give siblings by date, each after what it answers, wherever that stands in the file."""
    by_date = sorted(comments, key=lambda comment: (comment.submitted.at or _OLDEST, comment.id))
    known = {comment.id for comment in by_date}
    replies: defaultdict[int, list[Comment]] = defaultdict(list)
    for comment in by_date:
        replies[comment.parent].append(comment)
    given: set[int] = set()
    tops = [comment for comment in by_date if comment.parent not in known]
    # After those on the post itself only comments that answer each other in a circle are left.
    for top in [*tops, *by_date]:
        queue = deque([top])
        while queue:
            comment = queue.popleft()
            if comment.id not in given:
                given.add(comment.id)
                yield comment
                queue.extend(replies[comment.id])


def _reason_to_leave_out(comment: Comment, post: Post | None) -> str:
    if post is None:
        return "what it stands under is left out"
    if comment.kind in {"pingback", "trackback"}:
        return f"a {comment.kind}, by which another site announced a link"
    if comment.kind != "comment":
        return f"a {comment.kind}, which no reader wrote"
    return "" if _markdown(comment) else "has no text"


def _markdown(comment: Comment) -> str:
    html = add_paragraphs(_TAG.sub(_simpler, comment.content))
    return html_to_markdown(sanitise_comment(html)).strip()


def _simpler(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    return "\n\n" if name in BLOCKS and name not in _KEPT_BLOCKS else tag[0]


def _example(comment: Comment) -> str:
    return f"comment {comment.id}"

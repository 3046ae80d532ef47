"""What WordPress's statuses mean here."""

from dataclasses import dataclass
from datetime import datetime

from ...content import CommentStatus, PostStatus
from .records import Comment, Item


@dataclass(frozen=True, slots=True)
class Standing:
    """A post's status and date, and why they differ from what they were, if they do."""

    status: PostStatus
    published_at: datetime | None
    change: str = ""


_UNPUBLISHED = {
    "draft": "",
    "pending": "was waiting for review and is now a draft",
    "private": "was private and is now a draft: nobody but editors may read it",
}


def standing_of(item: Item) -> Standing:
    """Say how a post stands; whatever not everybody could read becomes a draft."""
    date = item.published.at
    if item.status == "trash":
        return Standing(PostStatus.TRASHED, date)
    if item.status not in {"publish", "future"}:
        change = _UNPUBLISHED.get(item.status, f"had the status {item.status} and is now a draft")
        return Standing(PostStatus.DRAFT, date if item.status == "private" else None, change)
    if item.password:
        return Standing(PostStatus.DRAFT, date, "asked for a password and is now a draft")
    if date is None:
        return Standing(PostStatus.DRAFT, None, "has no date of publication and is now a draft")
    return Standing(PostStatus.PUBLISHED, date)


_COMMENTS = {
    "1": CommentStatus.APPROVED,
    "0": CommentStatus.PENDING,
    "spam": CommentStatus.SPAM,
    "trash": CommentStatus.TRASHED,
    "post-trashed": CommentStatus.TRASHED,
}


def comment_status(comment: Comment) -> CommentStatus:
    """Say how a comment stands; what is unknown waits for a moderator."""
    return _COMMENTS.get(comment.approved, CommentStatus.PENDING)

"""Discussions of the corpus: the rows of the comments on one post, each in its place."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from pressroom.cms.comments.avatars import hash_of_name
from pressroom.cms.comments.fingerprint import fingerprint
from pressroom.cms.comments.places import reversed_segment, segment
from pressroom.cms.content import CommentStatus

from .texts import Texts

DEEPEST = 2
"""Threads are three levels deep: a comment, its replies, and theirs."""
_REPLY_SHARE = 0.6
_SENDERS = 500


class Discussion:
    """The comments on one post, all of them approved."""

    def __init__(
        self, post_id: int, began_at: datetime, texts: Texts, secret: bytes, ids: Iterator[int]
    ) -> None:
        self.comments: list[dict[str, Any]] = []
        self._post_id = post_id
        self._began_at = began_at
        self._texts = texts
        self._secret = secret
        self._ids = ids
        self._threads = 0

    def grow(self, count: int, chance: random.Random) -> None:
        """Add comments; some begin a thread and some reply to an earlier one."""
        answerable: list[dict[str, Any]] = []
        for _ in range(count):
            replies = answerable and chance.random() < _REPLY_SHARE
            comment = self._add(chance.choice(answerable) if replies else None)
            if comment["depth"] < DEEPEST:
                answerable.append(comment)

    def start_thread(self, replies: int) -> None:
        """Begin a thread of so many direct replies."""
        root = self._add(None)
        for _ in range(replies):
            self._add(root)

    def counts(self) -> dict[str, int]:
        """Give what the post's row keeps of its comments."""
        return {
            "comment_count": len(self.comments),
            "thread_count": self._threads,
            "tombstone_count": 0,
            "comments_version": len(self.comments),
            "last_ordinal": self._threads,
        }

    def _add(self, parent: dict[str, Any] | None) -> dict[str, Any]:
        comment = self._words(next(self._ids)) | self._standing(parent)
        self.comments.append(comment)
        return comment

    def _words(self, key: int) -> dict[str, Any]:
        text = self._texts.comment(key)
        name = f"Reader {key % _SENDERS}"
        return {
            "id": key,
            "post_id": self._post_id,
            "status": CommentStatus.APPROVED,
            "author_name": name,
            "author_url": None,
            "verified": False,
            "avatar": hash_of_name(self._secret, name),
            "markdown": text.markdown,
            "html": text.html,
            "text": text.text,
            "fingerprint": fingerprint(name, text.markdown),
            "submitted_at": self._began_at + timedelta(minutes=len(self.comments)),
            "last_ordinal": 0,
            "reply_count": 0,
        }

    def _standing(self, parent: dict[str, Any] | None) -> dict[str, Any]:
        if parent is None:
            self._threads += 1
            return _place(None, self._threads)
        parent["last_ordinal"] += 1
        parent["reply_count"] += 1
        return _place(parent, parent["last_ordinal"])


def _place(parent: dict[str, Any] | None, ordinal: int) -> dict[str, Any]:
    above = parent or {"id": None, "root_id": None, "depth": -1, "path": "", "reversed_path": ""}
    return {
        "parent_id": above["id"],
        "root_id": above["root_id"] or above["id"],
        "depth": above["depth"] + 1,
        "ordinal": ordinal,
        "path": above["path"] + segment(ordinal),
        "reversed_path": above["reversed_path"] + reversed_segment(ordinal),
    }

"""Events: what happened, as those outside are told of it; made from the journal.

An event comes after the commit of what it tells of, and a post that was scheduled is published when
its instant has come. Between an event and whoever hears of it, more may have happened: it names
what it is about, and the store has the rest.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..content import ChangeKind, JournalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    `id` is the journal's: it grows in the order of commits, and is the same whenever the event is
    told again.
    """

    id: int
    occurred_at: datetime
    actor: str | None
    """Who did it, by name; nobody where it came by the clock, or from a guest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEvent(Event):
    """Something that happened to a post."""

    post_id: int
    version: int


class PostPublished(PostEvent):
    """Readers see a post that they did not see before."""


class PostUpdated(PostEvent):
    """A post that readers see has changed."""


class PostRemoved(PostEvent):
    """Readers no longer see a post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentEvent(Event):
    """Something that happened to a comment."""

    comment_id: int
    post_id: int | None


class CommentSubmitted(CommentEvent):
    """A comment came in that readers do not see: it waits for a moderator, or is spam."""


class CommentPublished(CommentEvent):
    """Readers see a comment that they did not see before."""


class CommentUpdated(CommentEvent):
    """A comment that readers see has changed."""


class CommentRemoved(CommentEvent):
    """Readers no longer see a comment, or only its empty place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChanged(Event):
    """A category was created, changed or deleted."""

    category_id: int


_POSTS: dict[ChangeKind, type[PostEvent]] = {
    ChangeKind.CREATED: PostPublished,
    ChangeKind.UPDATED: PostUpdated,
    ChangeKind.DELETED: PostRemoved,
}
_COMMENTS: dict[ChangeKind, type[CommentEvent]] = {
    ChangeKind.CREATED: CommentPublished,
    ChangeKind.UPDATED: CommentUpdated,
    ChangeKind.DELETED: CommentRemoved,
}
_ENTITIES: dict[type[Event], str] = {
    PostEvent: "Post",
    CommentEvent: "Comment",
    CategoryChanged: "Category",
}


def entities_of(events: Collection[type[Event]]) -> set[str]:
    """Name the types of things that the journal tells of where such events happen."""
    return {
        entity
        for kind, entity in _ENTITIES.items()
        if any(issubclass(event, kind) or issubclass(kind, event) for event in events)
    }


def event_of(entry: JournalEntry) -> Event | None:
    """Give the event that an entry tells of, if it does."""
    if entry.entity == "Post" and entry.public:
        return _POSTS[entry.kind](**_told(entry), post_id=entry.entity_id, version=entry.version)
    if entry.entity == "Comment":
        return _of_comment(entry)
    if entry.entity == "Category" and entry.public:
        return CategoryChanged(**_told(entry), category_id=entry.entity_id)
    return None


def _of_comment(entry: JournalEntry) -> CommentEvent | None:
    kind = _COMMENTS[entry.kind] if entry.public else CommentSubmitted
    if not entry.public and entry.action != "submit":
        return None
    return kind(**_told(entry), comment_id=entry.entity_id, post_id=entry.post_id)


def _told(entry: JournalEntry) -> dict[str, Any]:
    return {"id": entry.id, "occurred_at": entry.occurred_at, "actor": entry.actor}

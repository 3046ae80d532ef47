"""What an answer depends on, and what a change touches: the names by which the two meet.

An answer that is kept bears the tags of all that it was made from; a journal entry gives the tags
of all that it may have changed. Where an answer shows single rows, their tags name them. Where rows
that it does not show decide what it shows (a list, a count, a neighbour), the tag is of a whole
kind: coarser than need be, and never too fine.
"""

from collections.abc import Collection, Iterable
from typing import TypeAlias

from ..content import JournalEntry

Tag: TypeAlias = tuple[str, int | None]
"""A row, by the name of its type and its key; or, without a key, a whole kind."""

PLACES: Tag = ("places", None)
"""Where posts stand: what is public since when, filed where, under whose name."""
JOURNAL: Tag = ("journal", None)
EVERYTHING: Tag = ("everything", None)
"""Drops whatever is kept."""

THREAD = "Thread"
"""The comments of a post, with the counts of them; the key is the post's."""
_NAMES = {
    "posts": "Post",
    "categories": "Category",
    "authors": "Author",
    "tags": "Tag",
    "sites": "Site",
    "comments": THREAD,
    "images": "Image",
}
_POST_COUNT = "post_count"
_PLACED = frozenset({"Post", "Category", "Author", "Tag"})
_PLACING = frozenset({"id", "status", "published_at"})
_TOLD_OTHERWISE = frozenset({"names_version"})
"""Columns of the site that say what changed elsewhere, and are not shown."""
COMMENT_COUNTS = frozenset({"comment_count", "thread_count", "tombstone_count", "comments_version"})
"""Columns of posts that change with comments, without an entry for the post."""

_KINDS: dict[str, Collection[Tag]] = {
    "category_posts": (PLACES,),
    "post_authors": (PLACES,),
    "post_tags": (PLACES,),
    "category_ancestors": (("Category", None),),
    # Tags that are made with a post have no entries of their own.
    "tags": (("Tag", None), ("Post", None)),
    "post_search": (("Post", None),),
    "bodies": (("Post", None),),
    "revisions": (("Post", None),),
    "retired_slugs": (("Post", None), ("Category", None), ("Author", None)),
    "sites": (("Site", None),),
    "comments": (("Comment", None),),
    "images": (("Image", None),),
    "journal": (JOURNAL,),
}


def name_of_rows(table: str) -> str | None:
    """Give the name in the tags of a table's rows; a comment's is that of its thread."""
    return _NAMES.get(table)


def tags_of_kind(table: str, columns: Iterable[str]) -> Collection[Tag] | None:
    """Give the tags of any rows of a table by which an answer is decided.

    `columns` are those that are looked at. None for a table whose changes nobody tells of.
    """
    looked_at = set(columns)
    if table == "sites" and looked_at <= _TOLD_OTHERWISE:
        return ()
    if table == "posts":
        decided: set[Tag] = {PLACES} if looked_at <= _PLACING else {("Post", None)}
        return decided | ({("Comment", None)} if looked_at & COMMENT_COUNTS else set())
    if table in {"categories", "authors"}:
        return {(_NAMES[table], None), *tags_of_row(table, looked_at)}
    return _KINDS.get(table)


def tags_of_row(table: str, columns: Collection[str]) -> Collection[Tag]:
    """Give the tags of what a row shows that changes without an entry for it, its thread aside."""
    counted = table in {"categories", "authors"} and _POST_COUNT in columns
    return (PLACES,) if counted else ()


def touched_by(entries: Iterable[JournalEntry]) -> set[Tag]:
    """Give the tags of all that journal entries may have changed for the public."""
    return {tag for entry in entries for tag in _touched(entry)}


def _touched(entry: JournalEntry) -> set[Tag]:
    tags: set[Tag] = {(entry.entity, entry.entity_id), (entry.entity, None), JOURNAL}
    if entry.entity == "Comment":
        # What readers see nothing of changes nothing for them: spam, say.
        return _in_thread(entry, tags) if entry.public else set()
    if entry.entity in _PLACED and entry.relisted:
        tags.add(PLACES)
    return tags


def _in_thread(entry: JournalEntry, tags: set[Tag]) -> set[Tag]:
    return {EVERYTHING} if entry.post_id is None else {*tags, (THREAD, entry.post_id)}

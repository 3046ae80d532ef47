"""Tags: the words that posts share."""

from .editing import CreateTag, UpdateTag, create, update
from .leaving import DeleteTag, MergeTags, delete, merge
from .naming import MAX_TAGS, by_slug, check_names, get_or_create

__all__ = [
    "MAX_TAGS",
    "CreateTag",
    "DeleteTag",
    "MergeTags",
    "UpdateTag",
    "by_slug",
    "check_names",
    "create",
    "delete",
    "get_or_create",
    "merge",
    "update",
]

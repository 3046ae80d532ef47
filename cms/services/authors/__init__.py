"""Authors: the names that posts bear."""

from .editing import CreateAuthor, UpdateAuthor, by_slug, create, update
from .leaving import DeleteAuthor, MergeAuthors, delete, merge

__all__ = [
    "CreateAuthor",
    "DeleteAuthor",
    "MergeAuthors",
    "UpdateAuthor",
    "by_slug",
    "create",
    "delete",
    "merge",
    "update",
]

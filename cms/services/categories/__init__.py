"""Categories: their tree, and the posts that stand under each."""

from .editing import CreateCategory, UpdateCategory, by_slug, create, update
from .leaving import DeleteCategory, MergeCategories, delete, merge

__all__ = [
    "CreateCategory",
    "DeleteCategory",
    "MergeCategories",
    "UpdateCategory",
    "by_slug",
    "create",
    "delete",
    "merge",
    "update",
]

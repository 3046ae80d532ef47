"""Categories: their tree, and the posts that stand under each."""

from .editing import CreateCategory, DeleteCategory, UpdateCategory, by_slug, create, delete, update

__all__ = [
    "CreateCategory",
    "DeleteCategory",
    "UpdateCategory",
    "by_slug",
    "create",
    "delete",
    "update",
]

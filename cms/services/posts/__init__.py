"""Posts: what an editor does with them, from the first draft to the last revision."""

from .editing import CreatePost, UpdatePost, create, update

__all__ = ["CreatePost", "UpdatePost", "create", "update"]

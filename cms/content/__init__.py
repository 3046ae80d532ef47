"""The tables, a noun a file, and no queries."""

from .author import Author
from .base import Base
from .body import Body, SourceFormat
from .category import Category, CategoryAncestor, CategoryPost
from .comment import Comment, CommentSender, CommentStatus
from .idempotency import IdempotencyKey
from .journal import ChangeKind, JournalEntry
from .post import Post, PostAuthor, PostStatus, PostTag
from .revision import Revision
from .site import Site
from .slug import Addressed, RetiredSlug
from .tag import Tag
from .token import AccessToken

__all__ = [
    "AccessToken",
    "Addressed",
    "Author",
    "Base",
    "Body",
    "Category",
    "CategoryAncestor",
    "CategoryPost",
    "ChangeKind",
    "Comment",
    "CommentSender",
    "CommentStatus",
    "IdempotencyKey",
    "JournalEntry",
    "Post",
    "PostAuthor",
    "PostStatus",
    "PostTag",
    "RetiredSlug",
    "Revision",
    "Site",
    "SourceFormat",
    "Tag",
]

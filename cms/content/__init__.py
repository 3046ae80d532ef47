"""The tables, a noun a file, and no queries."""

from .author import Author
from .base import Base
from .body import Body, SourceFormat
from .category import Category, CategoryAncestor, CategoryPost
from .comment import Comment, CommentSender, CommentStatus
from .handler import HandlerPlace
from .idempotency import IdempotencyKey
from .image import Image
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
    "HandlerPlace",
    "IdempotencyKey",
    "Image",
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

"""Enums: ours, made GraphQL's, with a description for each value.

Types take them from here, so that each is described before anything refers to it.
"""

from pressroom.cms.actors import Role
from pressroom.cms.content import ChangeKind, CommentStatus, PostStatus
from pressroom.cms.errors import UserErrorCode
from pressroom.cms.media.images.kinds import VariantKind
from pressroom.cms.renditions.formats.format import RenditionFormat
from pressroom.cms.renditions.formats.options import Paper, PrintImages, PrintLinks, TextSize
from pressroom.cms.renditions.offer.door import RenditionStatus
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.store.categories import CategoryOrder
from pressroom.cms.store.comments import CommentOrder, ThreadShape
from pressroom.cms.store.posts import PostOrder

from .fields import describe_enum

__all__ = [
    "CategoryOrder",
    "ChangeKind",
    "CommentOrder",
    "CommentStatus",
    "ModerationAction",
    "Paper",
    "PostOrder",
    "PostStatus",
    "PrintImages",
    "PrintLinks",
    "RenditionFormat",
    "RenditionStatus",
    "Role",
    "TextSize",
    "ThreadShape",
    "UserErrorCode",
    "VariantKind",
]

describe_enum(
    PostStatus,
    "Where a post stands in its life.",
    {
        "DRAFT": "Being written.",
        "SCHEDULED": "To be published at an instant that has not come.",
        "PUBLISHED": "Public.",
        "ARCHIVED": "No longer public, and kept.",
        "TRASHED": "Thrown away, and still to be had back.",
    },
)
describe_enum(
    PostOrder,
    "In what order posts are listed.",
    {
        "PUBLISHED_DESC": "Published last, first.",
        "PUBLISHED_ASC": "Published first, first.",
        "UPDATED_DESC": "Updated last, first.",
        "UPDATED_ASC": "Updated first, first.",
        "TITLE_ASC": "By title, from A.",
        "TITLE_DESC": "By title, from Z.",
        "COMMENTS_DESC": "Most comments first.",
    },
)
describe_enum(
    ThreadShape,
    "How comments are laid out.",
    {
        "THREADED": "The comments on the post itself, each with its `replies`.",
        "FLAT": "Every comment, in reading order, with its `depth`.",
    },
)
describe_enum(
    CommentOrder,
    "In what order comments that stand beside each other are listed.",
    {"OLDEST": "The oldest first.", "NEWEST": "The newest first."},
)
describe_enum(
    CategoryOrder,
    "In what order categories are listed.",
    {"NAME_ASC": "By name, from A.", "POSTS_DESC": "Most posts first."},
)
describe_enum(
    CommentStatus,
    "Where a comment stands between its reader and the public. A removed comment that still has"
    " replies keeps its place: author name and body are empty, status is REMOVED.",
    {
        "PENDING": "Waits for a moderator.",
        "APPROVED": "Public.",
        "SPAM": "Taken for spam.",
        "TRASHED": "Thrown away by a moderator, and still to be had back.",
        "REMOVED": "Withdrawn; its place is kept while it has replies.",
    },
)
describe_enum(
    ModerationAction,
    "What a moderator does with a comment.",
    {
        "APPROVE": "Let the public see it.",
        "HOLD": "Let it wait for a moderator.",
        "SPAM": "Take it for spam.",
        "TRASH": "Throw it away.",
        "RESTORE": "Let it wait for a moderator again, out of spam or the trash.",
    },
)
describe_enum(
    ChangeKind,
    "What happened to a thing, as its readers see it.",
    {
        "CREATED": "It appeared.",
        "UPDATED": "It was changed.",
        "DELETED": "It is gone, or no longer to be seen.",
    },
)
describe_enum(
    Role,
    "What somebody may do; each role may do what those before it may.",
    {
        "READER": "Reads, and comments.",
        "CONTRIBUTOR": "Writes drafts of their own.",
        "MODERATOR": "Decides about comments.",
        "EDITOR": "Decides about posts.",
        "ADMIN": "Decides about everything.",
    },
)
describe_enum(
    RenditionFormat,
    "What a rendition is written in.",
    {
        "PRINT_HTML": "A page made to be printed from a browser.",
        "PDF": "A typeset document.",
        "EPUB": "A book for reading devices.",
        "MARKDOWN": "Markdown.",
        "TEXT": "Plain text.",
    },
)
describe_enum(
    Paper,
    "The sheet that is printed on.",
    {
        "A4": "210 by 297 millimetres.",
        "A5": "148 by 210 millimetres.",
        "LETTER": "8½ by 11 inches.",
        "LEGAL": "8½ by 14 inches.",
    },
)
describe_enum(
    TextSize,
    "How large running text is.",
    {"NORMAL": "As in a book.", "LARGE": "16 points.", "GIANT": "22 points."},
)
describe_enum(
    PrintLinks,
    "Where the addresses of links are printed.",
    {
        "NONE": "Nowhere.",
        "FOOTNOTES": "At the foot of the page, or of the section where there are no pages.",
        "ENDNOTES": "Numbered, at the end.",
    },
)
describe_enum(
    PrintImages,
    "What is printed of images.",
    {
        "ALL": "The images.",
        "DESCRIPTIONS": "Their descriptions in their place.",
        "NONE": "Nothing.",
    },
)
describe_enum(
    RenditionStatus,
    "Whether a rendition can be had.",
    {
        "READY": "It is at its address.",
        "QUEUED": "It is being made.",
        "FAILED": "It cannot be made; `warnings` say why.",
    },
)
describe_enum(
    UserErrorCode,
    "What is wrong with a field of an input.",
    {
        "REQUIRED": "It must be given.",
        "INVALID": "It cannot be understood, or breaks a rule.",
        "TOO_LONG": "It is longer than allowed.",
        "TOO_MANY": "It has more items than allowed.",
        "NOT_FOUND": "It names nothing that the viewer may see.",
        "TAKEN": "Something else has it already.",
        "CONFLICT": "It was changed in the meantime, or the key was used for something else.",
        "CLOSED": "It takes nothing any more.",
        "DUPLICATE": "The same was sent already.",
        "RATE_LIMITED": "Too much was sent.",
        "FORBIDDEN": "The viewer has not the right.",
        "EXPIRED": "Its time is over.",
    },
)
describe_enum(
    VariantKind,
    "What variants of images are written in.",
    {
        "WEBP": "WebP, which browsers of our time know.",
        "AVIF": "AVIF, which is somewhat smaller, and known to newer ones.",
        "JPEG": "JPEG, for all others.",
    },
)

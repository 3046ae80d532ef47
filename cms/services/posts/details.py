"""What an editor says of a post besides its body, its address and its dates."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Image, Post
from ...errors import UserErrorCode
from ...text.slugs import title_key
from .. import tags
from ..faults import Faults
from . import links
from .links import Links

MAX_TITLE = 300
MAX_EXCERPT = 1_000
MAX_LINKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContent:
    """A title and what belongs to it; lists are in the order in which they are shown."""

    title: str
    excerpt: str | None = None
    author_ids: Sequence[int] = ()
    category_ids: Sequence[int] = ()
    tags: Sequence[str] = ()
    sticky: bool = False
    comments_open: bool = True
    image_id: int | None = None


def present_content(post: Post, linked: Links) -> PostContent:
    """Give the content of a post as it stands."""
    return PostContent(
        title=post.title,
        excerpt=post.written_excerpt,
        author_ids=linked.authors,
        category_ids=linked.categories,
        tags=linked.tag_names,
        sticky=post.sticky,
        comments_open=post.comments_open,
        image_id=post.image_id,
    )


async def checked(
    session: AsyncSession, faults: Faults, content: PostContent, *, titled: bool = True
) -> PostContent:
    """Check a content and put it in order."""
    faults.at_most(MAX_LINKS, content.author_ids, "authorIds")
    faults.at_most(MAX_LINKS, content.category_ids, "categoryIds")
    authors, categories = content.author_ids[:MAX_LINKS], content.category_ids[:MAX_LINKS]
    known_authors, known_categories = await links.existing(session, authors, categories)
    faults.known(authors, known_authors, "authorIds", what="author")
    faults.known(categories, known_categories, "categoryIds", what="category")
    if content.image_id is not None and await session.get(Image, content.image_id) is None:
        faults.add(UserErrorCode.NOT_FOUND, "There is no such image.", "imageId")
    excerpt = faults.lines(content.excerpt or "", "excerpt", limit=MAX_EXCERPT).strip()
    return PostContent(
        title=faults.line(content.title, "title", limit=MAX_TITLE, required=titled),
        excerpt=excerpt or None,
        author_ids=tuple(dict.fromkeys(authors)),
        category_ids=tuple(dict.fromkeys(categories)),
        tags=tuple(tags.check_names(faults, content.tags)),
        sticky=content.sticky,
        comments_open=content.comments_open,
        image_id=content.image_id,
    )


def write_content(post: Post, content: PostContent, opening: str) -> None:
    """Put a content into a post's own row; `opening` stands where no excerpt is written."""
    post.title = content.title
    post.title_key = title_key(content.title)
    post.written_excerpt = content.excerpt
    post.excerpt = content.excerpt or opening
    post.sticky = content.sticky
    post.comments_open = content.comments_open
    post.image_id = content.image_id


async def linked_to(session: AsyncSession, content: PostContent) -> Links:
    """Give the links of a content; tags that are missing are made."""
    found = await tags.get_or_create(session, content.tags)
    return Links(
        authors=tuple(content.author_ids),
        categories=tuple(content.category_ids),
        tags=tuple(tag.id for tag in found),
        tag_names=tuple(tag.name for tag in found),
    )

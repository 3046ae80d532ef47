"""Posts of an export folder, each with its comments."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...content import Comment, Post, Site
from ...errors import Refused
from ...services import tags
from ...services.posts.bodies import BodySource
from ...services.posts.importing import ImportPost, find_by_source_key, import_post
from ...services.site import SITE_ID
from ...settings import Settings
from ..errors import Unreadable, explain
from ..report import Report
from .comments import SOURCE, CommentFile, export_id
from .dates import ReadDate
from .documents import PostFile, read_post
from .folder import Folder


class Posts:
    """Stores the posts of a folder that are new, and the comments that are."""

    def __init__(
        self,
        session: AsyncSession,
        settings: Settings,
        report: Report,
        *,
        authors: Mapping[str, int],
        categories: Mapping[str, int],
        images: Mapping[str, int],
        tag_slugs: Mapping[str, str],
        dates: ReadDate,
    ) -> None:
        self._session = session
        self._report = report
        self._authors = authors
        self._categories = categories
        self._images = images
        self._tag_slugs = tag_slugs
        self._dates = dates
        self._comments = CommentFile(session, settings, report, dates)

    async def take(self, folder: Folder, stem: str) -> None:
        """Store one post and its comments. Raises Unreadable."""
        path, source = folder.document("posts", stem)
        told = read_post(source, path, self._dates)
        post = await self._find(told.slug)
        known: dict[str, int] = {}
        if post is None:
            post = await self._store(told)
            self._report.taken["posts"] += 1
        else:
            known = await self._known_comments(post)
            self._report.present["posts"] += 1
        if comments := folder.comments(stem):
            await self._comments.take(comments, post, known)

    async def _find(self, slug: str) -> Post | None:
        key = f"{SOURCE}{slug}"
        found = await find_by_source_key(self._session, [key])
        if key in found:
            return found[key]
        return await self._session.scalar(select(Post).where(Post.slug == slug))

    async def _known_comments(self, post: Post) -> dict[str, int]:
        secret = (await self._session.get_one(Site, SITE_ID)).secret
        stored = await self._session.scalars(select(Comment).where(Comment.post_id == post.id))
        return {export_id(secret, comment): comment.id for comment in stored}

    async def _store(self, told: PostFile) -> Post:
        slugs = {name: self._tag_slugs[name] for name in told.tags if name in self._tag_slugs}
        await tags.get_or_create(self._session, told.tags, slugs)
        given = ImportPost(
            title=told.title,
            body=BodySource(format=told.body_format, source=told.body),
            slug=told.slug,
            excerpt=told.excerpt,
            author_ids=_keys(told, "authors", told.authors, self._authors),
            category_ids=_keys(told, "categories", told.categories, self._categories),
            tags=told.tags,
            sticky=told.sticky,
            comments_open=told.comments_open,
            image_id=self._foremost(told),
            status=told.status,
            published_at=told.published_at,
            created_at=told.created_at or told.published_at,
            updated_at=told.updated_at or told.published_at or told.created_at,
            source_key=f"{SOURCE}{told.slug}",
            # The file has the newest first; they are retired in the order in which they are given.
            former_slugs=told.former_slugs[::-1],
        )
        try:
            return await import_post(self._session, SYSTEM, given)
        except Refused as refusal:
            raise Unreadable(explain(refusal), told.path) from None

    def _foremost(self, told: PostFile) -> int | None:
        if told.image is not None and told.image not in self._images:
            self._report.changed("posts", "the image above it is not there", told.slug)
        return self._images.get(told.image or "")


def _keys(
    told: PostFile, field: str, slugs: tuple[str, ...], ids: Mapping[str, int]
) -> tuple[int, ...]:
    for slug in slugs:
        if slug not in ids:
            raise Unreadable(f"{field}: no file describes {slug!r}", told.path)
    return tuple(ids[slug] for slug in slugs)

"""The whole content written as an export folder."""

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Author, Category, Post, Site, Tag
from ...media.images.library import Library
from ...services.site import SITE_ID
from ...store.database import Database
from ...store.sessions import reading_session
from ...text.slugs import slugify
from ..errors import Unreadable
from ..report import Report
from .documents import FORMAT
from .fields import write_document, write_fields, write_json
from .names import is_plain, stem_of
from .outgoing_comments import write_comments
from .outgoing_images import write_images
from .outgoing_posts import Facts, facts_of, write_post

_BATCH = 200
_FOLDERS = ("authors", "categories", "images", "posts")


async def export_folder(
    database: Database,
    library: Library,
    path: Path,
    *,
    advance: Callable[[int], None] = lambda _: None,
) -> Report:
    """Write site, authors, categories, tags, images, posts of every status, and comments.

    All of it is of one instant. The folder is made, or must be empty. Commenters' e-mail addresses
    are not written. `advance` is told of the posts that are done. Raises Unreadable.
    """
    _prepare(path)
    async with reading_session(database) as session:
        if database.dialect_name == "postgresql":
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        return await _Exporter(session, library, path, advance).run()


def _prepare(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise Unreadable("is not empty; an export wants a folder of its own", path)
        for folder in _FOLDERS:
            (path / folder).mkdir()
    except OSError as error:
        raise Unreadable(error.strerror or "cannot be written", path) from None


class _Exporter:
    def __init__(
        self, session: AsyncSession, library: Library, path: Path, advance: Callable[[int], None]
    ) -> None:
        self._session = session
        self._library = library
        self._path = path
        self._advance = advance
        self._report = Report()

    async def run(self) -> Report:
        site = await self._session.get_one(Site, SITE_ID)
        await self._site(site)
        await self._authors()
        await self._categories()
        await self._tags()
        await self._posts(site.secret, await self._images())
        return self._report

    async def _site(self, site: Site) -> None:
        fields = {
            "format": FORMAT,
            "title": site.title,
            "tagline": site.tagline,
            "language": site.language,
        }
        self._write(self._path / "site.yaml", write_fields(fields))

    async def _authors(self) -> None:
        for author in await self._session.scalars(select(Author).order_by(Author.id)):
            fields = {"name": author.name, "url": author.url}
            self._document("authors", author.slug, fields, author.bio)

    async def _categories(self) -> None:
        categories = list(await self._session.scalars(select(Category).order_by(Category.id)))
        slugs = {category.id: category.slug for category in categories}
        for category in categories:
            parent = slugs[category.parent_id] if category.parent_id else None
            fields = {"name": category.name, "parent": parent}
            self._document("categories", category.slug, fields, category.description)

    async def _tags(self) -> None:
        tags = await self._session.scalars(select(Tag).order_by(Tag.slug))
        lines = [
            f"{write_json(tag.slug)}: {write_json(tag.name)}\n"
            for tag in tags
            if tag.slug != slugify(tag.name, fallback="tag")
        ]
        if lines:
            self._write(self._path / "tags.yaml", "".join(sorted(lines)))

    async def _images(self) -> Mapping[int, str]:
        folder = self._path / "images"
        images = {
            key: name async for key, name in write_images(self._session, self._library, folder)
        }
        if images:
            self._report.taken["images"] = len(images)
        return images

    async def _posts(self, secret: bytes, images: Mapping[int, str]) -> None:
        async for posts in self._batches():
            facts = await facts_of(self._session, posts, images)
            for post in posts:
                await self._post(post, facts[post.id], secret)
            self._advance(len(posts))

    async def _batches(self) -> AsyncIterator[list[Post]]:
        last = 0
        while True:
            after = select(Post).where(Post.id > last).order_by(Post.id).limit(_BATCH)
            posts = list(await self._session.scalars(after))
            if not posts:
                return
            yield posts
            last = posts[-1].id

    async def _post(self, post: Post, facts: Facts, secret: bytes) -> None:
        fields, body = write_post(post, facts)
        self._document("posts", post.slug, fields, body)
        path = self._path / "posts" / f"{stem_of(post.slug)}.comments.jsonl"
        if count := await write_comments(self._session, post.id, secret, path):
            self._report.taken["comments"] += count

    def _document(self, kind: str, slug: str, fields: Mapping[str, Any], body: str) -> None:
        named = {} if is_plain(slug) else {"slug": slug}
        path = self._path / kind / f"{stem_of(slug)}.md"
        self._write(path, write_document({**named, **fields}, body))
        self._report.taken[kind] += 1

    def _write(self, path: Path, content: str) -> None:
        path.write_text(content, encoding="utf-8", newline="")

"""Posts and pages of an export, and what becomes of everything else in it."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...content import Post, PostStatus, SourceFormat
from ...errors import Refused
from ...services.posts.bodies import BodySource
from ...services.posts.details import MAX_EXCERPT, MAX_LINKS, MAX_TITLE
from ...services.posts.importing import ImportPost, find_by_source_key, import_post
from ...services.tags import MAX_TAGS
from ...text.plain import line_of, text_of
from ...text.tree import parse_html
from ..errors import explain
from ..report import Report
from .authors import Authors
from .body import convert_body
from .categories import Categories
from .records import Item, Tag, Term
from .slugs import kept_slug
from .statuses import Standing, standing_of
from .tags import Tags
from .uploads import Uploads, attachment_of

Value = TypeVar("Value")

_LEFT_OUT = {
    "attachment": "only pictures of a folder of uploads are taken; posts go on showing others",
    "nav_menu_item": "menus belong to the frontend",
    "revision": "a post comes in as it stands, without its earlier versions",
}
_TRASHED = "__trashed"
_NAMED = 5


class Posts:
    """Stores the posts and pages of an export."""

    def __init__(
        self,
        session: AsyncSession,
        report: Report,
        *,
        authors: Authors,
        categories: Categories,
        tags: Tags,
        pages_category: str,
        uploads: Uploads | None,
    ) -> None:
        self._session = session
        self._report = report
        self._authors = authors
        self._categories = categories
        self._tags = tags
        self._pages_category = pages_category
        self._uploads = uploads

    async def take(self, item: Item, source_key: str) -> Post | None:
        """Store an item, and give its post: None where it is left out."""
        if item.kind == "attachment" and self._uploads and attachment_of(item):
            await self._uploads.attached(item.id)
            return None
        if reason := _reason_to_leave_out(item):
            self._report.left_out(item.kind or "items", reason, example(item))
            return None
        found = await find_by_source_key(self._session, [source_key])
        if source_key in found:
            self._report.present[f"{item.kind}s"] += 1
            return found[source_key]
        return await self._store(item, source_key)

    async def _store(self, item: Item, source_key: str) -> Post | None:
        wanted = await self._input(item, source_key)
        try:
            async with self._session.begin_nested():
                post = await import_post(self._session, SYSTEM, wanted)
        except Refused as refusal:
            self._report.left_out(f"{item.kind}s", explain(refusal), example(item))
            return None
        self._report.taken[f"{item.kind}s"] += 1
        if item.slug and post.slug != _slug(item):
            self._report.changed(f"{item.kind}s", "another had the slug already", example(item))
        return post

    async def _input(self, item: Item, source_key: str) -> ImportPost:
        standing = standing_of(item)
        author_id = await self._authors.id_of(item.creator)
        self._note_changes(item, standing)
        return ImportPost(
            title=_title(item),
            body=BodySource(format=SourceFormat.HTML, source=await self._body(item)),
            slug=_slug(item),
            excerpt=_excerpt(item),
            author_ids=() if author_id is None else (author_id,),
            category_ids=tuple(await self._filed_under(item)),
            tags=tuple(await self._tagged(item)),
            sticky=item.sticky,
            comments_open=item.comments_open,
            image_id=await self._foremost(item),
            status=standing.status,
            published_at=standing.published_at,
            created_at=item.published.at or item.modified.at,
            updated_at=_updated(item, standing),
            source_key=source_key,
            former_slugs=tuple(dict.fromkeys(item.former_slugs)),
        )

    async def _foremost(self, item: Item) -> int | None:
        if self._uploads is None:
            return None
        image = await self._uploads.attached(item.thumbnail)
        return None if image is None else image.id

    async def _body(self, item: Item) -> str:
        body = convert_body(item.content)
        if body.lost:
            names = ", ".join(body.lost[:_NAMED]) + ("…" if len(body.lost) > _NAMED else "")
            reason = "blocks or shortcodes that the server filled in left nothing"
            self._report.changed(f"{item.kind}s", reason, f"{example(item)}: {names}")
        return await self._uploads.rewritten(body.html) if self._uploads else body.html

    async def _filed_under(self, item: Item) -> list[int]:
        terms = [term for term in item.terms if term.taxonomy == "category"]
        if item.kind == "page":
            name = self._pages_category.replace("-", " ").capitalize()
            terms.append(Term("category", self._pages_category, name))
        ids = [await self._categories.id_of(term.slug or term.name, term.name) for term in terms]
        return self._at_most(MAX_LINKS, list(dict.fromkeys(ids)), "categories", item)

    async def _tagged(self, item: Item) -> list[str]:
        terms = [term for term in item.terms if term.taxonomy == "post_tag" and term.name]
        await self._tags.ensure([Tag(term.slug, term.name) for term in terms])
        names = list(dict.fromkeys(term.name for term in terms))
        return self._at_most(MAX_TAGS, names, "tags", item)

    def _at_most(self, limit: int, values: list[Value], what: str, item: Item) -> list[Value]:
        if len(values) > limit:
            reason = f"has more {what} than {limit}, and lost the others"
            self._report.changed(f"{item.kind}s", reason, example(item))
        return values[:limit]

    def _note_changes(self, item: Item, standing: Standing) -> None:
        kind = f"{item.kind}s"
        taxonomies = {term.taxonomy for term in item.terms} - {"category", "post_tag"}
        reasons = [
            (standing.change, bool(standing.change)),
            ("its date has no offset and was taken as UTC", item.published.guessed),
            ("its title had markup, or was too long", _title(item) != item.title),
            ("no longer stands below another page", item.kind == "page" and item.parent > 0),
            (f"no longer has its {', '.join(sorted(taxonomies))}", bool(taxonomies)),
        ]
        for reason, applies in reasons:
            if applies:
                self._report.changed(kind, reason, example(item))


def example(item: Item) -> str:
    """Name an item in a report."""
    return f"{item.slug or _title(item)} ({item.id})"


def _reason_to_leave_out(item: Item) -> str | None:
    if item.kind not in {"post", "page"}:
        return _LEFT_OUT.get(item.kind, "neither a post nor a page")
    return "never saved" if item.status in {"auto-draft", "inherit"} else None


def _title(item: Item) -> str:
    has_markup = "<" in item.title or "&" in item.title
    title = line_of(parse_html(item.title)) if has_markup else item.title
    return title[:MAX_TITLE]


def _excerpt(item: Item) -> str | None:
    return text_of(parse_html(item.excerpt))[:MAX_EXCERPT] or None


def _slug(item: Item) -> str | None:
    slug = item.slug.removesuffix(_TRASHED)
    return kept_slug(slug, "post") if slug else None


def _updated(item: Item, standing: Standing) -> datetime | None:
    modified = item.modified.at
    if standing.status is not PostStatus.PUBLISHED or standing.published_at is None:
        return modified
    return max(modified or standing.published_at, standing.published_at)

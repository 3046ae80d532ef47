"""Elements of a WordPress export made into records."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from ..errors import Unreadable
from .records import Author, Category, Channel, Comment, Dates, Item, Tag, Term
from .xml import Element, read_elements

Record = Channel | Author | Category | Tag | Item

_MAX_DIGITS = 18


def read_records(
    file: BinaryIO, path: Path, advance: Callable[[int], None] = lambda _: None
) -> Iterator[Record]:
    """Give the channel first, then the records in the order of the file.

    Raises Unreadable, also when the file is RSS but no export of WordPress.
    """
    channel: Channel | None = None
    head: dict[str, str] = {}
    for element in read_elements(file, path, advance):
        convert = _CONVERTERS.get(element.name)
        if convert is None:
            head.setdefault(element.name, element.text[:1_000])
            continue
        if channel is None:
            yield (channel := _channel(head, path, element.line))
        yield convert(element)
    if channel is None:
        yield _channel(head, path, None)


def _channel(head: dict[str, str], path: Path, line: int | None) -> Channel:
    version = head.get("wp:wxr_version", "")
    if not version.startswith("1."):
        problem = f"its version is {version!r}" if version else "it names no WXR version"
        raise Unreadable(f"not a WordPress export that can be read: {problem}", path, line)
    return Channel(version, head.get("wp:base_blog_url") or head.get("link", ""))


def _author(element: Element) -> Author:
    login = element.value("wp:author_login")
    name = element.value("wp:author_display_name") or login
    return Author(_number(element.value("wp:author_id")), login, name)


def _tag(element: Element) -> Tag:
    slug = _decoded(element.value("wp:tag_slug"))
    return Tag(slug, element.value("wp:tag_name") or slug)


def _category(element: Element) -> Category:
    slug = _decoded(element.value("wp:category_nicename"))
    return Category(
        slug=slug,
        name=element.value("wp:cat_name") or slug,
        parent=_decoded(element.value("wp:category_parent")),
        description=element.value("wp:category_description"),
    )


def _item(element: Element) -> Item:
    return Item(
        id=_number(element.value("wp:post_id")),
        line=element.line,
        kind=element.value("wp:post_type"),
        status=element.value("wp:status"),
        slug=_decoded(element.value("wp:post_name")),
        title=element.value("title"),
        creator=element.value("dc:creator"),
        content=element.value("content:encoded"),
        excerpt=element.value("excerpt:encoded"),
        password=element.value("wp:post_password"),
        parent=_number(element.value("wp:post_parent")),
        sticky=element.value("wp:is_sticky") == "1",
        comments_open=element.value("wp:comment_status") == "open",
        published=_dates(element, "wp:post_date"),
        modified=_dates(element, "wp:post_modified"),
        terms=tuple(_term(child) for child in element.all("category")),
        former_slugs=tuple(map(_decoded, _meta(element, "_wp_old_slug"))),
        attachment_url=element.value("wp:attachment_url"),
        alt=next(_meta(element, "_wp_attachment_image_alt"), ""),
        thumbnail=_number(next(_meta(element, "_thumbnail_id"), "")),
        comments=tuple(_comment(child) for child in element.all("wp:comment")),
    )


def _term(element: Element) -> Term:
    slug = _decoded(element.attributes.get("nicename", ""))
    return Term(element.attributes.get("domain", "category"), slug, element.text or slug)


def _meta(element: Element, key: str) -> Iterator[str]:
    """Go through what plugins and WordPress itself have noted of an item under a key."""
    for meta in element.all("wp:postmeta"):
        if meta.value("wp:meta_key") == key:
            yield meta.value("wp:meta_value")


def _comment(element: Element) -> Comment:
    return Comment(
        id=_number(element.value("wp:comment_id")),
        parent=_number(element.value("wp:comment_parent")),
        kind=element.value("wp:comment_type") or "comment",
        approved=element.value("wp:comment_approved"),
        name=element.value("wp:comment_author"),
        email=element.value("wp:comment_author_email"),
        url=element.value("wp:comment_author_url"),
        user=_number(element.value("wp:comment_user_id")),
        submitted=_dates(element, "wp:comment_date"),
        content=element.value("wp:comment_content"),
    )


def _dates(element: Element, name: str) -> Dates:
    if universal := _instant(element.value(f"{name}_gmt")):
        return Dates(universal)
    local = _instant(element.value(name))
    return Dates(local, guessed=local is not None)


def _instant(text: str) -> datetime | None:
    """Read `YYYY-MM-DD HH:MM:SS`; WordPress writes zeros where there is no date."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0


def _decoded(slug: str) -> str:
    return unquote(slug, errors="replace")


_CONVERTERS: dict[str, Callable[[Element], Record]] = {
    "wp:author": _author,
    "wp:category": _category,
    "wp:tag": _tag,
    "item": _item,
}

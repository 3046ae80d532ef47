"""What editors say of a post."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import strawberry

from pressroom.cms.content import SourceFormat
from pressroom.cms.services.posts.bodies import BodySource
from pressroom.cms.store.keys import key_of
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, given
from pressroom.schema.scalars import Instant


@strawberry.input
class PostInput:
    """What can be said of any post, new or there already."""

    slug: str | None = given("The last part of its address; made from the title where none is.")
    excerpt: str | None = given("What lists show; the opening of the text where none is written.")
    author_ids: list[strawberry.ID] | None = given("The names it bears, in byline order.")
    category_ids: list[strawberry.ID] | None = given("Where it is filed, the foremost first.")
    tags: list[str] | None = given("The names of its tags; those that are missing are made.")
    sticky: bool | None = given("Whether it is meant to stay on top.")
    comments_open: bool | None = given("Whether readers may comment.")
    image_id: strawberry.ID | None = given("The image that stands above it.")
    published_at: Instant | None = given(
        "A past or future instant of publication; kept for later while it is a draft."
    )
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


def fields_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Give what an input says of a post, by the names of the services; null says nothing."""
    return {
        attribute: read(sent[name])
        for name, (attribute, read) in _FIELDS.items()
        if sent.get(name) is not None
    }


def _body(sent: Mapping[str, str]) -> BodySource:
    ((source_format, source),) = sent.items()
    return BodySource(format=SourceFormat(source_format.upper()), source=source)


def _keys(ids: Sequence[str], entity: str) -> list[int]:
    return [key_of(given, entity) for given in ids]


def _as_sent(value: Any) -> Any:
    return value


_FIELDS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "title": ("title", _as_sent),
    "body": ("body", _body),
    "slug": ("slug", _as_sent),
    "excerpt": ("excerpt", _as_sent),
    "authorIds": ("author_ids", partial(_keys, entity="Author")),
    "categoryIds": ("category_ids", partial(_keys, entity="Category")),
    "tags": ("tags", _as_sent),
    "sticky": ("sticky", _as_sent),
    "commentsOpen": ("comments_open", _as_sent),
    "imageId": ("image_id", partial(key_of, entity="Image")),
    "publishedAt": ("published_at", _as_sent),
}

"""Printable renditions."""

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any

import strawberry

from pressroom.cms.errors import NotFound
from pressroom.cms.renditions.formats.format import Formats
from pressroom.cms.renditions.formats.options import RenditionOptions as Options
from pressroom.cms.renditions.offer.collections.category import (
    CATEGORY_FACTS,
    CategoryRenditions,
    category_facts_of,
)
from pressroom.cms.renditions.offer.door import Facts, Renditions
from pressroom.cms.renditions.offer.door import Rendition as Rendered
from pressroom.cms.renditions.offer.facts import FACTS, facts_of
from pressroom.cms.renditions.offer.posts import PostRenditions
from pressroom.cms.renditions.offer.previews import PreviewFacts, PreviewRenditions
from pressroom.cms.renditions.press.press import Press
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.posts import shown_status
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Passing
from pressroom.schema.enums import (
    Paper,
    PostStatus,
    PrintImages,
    PrintLinks,
    RenditionFormat,
    RenditionStatus,
    TextSize,
)
from pressroom.schema.fields import argument, fact, optional
from pressroom.schema.scalars import URL


@strawberry.input(description="What a reader may choose about a rendition.")
class RenditionOptions:
    """What a reader may choose about a rendition."""

    paper: Paper | None = strawberry.field(default=Paper.A4, description="The sheet.")
    text_size: TextSize | None = strawberry.field(
        default=TextSize.NORMAL, description="How large running text is."
    )
    links: PrintLinks | None = strawberry.field(
        default=PrintLinks.ENDNOTES, description="Where the addresses of links are printed."
    )
    images: PrintImages | None = strawberry.field(
        default=PrintImages.ALL, description="What is printed of images."
    )
    comments: bool | None = strawberry.field(
        default=False, description="Whether the comments are printed too."
    )
    ink_saving: bool | None = strawberry.field(
        default=False,
        description="Whether to spare ink: smaller text in the normal size, headings that are not "
        "bold, paler pictures.",
    )
    qr_code: bool | None = strawberry.field(
        default=True, description="Whether to print the address as a code for telephones."
    )


@strawberry.type(description="A printable form of a post, or of several bound into a book.")
class Rendition:
    """A printable form of a post, or of several bound into a book."""

    format: RenditionFormat = fact("What it is written in.")
    status: RenditionStatus = fact(
        "Whether it can be had. Asked without what is known once READY, it is READY: `url` answers"
        " the rendition, made on the spot if need be, unless making it failed of late. Asked with"
        " that, it has the rendition made, and is QUEUED for as long as that takes: ask again in a"
        " second or two."
    )
    url: URL = fact(
        "Where to get it, whatever the status: the same address answers the same bytes for as long"
        " as the content stays the same. It answers 202 with `Retry-After` while they are made. For"
        " a post that readers do not see it is good for an hour, and whoever has it can fetch it."
    )
    media_type: str = fact("What the address answers, as in a Content-Type header.")
    byte_size: int | None = fact("Its length; known once READY.")
    page_count: int | None = fact("Its pages, where it has pages; known once READY.")
    sha256: str | None = fact("The digest of its bytes, in hexadecimal; known once READY.")
    warnings: list[str] = fact(
        "What could not be rendered faithfully, in plain words (an image without description, say)."
    )


RENDITION_ARGUMENTS = (
    argument("format", RenditionFormat, "What to write it in."),
    optional("options", RenditionOptions, "What else to choose."),
)

RENDITION_REQUIRES = (shown_status, *FACTS)
CATEGORY_RENDITION_REQUIRES = tuple(CATEGORY_FACTS)

_KNOWN_ONCE_MADE = frozenset({"byteSize", "pageCount", "sha256", "warnings"})


async def rendition_of(
    context: Context,
    arguments: Mapping[str, Any],
    selected: Collection[str],
    post_status: str,
    *facts: Any,
) -> Mapping[str, Any]:
    """Tell of a rendition of a post; of one as it stands, to who sees it and readers do not."""
    parts, post = parts_of(context), facts_of(*facts)
    if post_status != PostStatus.PUBLISHED:
        preview = PreviewFacts.of(post)
        return await tell(context, PreviewRenditions(*parts), preview, arguments, selected)
    # What is shown as readers will see it at an instant to come may not be public yet.
    anew = context.moment.now > clock.now()
    return await tell(context, PostRenditions(*parts), post, arguments, selected, anew=anew)


async def category_rendition_of(
    context: Context, arguments: Mapping[str, Any], selected: Collection[str], *facts: Any
) -> Mapping[str, Any]:
    """Tell of a category's book."""
    renditions = CategoryRenditions(*parts_of(context))
    anew = context.moment.now > clock.now()
    of = category_facts_of(*facts)
    return await tell(context, renditions, of, arguments, selected, anew=anew)


def parts_of(context: Context) -> tuple[Database, Formats, Press]:
    """Give what renditions are read from, written in and made by."""
    services = context.services
    return services.database, services.formats, services.press


async def tell(
    context: Context,
    renditions: Renditions[Facts],
    facts: Facts,
    arguments: Mapping[str, Any],
    selected: Collection[str],
    *,
    anew: bool = False,
) -> Mapping[str, Any]:
    """Tell of a rendition; it is made only where its size, digest or warnings are asked for.

    With `anew`, the facts may not be those that the public sees now.
    """
    given = arguments.get("options") or {}
    options = Options(**{_NAMES[name]: value for name, value in given.items() if value is not None})
    name, base_url = arguments["format"].value, context.moment.base_url
    try:
        of = await renditions.refreshed(facts) if anew else facts
        if _KNOWN_ONCE_MADE & set(selected):
            told = await renditions.tell(of, name, options, base_url, _patience(context))
        else:
            told = renditions.describe(of, name, options, base_url)
    except NotFound as missing:
        told = Rendered(name, RenditionStatus.FAILED, base_url, "", warnings=(str(missing),))
    answer = dataclasses.asdict(told)
    is_made = told.status is RenditionStatus.READY and not told.is_provisional
    lasts = is_made and not renditions.is_private
    return answer if lasts else Passing(answer)


def _patience(context: Context) -> float:
    """Tell how long to wait: all renditions of a request together, so that it is answered."""
    waited = (clock.now() - context.moment.now).total_seconds()
    patience = context.services.settings.rendition_patience
    return min(patience, max(0.0, patience - waited))


_NAMES = {
    "paper": "paper",
    "textSize": "text_size",
    "links": "links",
    "images": "images",
    "comments": "comments",
    "inkSaving": "ink_saving",
    "qrCode": "qr_code",
}

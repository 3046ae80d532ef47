"""Images, and pages of images."""

import strawberry

from pressroom.cms.content import Image as ImageRow
from pressroom.cms.store import images
from pressroom.cms.store.visibility import visible_images
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, Computed, Expression, Source
from pressroom.schema.enums import VariantKind
from pressroom.schema.fields import argument, fact, field, optional
from pressroom.schema.scalars import URL, Instant

from .node import Node


@strawberry.type(description="An image at one of its widths.")
class ImageVariant:
    """An image at one of its widths."""

    url: URL = fact("Where to get it; the same address answers the same bytes for ever.")
    width: int = fact("In pixels.")
    height: int = fact("In pixels.")
    media_type: str = fact("What the address answers, as in a Content-Type header.")


@strawberry.type(description="A picture that was sent to the site.")
class Image(Node):
    """A picture that was sent to the site."""

    url: URL = field(
        Expression(images.image_url),
        "Where to get it at its full size; the same address answers the same bytes for ever.",
    )
    width: int = field(Column("width"), "In pixels, as it stands upright.")
    height: int = field(Column("height"), "In pixels, as it stands upright.")
    alt: str = field(Column("alt"), "What stands in its place for who does not see it.")
    caption: str = field(Column("caption"), "What is written under it, in plain text; or empty.")
    blurhash: str = field(Column("blurhash"), "What to show until it is there (https://blurha.sh).")
    media_type: str = field(
        Expression(images.media_type), "What `url` answers, as in a Content-Type header."
    )
    byte_size: int = field(Column("byte_size"), "The length of what `url` answers.")
    created_at: Instant = field(Column("created_at"), "When it was sent.")
    variants: list[ImageVariant] = field(
        Computed(images.VARIANT_PARTS, images.variants_of, images.wanted_variants),
        "It at the widths that it can be had in, the narrowest first. One that moves can be had"
        " at its full size alone.",
        optional(
            "width",
            list[int],
            "For each of these, the least width that is enough; without, all there are.",
        ),
        argument(
            "format", VariantKind | None, "What they are written in.", default=VariantKind.WEBP
        ),
    )


@strawberry.type(description="An image in a list.")
class ImageEdge:
    """An image in a list."""

    cursor: str = fact(CURSOR)
    node: Image = fact("The image.")


@strawberry.type(description="A page of images.")
class ImageConnection:
    """A page of images."""

    edges: list[ImageEdge] = fact(EDGES)
    nodes: list[Image] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)
    total_count: int = fact(TOTAL_COUNT)


setattr(Image, SOURCE, Source(ImageRow.__table__, visible_images))

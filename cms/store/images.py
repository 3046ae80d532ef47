"""Lists of images, and what an image shows of itself."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, FromClause

from ..content import Image
from ..errors import Malformed
from ..media.images.kinds import VariantKind
from ..media.images.names import nearest_width, variant_path, widths_of
from .listing import Arguments, Listing, SortKey
from .scope import Scope
from .visibility import listed_images

Part: TypeAlias = Callable[[FromClause, Scope], ColumnElement[Any]]


def images_of_site(_parent: None, scope: Scope, _arguments: Arguments) -> Listing:
    """List the images that the audience may choose from, newest first."""
    image = Image.__table__.alias()
    return Listing(
        source=image,
        columns=dict(image.c.items()),
        order=(SortKey("created_at", True), SortKey("id", True)),
        conditions=listed_images(image, scope),
    )


def image_url(image: FromClause, scope: Scope) -> ColumnElement[str]:
    """Give the address of the master."""
    return scope.base_url + "/media/" + image.c.sha256 + "." + image.c.kind


def media_type(image: FromClause, _scope: Scope) -> ColumnElement[str]:
    """Give the media type of the master."""
    kind: ColumnElement[str] = image.c.kind
    return "image/" + kind


class Wanted(NamedTuple):
    """The variants that are asked for: by widths, or all there are."""

    widths: Sequence[int] | None
    kind: VariantKind


def wanted_variants(arguments: Arguments) -> Wanted:
    """Read what variants are asked for. Raises Malformed."""
    widths = arguments.get("width")
    if any(width < 1 for width in widths or ()):
        raise Malformed("`width` is 1 pixel at least")
    return Wanted(widths, arguments.get("format") or VariantKind.WEBP)


def _column(name: str) -> Part:
    return lambda image, _scope: image.c[name]


VARIANT_PARTS: Sequence[Part] = (
    lambda _image, scope: scope.base_url,
    *map(_column, ("sha256", "kind", "width", "height", "frame_count")),
)
"""What `variants_of` takes, as expressions over a row of images."""


def variants_of(
    wanted: Wanted,
    base_url: str,
    sha256: str,
    kind: str,
    width: int,
    height: int,
    frame_count: int,
) -> list[dict[str, Any]]:
    """Tell of the variants, each once, the narrowest first.

    An image that moves is offered as it is alone: scaled, it would stand still.
    """
    if frame_count > 1:
        url = f"{base_url}/media/{sha256}.{kind}"
        return [{"url": url, "width": width, "height": height, "media_type": f"image/{kind}"}]
    if wanted.widths is None:
        widths = set(widths_of(width))
    else:
        widths = {nearest_width(each, width) for each in wanted.widths}
    return [
        {
            "url": base_url + variant_path(sha256, each, wanted.kind),
            "width": each,
            "height": max(1, round(height * each / width)),
            "media_type": f"image/{wanted.kind}",
        }
        for each in sorted(widths)
    ]

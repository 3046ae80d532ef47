"""Images: one, and many."""

import strawberry

from pressroom.cms.store.images import images_of_site
from pressroom.cms.store.lookups import key
from pressroom.schema.engine.declarations import Connection, Lookup
from pressroom.schema.fields import PAGED, argument, field
from pressroom.schema.types.image import Image, ImageConnection


@strawberry.type
class ImageQueries:
    """Images: one, and many."""

    image: Image | None = field(
        Lookup(lambda row, scope, given: row.c.id == key(given["id"], "Image", scope)),
        "One image; null where there is none that the viewer may see.",
        argument("id", strawberry.ID, "The image."),
    )
    images: ImageConnection = field(
        Connection(images_of_site),
        "The images to choose from, the newest first: all of them for editors; for contributors"
        " who ask for drafts, those that they sent; none for readers.",
        *PAGED,
    )

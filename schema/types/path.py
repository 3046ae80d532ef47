"""What a path of the frontend leads to."""

from typing import Annotated

import strawberry

from pressroom.schema.fields import fact
from pressroom.schema.scalars import Instant

from .author import Author
from .category import Category
from .post import Post


@strawberry.type(description="Something moved: its address is another now.")
class Redirect:
    """Something moved: its address is another now."""

    to: str = fact("The address at which it is now.")
    permanent: bool = fact("Whether the old address may be forgotten.")


@strawberry.type(description="Something was here and is deleted.")
class Gone:
    """Something was here and is deleted."""

    since: Instant = fact("When it was deleted.")


PathResolution = Annotated[
    Post | Category | Author | Redirect | Gone,
    strawberry.union(
        "PathResolution",
        description="What a path shows: something, where it moved to, or that it is gone.",
    ),
]

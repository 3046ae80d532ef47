"""The fields that posts get."""

import strawberry

from pressroom.schema.engine.declarations import Beside
from pressroom.schema.fields import field
from pressroom.schema.scalars import Instant

from .tables import letters


@strawberry.type
class PostLetter:
    newsletter_subject: str | None = field(
        Beside(letters, "subject", "post_id"), "The subject of the letter that it goes out as."
    )
    newsletter_sent_at: Instant | None = field(
        Beside(letters, "sent_at", "post_id"), "When the letter went out."
    )

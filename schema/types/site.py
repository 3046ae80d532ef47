"""The site."""

import strawberry

from pressroom.cms.content import Site as SiteRow
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, Computed, Source
from pressroom.schema.fields import fact, field
from pressroom.schema.scalars import URL


@strawberry.type(description="A feed that the site offers.")
class FeedLink:
    """A feed that the site offers."""

    title: str = fact("What it holds.")
    url: URL = fact("Where it is.")
    media_type: str = fact("What it is written in.")


@strawberry.type(description="The publication as a whole.")
class Site:
    """The publication as a whole."""

    title: str = field(Column("title"), "Its name.")
    tagline: str = field(Column("tagline"), "What it says of itself in a line; may be empty.")
    url: URL = field(Column("url"), "The address of its frontend.")
    language: str = field(Column("language"), "The language it is written in, as a BCP 47 tag.")
    feeds: list[FeedLink] = field(Computed((), list), "The feeds that it offers.")


setattr(Site, SOURCE, Source(SiteRow.__table__))

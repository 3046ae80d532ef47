"""The text of a post."""

import strawberry

from pressroom.cms.content import Body as BodyRow
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, Items, Source
from pressroom.schema.fields import fact, field, given
from pressroom.schema.scalars import HTML


@strawberry.type(description="A heading within a text.")
class Heading:
    """A heading within a text."""

    level: int = fact("From 1 to 6.")
    text: str = fact("What it says, without markup.")
    anchor: str = fact("The `id` that the heading bears in `html`.")


@strawberry.type(description="A text, in the forms that a frontend may want.")
class Body:
    """A text, in the forms that a frontend may want."""

    html: HTML = field(Column("html"), "Sanitised HTML, each heading with an `id`.")
    markdown: str = field(Column("markdown"), "Markdown: as written, or made from written HTML.")
    text: str = field(Column("text"), "Plain text.")
    word_count: int = field(Column("word_count"), "Its length in words.")
    reading_minutes: int = field(
        Column("reading_minutes"), "Minutes that reading it takes; 0 where there is nothing."
    )
    table_of_contents: list[Heading] = field(Items("headings"), "Its headings, in order.")


@strawberry.input(one_of=True, description="A text, as an editor writes it.")
class BodyInput:
    """A text, as an editor writes it."""

    markdown: str | None = given("Markdown.")
    html: str | None = given("HTML; what is not safe is taken out of it.")


setattr(Body, SOURCE, Source(BodyRow.__table__))

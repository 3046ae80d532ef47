"""`createAuthor`: a new name for bylines."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import authors
from pressroom.cms.services.rights import Right
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.scalars import URL
from pressroom.schema.transactions import store
from pressroom.schema.types.author import Author


@strawberry.input(description="A new author.")
class CreateAuthorInput:
    """A new author."""

    name: str = strawberry.field(description="As it stands in bylines: 200 characters at most.")
    slug: str | None = given("The last part of the address; made from the name where none is.")
    bio: str | None = given("Who that is, in plain text.")
    url: URL | None = given("A page of the author's own.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a new author.")
class CreateAuthorPayload:
    """What became of a new author."""

    author: Author | None = field(Handed("author_id"), "The author.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def create_author(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store a new author."""
    wanted = authors.CreateAuthor(
        name=sent["name"], slug=sent.get("slug"), bio=sent.get("bio") or "", url=sent.get("url")
    )

    async def change(session: Any) -> dict[str, Any]:
        return {"author_id": (await authors.create(session, context.actor, wanted)).id}

    return await store(context, "createAuthor", sent, change)


@strawberry.type
class CreateAuthorMutation:
    """`createAuthor`."""

    create_author: CreateAuthorPayload = field(
        Action(create_author, Right.EDIT),
        "Create an author, for bylines.",
        argument("input", CreateAuthorInput, "The author."),
    )

"""`updateAuthor`: another name, other words about its bearer."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import authors
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.scalars import URL
from pressroom.schema.transactions import store
from pressroom.schema.types.author import Author


@strawberry.input(
    description="What to change of an author. Fields left out stay as they are; `url: null` removes"
    " the address, and null anywhere else counts as left out."
)
class UpdateAuthorInput:
    """What to change of an author."""

    id: strawberry.ID = strawberry.field(description="The author.")
    name: str | None = given("As it stands in bylines: 200 characters at most.")
    slug: str | None = given("The last part of the address; the old one leads to the new one.")
    bio: str | None = given("Who that is, in plain text.")
    url: URL | None = given("A page of the author's own.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a change.")
class UpdateAuthorPayload:
    """What became of a change."""

    author: Author | None = field(Handed("author_id"), "The author as they are now.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def update_author(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store what is given."""
    said = {name: sent[name] for name in _SAID if sent.get(name) is not None}
    if "url" in sent:
        said["url"] = sent["url"]
    wanted = authors.UpdateAuthor(id=key_of(sent["id"], "Author"), **said)

    async def change(session: Any) -> dict[str, Any]:
        return {"author_id": (await authors.update(session, context.actor, wanted)).id}

    return await store(context, "updateAuthor", sent, change)


_SAID = ("name", "slug", "bio")


@strawberry.type
class UpdateAuthorMutation:
    """`updateAuthor`."""

    update_author: UpdateAuthorPayload = field(
        Action(update_author, Right.EDIT),
        "Change an author.",
        argument("input", UpdateAuthorInput, "What to change."),
    )

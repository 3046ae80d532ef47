"""`deleteAuthor`: a name that no post bears any longer."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import authors
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import encode_id, key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store


@strawberry.input(description="An author to delete, and whose name the posts bear instead.")
class DeleteAuthorInput:
    """An author to delete, and whose name the posts bear instead."""

    id: strawberry.ID = strawberry.field(description="The author.")
    move_to: strawberry.ID | None = given(
        "The author whose name the posts bear instead; without it they do without."
    )
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of deleting an author.")
class DeleteAuthorPayload:
    """What became of deleting an author."""

    deleted_id: strawberry.ID | None = fact("The author that is gone.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def delete_author(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Delete the author."""
    heir = sent.get("moveTo")
    wanted = authors.DeleteAuthor(
        id=key_of(sent["id"], "Author"), move_to=None if heir is None else key_of(heir, "Author")
    )

    async def change(session: Any) -> dict[str, Any]:
        deleted = await authors.delete(session, context.actor, wanted)
        return {"deleted_id": encode_id("Author", deleted)}

    return await store(context, "deleteAuthor", sent, change)


@strawberry.type
class DeleteAuthorMutation:
    """`deleteAuthor`."""

    delete_author: DeleteAuthorPayload = field(
        Action(delete_author, Right.EDIT),
        "Delete an author; the posts stay.",
        argument("input", DeleteAuthorInput, "The author."),
    )

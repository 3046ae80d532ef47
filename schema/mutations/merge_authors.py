"""`mergeAuthors`: two names of one person become one."""

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
from pressroom.schema.transactions import store
from pressroom.schema.types.author import Author


@strawberry.input(description="An author that goes, and the one that they are.")
class MergeAuthorsInput:
    """An author that goes, and the one that they are."""

    id: strawberry.ID = strawberry.field(description="The author that goes.")
    into: strawberry.ID = strawberry.field(description="The one that stays.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a merger of authors.")
class MergeAuthorsPayload:
    """What became of a merger of authors."""

    author: Author | None = field(Handed("author_id"), "The author that stays.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def merge_authors(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Merge the authors."""
    wanted = authors.MergeAuthors(
        id=key_of(sent["id"], "Author"), into=key_of(sent["into"], "Author")
    )

    async def change(session: Any) -> dict[str, Any]:
        return {"author_id": (await authors.merge(session, context.actor, wanted)).id}

    return await store(context, "mergeAuthors", sent, change)


@strawberry.type
class MergeAuthorsMutation:
    """`mergeAuthors`."""

    merge_authors: MergeAuthorsPayload = field(
        Action(merge_authors, Right.EDIT),
        "Make two authors one: posts bear the name of the one that stays, access tokens write as"
        " that one, and the old addresses lead there.",
        argument("input", MergeAuthorsInput, "The authors."),
    )

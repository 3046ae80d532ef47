"""`mergeTags`: two words become one."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import tags
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store
from pressroom.schema.types.tag import Tag


@strawberry.input(description="A tag that goes, and the one that its posts bear from now on.")
class MergeTagsInput:
    """A tag that goes, and the one that its posts bear from now on."""

    id: strawberry.ID = strawberry.field(description="The tag that goes.")
    into: strawberry.ID = strawberry.field(description="The one that stays.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a merger of tags.")
class MergeTagsPayload:
    """What became of a merger of tags."""

    tag: Tag | None = field(Handed("tag_id"), "The tag that stays.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def merge_tags(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Merge the tags."""
    wanted = tags.MergeTags(id=key_of(sent["id"], "Tag"), into=key_of(sent["into"], "Tag"))

    async def change(session: Any) -> dict[str, Any]:
        return {"tag_id": (await tags.merge(session, context.actor, wanted)).id}

    return await store(context, "mergeTags", sent, change)


@strawberry.type
class MergeTagsMutation:
    """`mergeTags`."""

    merge_tags: MergeTagsPayload = field(
        Action(merge_tags, Right.EDIT),
        "Make two tags one, on all posts that bear either.",
        argument("input", MergeTagsInput, "The tags."),
    )

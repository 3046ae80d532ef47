"""How mutations store: each in a transaction of its own, once for an idempotency key."""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from pressroom.cms.content import Post
from pressroom.cms.errors import Refused
from pressroom.cms.services import idempotency
from pressroom.cms.services.posts.publication import PostAction
from pressroom.cms.store.keys import key_of
from pressroom.cms.store.sessions import unit_of_work

from .context import Context
from .engine.mutation import refusal

Facts: TypeAlias = dict[str, Any]
Input: TypeAlias = Mapping[str, Any]
Change: TypeAlias = Callable[..., Awaitable[Any]]


async def store(
    context: Context, verb: str, sent: Input, change: Callable[[Any], Awaitable[Facts]]
) -> Facts:
    """Run a change with a session, and commit it; or answer what it answered before.

    `verb` is the name of the mutation; what `change` answers is JSON. A dry run commits nothing,
    and neither keeps nor heeds idempotency keys. Raises Refused.
    """
    if context.rehearsal is not None:
        # What is refused half way must not be seen either.
        async with context.rehearsal.begin_nested():
            return await change(context.rehearsal)
    actor = context.actor
    caller = (actor.role, actor.token_id or "", actor.author_id or "", actor.name or "")
    scope = ":".join(map(str, (verb, *caller)))
    # Escaped, because the input may yet hold what no encoding can write.
    wanted = {"input": json.dumps(sent, default=str)}
    async with unit_of_work(context.services.database) as session:
        run = partial(change, session)
        return await idempotency.once(session, scope, sent.get("idempotencyKey"), wanted, run)


async def store_post(context: Context, verb: str, sent: Input, change: Change) -> Facts:
    """Run a change of the post that an input names.

    Where the input speaks of another version than the present one, nothing is stored, and the
    payload has the post as it is. Raises Refused for whatever else is wrong.
    """

    async def run(session: Any) -> Facts:
        post: Post = await change(session)
        return {"post_id": post.id}

    try:
        return await store(context, verb, sent, run)
    except Refused as refused:
        if not refused.is_stale:
            raise
        return {"post_id": key_of(sent["id"], "Post"), **refusal(refused)}


async def take_step(context: Context, verb: str, sent: Input, step: Change) -> Facts:
    """Take a step in the life of the post that an input names; see `store_post`."""
    wanted = PostAction(id=key_of(sent["id"], "Post"), version=sent["version"])

    async def change(session: Any) -> Any:
        return await step(session, context.actor, wanted)

    return await store_post(context, verb, sent, change)

"""Anthologies: posts that a reader chose, bound into a book."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import strawberry

from pressroom.cms.errors import Malformed
from pressroom.cms.renditions.offer.collections.anthology import (
    AnthologyFacts,
    AnthologyRenditions,
    Choice,
)
from pressroom.cms.store.keys import NOTHING, key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Posed
from pressroom.schema.fields import argument, field, optional
from pressroom.schema.types.rendition import RENDITION_ARGUMENTS, Rendition, parts_of, tell

_SHOWN = 60


def _choice(arguments: Mapping[str, Any]) -> Choice:
    ids: Sequence[str] = arguments["postIds"]
    keys = [key_of(given, "Post") for given in ids]
    if NOTHING in keys:
        raise Malformed(f"postIds: {ids[keys.index(NOTHING)][:_SHOWN]!r} is no id of a post")
    return Choice.of(keys, arguments.get("title") or "", called="postIds")


async def _anthology(
    context: Context, arguments: Mapping[str, Any], selected: Collection[str], choice: Choice
) -> Mapping[str, Any]:
    renditions = AnthologyRenditions(*parts_of(context))
    unread = AnthologyFacts(choice, ())
    return await tell(context, renditions, unread, arguments, selected, anew=True)


@strawberry.type
class AnthologyQueries:
    """Anthologies: posts that a reader chose, bound into a book."""

    anthology: Rendition = field(
        Posed(_choice, _anthology),
        "Posts bound into a book, in the given order. Those that readers do not see are left out,"
        " and `warnings` says so. Formats that hold a single post have FAILED.",
        argument("post_ids", list[strawberry.ID], "The posts: 1 to 100, each once."),
        optional("title", str, "What to call the book: 200 characters, or else the site's title."),
        *RENDITION_ARGUMENTS,
    )

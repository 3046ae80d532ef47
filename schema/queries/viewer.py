"""Who is asking."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Viewed
from pressroom.schema.fields import field
from pressroom.schema.types.viewer import Viewer


def _viewer(context: Context) -> Mapping[str, Any]:
    actor = context.actor
    return {"role": actor.role, "name": actor.name, "author_id": actor.author_id}


@strawberry.type
class ViewerQueries:
    """Who is asking."""

    viewer: Viewer = field(Viewed(_viewer), "Who is asking, as far as the server knows.")

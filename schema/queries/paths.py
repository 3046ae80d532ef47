"""What a path of the frontend leads to."""

import strawberry

from pressroom.schema.engine.declarations import Resolution
from pressroom.schema.fields import argument, field
from pressroom.schema.types.path import PathResolution


@strawberry.type
class PathQueries:
    """What a path of the frontend leads to."""

    resolve_path: PathResolution | None = field(
        Resolution("path"),
        "What a frontend route shows: today's page, where an old address moved to, or that it is"
        " gone. Null where there never was anything.",
        argument("path", str, "A path such as /some-post, or a whole address."),
    )

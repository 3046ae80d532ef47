"""What can be read: the root fields, a noun a file."""

import strawberry

from .anthologies import AnthologyQueries
from .audit import AuditQueries
from .authors import AuthorQueries
from .categories import CategoryQueries
from .changes import ChangeQueries
from .comments import CommentQueries
from .images import ImageQueries
from .node import NodeQueries
from .paths import PathQueries
from .posts import PostQueries
from .site import SiteQueries
from .tags import TagQueries
from .viewer import ViewerQueries


@strawberry.type(description="What can be read.")
class Query(
    NodeQueries,
    SiteQueries,
    PostQueries,
    CategoryQueries,
    AnthologyQueries,
    AuthorQueries,
    TagQueries,
    CommentQueries,
    ImageQueries,
    PathQueries,
    ChangeQueries,
    AuditQueries,
    ViewerQueries,
):
    """What can be read."""

"""Lists of a post's revisions."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, func, literal, select

from ..content import Body, Revision
from .listing import Arguments, Listing, SortKey
from .scope import Scope
from .visibility import visible_revisions


def revisions_of(post: Any, scope: Scope, _arguments: Arguments) -> Listing:
    """List a post's revisions, newest first; readers who are no editors see none."""
    revision = Revision.__table__.alias()
    return Listing(
        source=revision,
        columns=dict(revision.c.items()),
        order=(SortKey("version", True),),
        conditions=(revision.c.post_id == post, *visible_revisions(scope)),
        key=("post_id", "version"),
    )


def markdown(revision: FromClause, _scope: Scope) -> ColumnElement[str]:
    """Give the Markdown of a revision."""
    body = Body.__table__.alias()
    return select(body.c.markdown).where(body.c.id == revision.c.body_id).scalar_subquery()


def markdown_before(revision: FromClause, _scope: Scope) -> ColumnElement[str]:
    """Give the Markdown of the version before, or nothing for the first."""
    body, earlier = Body.__table__.alias(), Revision.__table__.alias()
    found = (
        select(body.c.markdown)
        .join(earlier, earlier.c.body_id == body.c.id)
        .where(earlier.c.post_id == revision.c.post_id, earlier.c.version < revision.c.version)
        .order_by(earlier.c.version.desc())
        .limit(literal(1, literal_execute=True))
        .scalar_subquery()
    )
    return func.coalesce(found, "")

"""Which posts are asked for, and which of them are shown."""

from typing import Any

from sqlalchemy import ColumnElement, Dialect, FromClause, Select, select

from ...content import Post, Site
from ...services.site import SITE_ID
from ...store.key_tables import keys_table
from ...store.scope import Scope
from ...store.visibility import kept, published

POSTS: FromClause = Post.__table__


def shown(statement: Select[Any], scope: Scope, as_they_stand: bool) -> Select[Any]:
    """Narrow a statement about posts, and the site, to those that are asked for and seen."""
    with_site = statement.join_from(POSTS, Site, Site.id == SITE_ID)
    seen = kept(POSTS) if as_they_stand else published(POSTS, scope)
    return with_site.where(asked(POSTS.c.id, scope.dialect), *seen)


def asked(key: Any, dialect: Dialect) -> ColumnElement[bool]:
    """Whether a key is among those of the posts that are asked for."""
    is_asked: ColumnElement[bool] = key.in_(select(keys_table("post_ids", dialect).c.value))
    return is_asked

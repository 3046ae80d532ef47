"""The keys of its links that a post repeats, so that lists of posts need no look at the links."""

from typing import Any

from sqlalchemy import JSON, Select, func, literal_column, select, type_coerce, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import CategoryPost, Post, PostAuthor, PostTag

_COLUMNS: dict[Any, tuple[str, Any]] = {
    PostAuthor: ("author_id", Post.author_ids),
    CategoryPost: ("category_id", Post.category_ids),
    PostTag: ("tag_id", Post.tag_ids),
}


async def repeat(
    session: AsyncSession, table: Any, posts: Select[Any], *, leaving: int | None = None
) -> None:
    """Bring what posts repeat of a table of links up to it, by one statement.

    `posts` selects their keys. A key that is `leaving` is left out: its links go next.
    """
    name, column = _COLUMNS[table]
    link = table.__table__.alias()
    linked = select(link.c[name].label("key"), link.c.position).where(
        link.c.post_id == Post.id, link.c.position.is_not(None)
    )
    if leaving is not None:
        linked = linked.where(link.c[name] != leaving)
    dialect = session.get_bind().dialect.name
    keys = _array(linked.correlate(Post), dialect)
    await session.execute(
        update(Post).where(Post.id.in_(posts)).values({column: keys}),
        execution_options={"synchronize_session": False},
    )


def _array(linked: Select[Any], dialect: str) -> Any:
    columns = linked.selected_columns
    if dialect == "sqlite":
        ordered = linked.order_by(columns.position, columns.key).subquery()
        keys = func.json_group_array(ordered.c.key)
    else:
        ordered = linked.subquery()
        order = aggregate_order_by(ordered.c.key, ordered.c.position, ordered.c.key)
        keys = func.coalesce(func.json_agg(order), literal_column("'[]'::json"))
    return select(type_coerce(keys, JSON)).select_from(ordered).scalar_subquery()

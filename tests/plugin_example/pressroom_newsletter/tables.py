"""The letters, a row for each post that has one."""

from sqlalchemy import Column, ForeignKey, MetaData, Table, Text

from pressroom.cms.content import Post
from pressroom.cms.content.base import BigKey, Instant

TABLES = MetaData()

letters = Table(
    "newsletter_letters",
    TABLES,
    Column("post_id", BigKey, ForeignKey(Post.id, ondelete="CASCADE"), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("sent_at", Instant),
)

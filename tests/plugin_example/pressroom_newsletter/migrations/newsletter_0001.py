"""The table of letters."""

import sqlalchemy as sa
from alembic import op

from pressroom.cms.content.base import BigKey, Instant

revision = "newsletter_0001"
down_revision = None
branch_labels = ("newsletter",)


def upgrade():
    op.create_table(
        "newsletter_letters",
        sa.Column("post_id", BigKey, sa.ForeignKey("posts.id", ondelete="CASCADE")),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sent_at", Instant),
        sa.PrimaryKeyConstraint("post_id"),
    )


def downgrade():
    op.drop_table("newsletter_letters")

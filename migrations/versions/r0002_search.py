"""The full-text index of posts."""

import sqlalchemy as sa
from alembic import op

from pressroom.cms.store.search import index_statement

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite's index holds a copy of the text: one that leaves it out could not show the passage found,
# and would need the old words to forget a post.
TABLES = {
    "sqlite": """
        CREATE VIRTUAL TABLE post_search USING fts5(
            title, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
        )
    """,
    "postgresql": """
        CREATE TABLE post_search (
            post_id BIGINT NOT NULL,
            words TSVECTOR NOT NULL,
            CONSTRAINT pk_post_search PRIMARY KEY (post_id),
            CONSTRAINT fk_post_search_post_id FOREIGN KEY (post_id)
                REFERENCES posts (id) ON DELETE CASCADE
        )
    """,
}
CONTENT = sa.text(
    "SELECT posts.id, posts.title, bodies.text"
    " FROM posts JOIN bodies ON bodies.id = posts.body_id WHERE posts.id > :last"
    " ORDER BY posts.id LIMIT 200"
)


def upgrade() -> None:
    connection = op.get_bind()
    op.execute(TABLES[connection.dialect.name])
    if connection.dialect.name == "postgresql":
        op.create_index("ix_post_search_words", "post_search", ["words"], postgresql_using="gin")
    _take_in_what_is_there(connection)


def _take_in_what_is_there(connection: sa.Connection) -> None:
    last = 0
    while posts := connection.execute(CONTENT, {"last": last}).all():
        for post_id, title, text in posts:
            connection.execute(index_statement(connection.dialect.name, post_id, title, text))
            last = post_id


def downgrade() -> None:
    op.drop_table("post_search")

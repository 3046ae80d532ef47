"""The tables of content."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INTEGER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.DateTime().with_variant(sa.DateTime(timezone=True), "postgresql")
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
DIRECT = sa.text("position IS NOT NULL")


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)


POST_STATUS = choice("poststatus", "DRAFT", "SCHEDULED", "PUBLISHED", "ARCHIVED", "TRASHED")

TABLES = (
    "authors",
    "bodies",
    "categories",
    "handler_places",
    "idempotency_keys",
    "journal",
    "retired_slugs",
    "sites",
    "tags",
    "access_tokens",
    "category_ancestors",
    "images",
    "posts",
    "category_posts",
    "comments",
    "post_authors",
    "post_tags",
    "revisions",
    "comment_senders",
)


def upgrade() -> None:
    op.create_table(
        "authors",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", BYTEWISE, nullable=False),
        sa.Column("bio", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("post_count", INTEGER, nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authors")),
        sa.UniqueConstraint("slug", name=op.f("uq_authors_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_authors_name_key_id"), "authors", ["name_key", "id"])
    op.create_table(
        "bodies",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("format", choice("sourceformat", "MARKDOWN", "HTML"), nullable=False),
        sa.Column("word_count", INTEGER, nullable=False),
        sa.Column("reading_minutes", INTEGER, nullable=False),
        sa.Column("headings", sa.JSON, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("markdown", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "categories",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", BYTEWISE, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("parent_id", INTEGER),
        sa.Column("post_count", INTEGER, nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_categories_name_key_id"), "categories", ["name_key", "id"])
    op.create_index(op.f("ix_categories_parent_id"), "categories", ["parent_id"])
    op.create_table(
        "handler_places",
        sa.Column("handler", sa.Text, nullable=False),
        sa.Column("entry_id", INTEGER, nullable=False),
        sa.Column("failures", INTEGER, nullable=False),
        sa.Column("held_until", INSTANT),
        sa.PrimaryKeyConstraint("handler", name=op.f("pk_handler_places")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("input_hash", sa.Text, nullable=False),
        sa.Column("answer", sa.JSON),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_expires_at"), "idempotency_keys", ["expires_at"])
    op.create_table(
        "journal",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("entity_id", INTEGER, nullable=False),
        sa.Column("kind", choice("changekind", "CREATED", "UPDATED", "DELETED"), nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("actor", sa.Text),
        sa.Column(
            "role",
            choice("role", "READER", "CONTRIBUTOR", "MODERATOR", "EDITOR", "ADMIN"),
            nullable=False,
        ),
        sa.Column("token_id", INTEGER),
        sa.Column("post_id", INTEGER),
        sa.Column("relisted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_actor_id"), "journal", ["actor", "id"])
    op.create_index(
        op.f("ix_journal_entity_entity_id_id"), "journal", ["entity", "entity_id", "id"]
    )
    op.create_index(op.f("ix_journal_public_id"), "journal", ["public", "id"])
    op.create_table(
        "retired_slugs",
        sa.Column("kind", choice("addressed", "POST", "CATEGORY", "AUTHOR"), nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("entity_id", INTEGER),
        sa.Column("retired_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_retired_slugs")),
    )
    op.create_table(
        "sites",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("tagline", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("post_prefix", sa.Text, nullable=False),
        sa.Column("category_prefix", sa.Text, nullable=False),
        sa.Column("author_prefix", sa.Text, nullable=False),
        sa.Column("names_version", INTEGER, nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
    )
    op.create_table(
        "tags",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", BYTEWISE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("name_key", name=op.f("uq_tags_name_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_tags_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "access_tokens",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column(
            "role",
            choice("role", "READER", "CONTRIBUTOR", "MODERATOR", "EDITOR", "ADMIN"),
            nullable=False,
        ),
        sa.Column("secret_hash", sa.Text, nullable=False),
        sa.Column("author_id", INTEGER),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("last_used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["authors.id"],
            name=op.f("fk_access_tokens_author_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_tokens")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_access_tokens_secret_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "category_ancestors",
        sa.Column("category_id", INTEGER, nullable=False),
        sa.Column("ancestor_id", INTEGER, nullable=False),
        sa.Column("distance", INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_id"],
            ["categories.id"],
            name=op.f("fk_category_ancestors_ancestor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name=op.f("fk_category_ancestors_category_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("category_id", "ancestor_id", name=op.f("pk_category_ancestors")),
    )
    op.create_index(
        op.f("ix_category_ancestors_ancestor_id"), "category_ancestors", ["ancestor_id"]
    )
    op.create_table(
        "images",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("width", INTEGER, nullable=False),
        sa.Column("height", INTEGER, nullable=False),
        sa.Column("byte_size", INTEGER, nullable=False),
        sa.Column("frame_count", INTEGER, nullable=False),
        sa.Column("blurhash", sa.Text, nullable=False),
        sa.Column("alt", sa.Text, nullable=False),
        sa.Column("caption", sa.Text, nullable=False),
        sa.Column("author_id", INTEGER),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.Column("source_key", sa.Text),
        sa.ForeignKeyConstraint(
            ["author_id"], ["authors.id"], name=op.f("fk_images_author_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_images")),
        sa.UniqueConstraint("source_key", name=op.f("uq_images_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_images_author_id"), "images", ["author_id"])
    op.create_index(op.f("ix_images_created_at_id"), "images", ["created_at", "id"])
    op.create_index(op.f("ix_images_sha256"), "images", ["sha256"])
    op.create_table(
        "posts",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("title_key", BYTEWISE, nullable=False),
        sa.Column("excerpt", sa.Text, nullable=False),
        sa.Column("written_excerpt", sa.Text),
        sa.Column("status", POST_STATUS, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.Column("sticky", sa.Boolean, nullable=False),
        sa.Column("comments_open", sa.Boolean, nullable=False),
        sa.Column("author_ids", sa.JSON, nullable=False),
        sa.Column("category_ids", sa.JSON, nullable=False),
        sa.Column("tag_ids", sa.JSON, nullable=False),
        sa.Column("body_id", INTEGER, nullable=False),
        sa.Column("image_id", INTEGER),
        sa.Column("announced", sa.Boolean, nullable=False),
        sa.Column("comment_count", INTEGER, nullable=False),
        sa.Column("thread_count", INTEGER, nullable=False),
        sa.Column("tombstone_count", INTEGER, nullable=False),
        sa.Column("comments_version", INTEGER, nullable=False),
        sa.Column("last_ordinal", INTEGER, nullable=False),
        sa.Column("source_key", sa.Text),
        sa.CheckConstraint(
            "status <> 'PUBLISHED' OR published_at IS NOT NULL",
            name=op.f("ck_posts_published_when"),
        ),
        sa.CheckConstraint("status <> 'SCHEDULED'", name=op.f("ck_posts_scheduled_is_derived")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_posts_body_id")),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], name=op.f("fk_posts_image_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("slug", name=op.f("uq_posts_slug")),
        sa.UniqueConstraint("source_key", name=op.f("uq_posts_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_posts_status_comment_count_id"), "posts", ["status", "comment_count", "id"]
    )
    op.create_index(
        op.f("ix_posts_status_published_at_id"), "posts", ["status", "published_at", "id"]
    )
    op.create_index(op.f("ix_posts_body_id"), "posts", ["body_id"])
    op.create_index(op.f("ix_posts_image_id"), "posts", ["image_id"])
    op.create_index(op.f("ix_posts_status_title_key_id"), "posts", ["status", "title_key", "id"])
    op.create_index(op.f("ix_posts_status_updated_at_id"), "posts", ["status", "updated_at", "id"])
    op.create_table(
        "category_posts",
        sa.Column("category_id", INTEGER, nullable=False),
        sa.Column("post_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER),
        sa.Column("status", POST_STATUS, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_category_posts_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_category_posts_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("category_id", "post_id", name=op.f("pk_category_posts")),
    )
    op.create_index(
        "ix_category_posts_archive",
        "category_posts",
        ["category_id", "status", "published_at", "post_id"],
    )
    op.create_index(
        "ix_category_posts_direct",
        "category_posts",
        ["category_id", "status", "published_at", "post_id"],
        sqlite_where=DIRECT,
        postgresql_where=DIRECT,
    )
    op.create_index(
        "ix_category_posts_post_id", "category_posts", ["post_id", "position", "category_id"]
    )
    op.create_table(
        "comments",
        sa.Column("id", INTEGER, autoincrement=True, nullable=False),
        sa.Column("post_id", INTEGER, nullable=False),
        sa.Column("parent_id", INTEGER),
        sa.Column("root_id", INTEGER),
        sa.Column("answers_id", INTEGER),
        sa.Column("depth", INTEGER, nullable=False),
        sa.Column("ordinal", INTEGER),
        sa.Column("path", BYTEWISE),
        sa.Column("reversed_path", BYTEWISE),
        sa.Column("last_ordinal", INTEGER, nullable=False),
        sa.Column("reply_count", INTEGER, nullable=False),
        sa.Column(
            "status",
            choice("commentstatus", "PENDING", "APPROVED", "SPAM", "TRASHED", "REMOVED"),
            nullable=False,
        ),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("author_url", sa.Text),
        sa.Column("verified", sa.Boolean, nullable=False),
        sa.Column("avatar", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=False),
        sa.Column("edited_at", INSTANT),
        sa.Column("version", INTEGER, nullable=False),
        sa.Column("source_key", sa.Text),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("markdown", sa.Text, nullable=False),
        sa.CheckConstraint(
            "(path IS NULL) = (ordinal IS NULL)", name=op.f("ck_comments_placed_whole")
        ),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["comments.id"],
            name=op.f("fk_comments_answers_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_comments_post_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["comments.id"], name=op.f("fk_comments_root_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("source_key", name=op.f("uq_comments_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_answers", "comments", ["answers_id"])
    op.create_index("ix_comments_duplicate", "comments", ["post_id", "fingerprint", "submitted_at"])
    op.create_index("ix_comments_parent", "comments", ["parent_id", "ordinal"])
    op.create_index("ix_comments_path", "comments", ["post_id", "path"])
    op.create_index("ix_comments_recent", "comments", ["status", "submitted_at", "id"])
    op.create_index("ix_comments_reversed_path", "comments", ["post_id", "reversed_path"])
    op.create_index("ix_comments_root", "comments", ["root_id"])
    op.create_index("ix_comments_sender", "comments", ["avatar", "status"])
    op.create_index(
        "ix_comments_thread",
        "comments",
        ["post_id", "ordinal"],
        sqlite_where=sa.text("parent_id IS NULL"),
        postgresql_where=sa.text("parent_id IS NULL"),
    )
    op.create_table(
        "post_authors",
        sa.Column("post_id", INTEGER, nullable=False),
        sa.Column("author_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("status", POST_STATUS, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["author_id"], ["authors.id"], name=op.f("fk_post_authors_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_authors_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "author_id", name=op.f("pk_post_authors")),
    )
    op.create_index(
        op.f("ix_post_authors_post_id_position_author_id"),
        "post_authors",
        ["post_id", "position", "author_id"],
    )
    op.create_index(
        op.f("ix_post_authors_author_id_status_published_at_post_id"),
        "post_authors",
        ["author_id", "status", "published_at", "post_id"],
    )
    op.create_table(
        "post_tags",
        sa.Column("post_id", INTEGER, nullable=False),
        sa.Column("tag_id", INTEGER, nullable=False),
        sa.Column("position", INTEGER, nullable=False),
        sa.Column("status", POST_STATUS, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_tags_post_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_post_tags_tag_id")),
        sa.PrimaryKeyConstraint("post_id", "tag_id", name=op.f("pk_post_tags")),
    )
    op.create_index(
        op.f("ix_post_tags_post_id_position_tag_id"), "post_tags", ["post_id", "position", "tag_id"]
    )
    op.create_index(
        op.f("ix_post_tags_tag_id_status_published_at_post_id"),
        "post_tags",
        ["tag_id", "status", "published_at", "post_id"],
    )
    op.create_table(
        "revisions",
        sa.Column("post_id", INTEGER, nullable=False),
        sa.Column("version", INTEGER, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body_id", INTEGER, nullable=False),
        sa.Column("snapshot", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_revisions_body_id")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_revisions_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "version", name=op.f("pk_revisions")),
    )
    op.create_index(op.f("ix_revisions_body_id"), "revisions", ["body_id"])
    op.create_table(
        "comment_senders",
        sa.Column("comment_id", INTEGER, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("address_hash", sa.Text),
        sa.Column("purge_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name=op.f("fk_comment_senders_comment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_senders")),
    )
    op.create_index(op.f("ix_comment_senders_purge_at"), "comment_senders", ["purge_at"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)

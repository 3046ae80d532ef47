"""What holds in the store at all times, each as the rows that break it.

A select names what it finds by a single column.
"""

from typing import Final

_COPIES = """
    SELECT entry.post_id FROM {table} AS entry JOIN posts ON posts.id = entry.post_id
    WHERE entry.status <> posts.status OR entry.published_at <> posts.published_at
    OR (entry.published_at IS NULL) <> (posts.published_at IS NULL)
"""
_FILED = """
    FROM category_posts AS direct JOIN category_ancestors AS above
    ON above.category_id = direct.category_id WHERE direct.position IS NOT NULL
"""
_BORNE = """
    SELECT id FROM {bearers} WHERE slug IN (SELECT slug FROM retired_slugs WHERE kind = '{kind}')
"""
_REPEATED = """
    SELECT id FROM posts WHERE replace(CAST({key}s AS TEXT), ' ', '') <> '[' || COALESCE((
        SELECT {{joined}} FROM (
            SELECT {key} AS key, position FROM {table}
            WHERE post_id = posts.id AND position IS NOT NULL ORDER BY position, key) AS links
    ), '') || ']'
"""
_SEEN = "(status = 'APPROVED' OR (ordinal IS NOT NULL AND reply_count > 0))"

ARCHIVE: Final = {
    "posts are missing in a category's archive": """
        SELECT DISTINCT above.ancestor_id {filed} AND NOT EXISTS (
            SELECT 1 FROM category_posts AS entry
            WHERE entry.category_id = above.ancestor_id AND entry.post_id = direct.post_id)
    """,
    "a category's archive holds posts that are not filed below it": """
        SELECT DISTINCT entry.category_id FROM category_posts AS entry
        WHERE entry.position IS NULL AND NOT EXISTS (
            SELECT 1 {filed}
            AND above.ancestor_id = entry.category_id AND direct.post_id = entry.post_id)
    """,
    "a category's archive repeats the post wrongly": _COPIES.replace("{table}", "category_posts"),
    "an author's archive repeats the post wrongly": _COPIES.replace("{table}", "post_authors"),
    "a tag's archive repeats the post wrongly": _COPIES.replace("{table}", "post_tags"),
    "a post repeats the keys of its authors wrongly": _REPEATED.format(
        key="author_id", table="post_authors"
    ),
    "a post repeats the keys of its categories wrongly": _REPEATED.format(
        key="category_id", table="category_posts"
    ),
    "a post repeats the keys of its tags wrongly": _REPEATED.format(
        key="tag_id", table="post_tags"
    ),
    "a category's count of posts is wrong": """
        SELECT id FROM categories WHERE post_count <> (
            SELECT count(*) FROM category_posts
            WHERE category_id = categories.id AND status = 'PUBLISHED')
    """,
    "an author's count of posts is wrong": """
        SELECT id FROM authors WHERE post_count <> (
            SELECT count(*) FROM post_authors
            WHERE author_id = authors.id AND status = 'PUBLISHED')
    """,
}

POSTS: Final = {
    "a post has no revision of its present version": """
        SELECT id FROM posts WHERE NOT EXISTS (
            SELECT 1 FROM revisions WHERE post_id = posts.id AND revisions.version = posts.version)
    """,
    "a post has a revision of a version to come": """
        SELECT post_id FROM revisions JOIN posts ON posts.id = post_id
        WHERE revisions.version > posts.version
    """,
    "a post is not in the full-text index": """
        SELECT id FROM posts WHERE id NOT IN (SELECT {post_key} FROM post_search)
    """,
    "the full-text index holds a post that is gone": """
        SELECT {post_key} FROM post_search WHERE {post_key} NOT IN (SELECT id FROM posts)
    """,
    "a body belongs to nothing": """
        SELECT id FROM bodies WHERE id NOT IN (SELECT body_id FROM posts)
        AND id NOT IN (SELECT body_id FROM revisions)
    """,
}

SLUGS: Final = {
    "a slug leads elsewhere and is borne by a post": _BORNE.format(bearers="posts", kind="POST"),
    "a slug leads elsewhere and is borne by a category": _BORNE.format(
        bearers="categories", kind="CATEGORY"
    ),
    "a slug leads elsewhere and is borne by an author": _BORNE.format(
        bearers="authors", kind="AUTHOR"
    ),
    "an old slug leads to what is not there": """
        SELECT entity_id FROM retired_slugs WHERE entity_id IS NOT NULL AND entity_id NOT IN (
            SELECT id FROM posts WHERE kind = 'POST'
            UNION ALL SELECT id FROM categories WHERE kind = 'CATEGORY'
            UNION ALL SELECT id FROM authors WHERE kind = 'AUTHOR')
    """,
    "a slug that readers knew a post by leads nowhere": """
        SELECT DISTINCT revisions.post_id FROM revisions WHERE revisions.version >= (
            SELECT min(version) FROM journal
            WHERE entity = 'Post' AND entity_id = revisions.post_id AND journal.public)
        AND {revised_slug} NOT IN (SELECT slug FROM posts)
        AND {revised_slug} NOT IN (SELECT slug FROM retired_slugs WHERE kind = 'POST')
    """,
}

JOURNAL: Final = {
    "the journal lacks a version of a post": """
        SELECT id FROM posts WHERE version <> (
            SELECT count(DISTINCT version) FROM journal
            WHERE entity = 'Post' AND entity_id = posts.id)
    """,
    "the journal does not have a post's last change": """
        SELECT id FROM posts WHERE version <> COALESCE((
            SELECT version FROM journal WHERE entity = 'Post' AND entity_id = posts.id
            ORDER BY journal.id DESC LIMIT 1), 0)
    """,
    "the journal tells readers other than what they see of a post": """
        SELECT id FROM posts WHERE announced = (COALESCE((
            SELECT kind FROM journal
            WHERE entity = 'Post' AND entity_id = posts.id AND journal.public
            ORDER BY journal.id DESC LIMIT 1), 'DELETED') = 'DELETED')
    """,
    "a post is announced that is not published": """
        SELECT id FROM posts WHERE announced AND status <> 'PUBLISHED'
    """,
}

COMMENTS: Final = {
    "a post's count of comments is wrong": """
        SELECT id FROM posts WHERE comment_count <> (
            SELECT count(*) FROM comments WHERE post_id = posts.id AND status = 'APPROVED')
    """,
    "a post's count of threads is wrong": """
        SELECT id FROM posts WHERE thread_count <> (
            SELECT count(*) FROM comments
            WHERE post_id = posts.id AND parent_id IS NULL AND {seen})
    """,
    "a post's count of tombstones is wrong": """
        SELECT id FROM posts WHERE tombstone_count <> (
            SELECT count(*) FROM comments
            WHERE post_id = posts.id AND status <> 'APPROVED' AND {seen})
    """,
    "a comment's count of replies is wrong": """
        SELECT parent.id FROM comments AS parent LEFT JOIN (
            SELECT parent_id, count(*) AS replies FROM comments WHERE {seen} GROUP BY parent_id
        ) AS seen ON seen.parent_id = parent.id
        WHERE parent.reply_count <> COALESCE(seen.replies, 0)
    """,
    "a comment is seen and has no place": """
        SELECT id FROM comments WHERE ordinal IS NULL AND (status = 'APPROVED' OR reply_count > 0)
    """,
    "a comment's place does not follow from its parent's": """
        SELECT reply.id FROM comments AS reply LEFT JOIN comments AS parent
        ON parent.id = reply.parent_id
        WHERE reply.depth <> COALESCE(parent.depth + 1, 0)
        OR COALESCE(reply.root_id, 0) <> COALESCE(parent.root_id, parent.id, 0)
        OR reply.post_id <> COALESCE(parent.post_id, reply.post_id)
        OR (reply.path IS NOT NULL AND (
            substr(reply.path, 1, length(reply.path) - 4) <> COALESCE(parent.path, '')
            OR substr(reply.reversed_path, 1, length(reply.reversed_path) - 4)
                <> COALESCE(parent.reversed_path, '')))
    """,
    "the replies to a comment are not numbered one by one": """
        SELECT parent.id FROM comments AS parent JOIN comments AS reply
        ON reply.parent_id = parent.id GROUP BY parent.id, parent.last_ordinal
        HAVING count(DISTINCT reply.ordinal) <> parent.last_ordinal
        OR count(reply.ordinal) <> parent.last_ordinal
        OR COALESCE(max(reply.ordinal), 0) <> parent.last_ordinal
    """,
    "the comments on a post are not numbered one by one": """
        SELECT posts.id FROM posts JOIN comments
        ON comments.post_id = posts.id AND comments.parent_id IS NULL
        GROUP BY posts.id, posts.last_ordinal
        HAVING count(DISTINCT comments.ordinal) <> posts.last_ordinal
        OR count(comments.ordinal) <> posts.last_ordinal
        OR COALESCE(max(comments.ordinal), 0) <> posts.last_ordinal
    """,
}

_POST_KEYS = {"sqlite": "rowid", "postgresql": "post_id"}
_REVISED_SLUGS = {
    "sqlite": "json_extract(revisions.snapshot, '$.slug')",
    "postgresql": "(revisions.snapshot ->> 'slug')",
}
_JOINED = {
    "sqlite": "group_concat(key)",
    "postgresql": "string_agg(CAST(key AS TEXT), ',' ORDER BY position, key)",
}


def invariants(dialect_name: str) -> dict[str, str]:
    """Give, by what is wrong, the statement that selects where."""
    pieces = {
        "filed": _FILED,
        "seen": _SEEN,
        "post_key": _POST_KEYS[dialect_name],
        "revised_slug": _REVISED_SLUGS[dialect_name],
        "joined": _JOINED[dialect_name],
    }
    return {
        what: statement.format(**pieces)
        for group in (ARCHIVE, POSTS, SLUGS, JOURNAL, COMMENTS)
        for what, statement in group.items()
    }

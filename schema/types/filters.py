"""What things are known by, and how lists are narrowed."""

import strawberry

from pressroom.schema.enums import CommentStatus, PostStatus
from pressroom.schema.fields import given
from pressroom.schema.scalars import Instant


@strawberry.input(one_of=True, description="What a post is known by.")
class PostBy:
    """What a post is known by."""

    id: strawberry.ID | None = given("Its global id.")
    slug: str | None = given("Its slug.")


@strawberry.input(one_of=True, description="What a category is known by.")
class CategoryBy:
    """What a category is known by."""

    id: strawberry.ID | None = given("Its global id.")
    slug: str | None = given("Its slug.")


@strawberry.input(one_of=True, description="What an author is known by.")
class AuthorBy:
    """What an author is known by."""

    id: strawberry.ID | None = given("The author's global id.")
    slug: str | None = given("The author's slug.")


@strawberry.input(one_of=True, description="What a tag is known by.")
class TagBy:
    """What a tag is known by."""

    id: strawberry.ID | None = given("Its global id.")
    slug: str | None = given("Its slug.")


@strawberry.input(description="Which posts; all that is given must hold.")
class PostFilter:
    """Which posts; all that is given must hold."""

    category: CategoryBy | None = given("Those filed under a category.")
    include_descendants: bool | None = given(
        "Also the posts of the category's descendants.", default=True
    )
    tag: TagBy | None = given("Those with a tag.")
    author: AuthorBy | None = given("Those that bear an author's name.")
    status: list[PostStatus] | None = given("Those of these statuses, as far as the viewer may.")
    published_after: Instant | None = given("Those published after an instant.")
    published_before: Instant | None = given("Those published before an instant.")
    updated_after: Instant | None = given("Those updated after an instant.")
    sticky: bool | None = given("Those that are meant to stay on top, or those that are not.")
    search: str | None = given("Those that hold all words of a text.")
    and_: list["PostFilter"] | None = given("Those that all of these let through.", name="and")
    or_: list["PostFilter"] | None = given("Those that one of these lets through.", name="or")
    not_: "PostFilter | None" = given("Those that this does not let through.", name="not")


@strawberry.input(description="Which categories; all that is given must hold.")
class CategoryFilter:
    """Which categories; all that is given must hold."""

    roots_only: bool | None = given("Those that have none above them.")
    search: str | None = given("Those whose names hold a text.")


@strawberry.input(description="Which comments; all that is given must hold.")
class CommentFilter:
    """Which comments; all that is given must hold."""

    status: list[CommentStatus] | None = given("Those of these statuses, as the viewer is told.")
    post_id: strawberry.ID | None = given("Those on one post.")
    search: str | None = given("Those whose name or words hold a text.")
    submitted_after: Instant | None = given("Those sent after an instant.")

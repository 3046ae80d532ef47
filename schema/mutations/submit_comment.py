"""`submitComment`: what a reader wrote under a post."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import comments
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.cms.store.sessions import unit_of_work
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.scalars import URL
from pressroom.schema.types.comment import Comment


@strawberry.input(description="A comment, as a reader sends it.")
class SubmitCommentInput:
    """A comment, as a reader sends it."""

    post_id: strawberry.ID = strawberry.field(description="The post that it is about.")
    parent_id: strawberry.ID | None = given("The comment that it replies to.")
    author_name: str = strawberry.field(description="The sender's name: 80 characters at most.")
    author_email: str | None = given("The sender's e-mail address; only moderators see it.")
    author_url: URL | None = given("A page of the sender's own.")
    body: str = strawberry.field(
        description="Markdown: paragraphs, emphasis, links, lists, quotes, code; no raw HTML,"
        " images or headings. 10,000 characters at most."
    )
    honeypot: str | None = given("A field no person sees or fills.")
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a comment.")
class SubmitCommentPayload:
    """What became of a comment."""

    comment: Comment | None = field(
        Handed("comment_id"),
        "PENDING or APPROVED; what is taken for spam looks like PENDING to its sender.",
    )
    edit_token: str | None = fact(
        "Lets its author edit or withdraw it for a while, and see it while it is pending."
    )
    user_errors: list[UserError] = fact(USER_ERRORS)


async def submit_comment(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store a comment."""
    parent = sent.get("parentId")
    comment = comments.SubmitComment(
        post_id=key_of(sent["postId"], "Post"),
        parent_id=None if parent is None else key_of(parent, "Comment"),
        author_name=sent["authorName"],
        author_email=sent.get("authorEmail"),
        author_url=sent.get("authorUrl"),
        body=sent["body"],
        honeypot=sent.get("honeypot"),
        idempotency_key=sent.get("idempotencyKey"),
    )
    services = context.services
    async with unit_of_work(services.database) as session:
        submitted = await comments.submit(session, services.settings, context.actor, comment)
    comment_id = submitted.comment.id
    return {
        "comment_id": comment_id,
        "own_comment": comment_id,
        "edit_token": submitted.edit_token,
    }


@strawberry.type
class SubmitCommentMutation:
    """`submitComment`."""

    submit_comment: SubmitCommentPayload = field(
        Action(submit_comment, Right.COMMENT),
        "Send a comment on a post, or a reply to one.",
        argument("input", SubmitCommentInput, "The comment."),
    )

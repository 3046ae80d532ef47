"""`setNewsletterSubject`: whether a post goes out as a letter, and under which subject."""

import strawberry
from sqlalchemy import delete, insert

from pressroom.cms.services.posts.saving import save
from pressroom.cms.services.posts.state import hold
from pressroom.cms.services.rights import Right
from pressroom.cms.store import clock
from pressroom.cms.store.keys import key_of
from pressroom.schema.engine.declarations import Action
from pressroom.schema.fields import argument, field, given
from pressroom.schema.transactions import store_post
from pressroom.schema.types.post_action import PostActionInput, PostPayload

from .tables import letters


@strawberry.input(description="Which post, and the subject of its letter.")
class SetNewsletterSubjectInput(PostActionInput):
    subject: str | None = given("The subject; without one, the post is not sent.")


@strawberry.type(description="What became of it.")
class SetNewsletterSubjectPayload(PostPayload):
    pass


async def set_subject(context, sent):
    post_id = key_of(sent["id"], "Post")

    async def change(session):
        held = await hold(session, post_id, sent["version"])
        await session.execute(delete(letters).where(letters.c.post_id == post_id))
        if sent.get("subject"):
            await session.execute(insert(letters).values(post_id=post_id, subject=sent["subject"]))
        return await save(session, context.actor, "setNewsletterSubject", held, clock.now())

    return await store_post(context, "setNewsletterSubject", sent, change)


@strawberry.type
class SetNewsletterSubjectMutation:
    set_newsletter_subject: SetNewsletterSubjectPayload = field(
        Action(set_subject, Right.EDIT),
        "Send a post out as a letter when it is published, or do not.",
        argument("input", SetNewsletterSubjectInput, "The post, and the subject."),
    )

"""Sending the letter of a post that was published."""

from sqlalchemy import select, update

from pressroom.cms.actors import SYSTEM
from pressroom.cms.services.posts.beside import touch
from pressroom.cms.store import clock
from pressroom.cms.store.sessions import unit_of_work

from .tables import letters


async def send(services, event):
    """Send the letter, once: the event may come again."""
    unsent = (letters.c.post_id == event.post_id, letters.c.sent_at.is_(None))
    async with unit_of_work(services.database) as session:
        subject = await session.scalar(select(letters.c.subject).where(*unsent))
        if subject is None or await touch(session, SYSTEM, "sendLetter", event.post_id) is None:
            return
        # Here it would be handed to whatever sends mail, with `event.id` to know it again by.
        await session.execute(update(letters).where(*unsent).values(sent_at=clock.now()))

"""The renditions of posts."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import NotFound
from ..store.sessions import reading_session
from .address import Address, Facts, address_of
from .door import Renditions
from .formats import Format
from .job import Job, PostJob
from .loading import load_facts, load_source
from .options import RenditionOptions


@dataclass(frozen=True, slots=True)
class PostRenditions(Renditions[Facts]):
    """The renditions of posts."""

    async def facts(self, post_id: int) -> Facts:
        """Read what the addresses of a post's renditions are made of.

        Raises NotFound for a post that the public does not see.
        """
        async with reading_session(self.database) as session:
            return _seen(await load_facts(session, post_id))

    def address(self, facts: Facts, wanted: Format, options: RenditionOptions) -> Address:
        """Give the one address of a rendition."""
        return address_of(facts, wanted, options, self.press.terms)

    async def present(self, session: AsyncSession, facts: Facts) -> Facts:
        """Read the facts as they are now; see Renditions."""
        return _seen(await load_facts(session, facts.post_id))

    async def job(
        self, session: AsyncSession, present: Facts, wanted: Format, options: RenditionOptions
    ) -> Job:
        """Read what a rendition is made of; see Renditions."""
        source = await load_source(session, present.post_id, comments=options.comments)
        if source is None:
            raise _unseen()
        return PostJob(source, wanted, options)


def _seen(facts: Facts | None) -> Facts:
    if facts is None:
        raise _unseen()
    return facts


def _unseen() -> NotFound:
    return NotFound("Readers see no such post, and renditions show what they see")

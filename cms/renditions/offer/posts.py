"""The renditions of posts."""

from dataclasses import dataclass

from ...errors import NotFound
from ...store.reading import Reading
from ..address import Address, Facts, address_of
from ..formats.format import Format
from ..formats.options import RenditionOptions
from ..press.job import Job, PostJob
from .door import Renditions
from .facts import load_facts
from .sources import load_source


@dataclass(frozen=True, slots=True)
class PostRenditions(Renditions[Facts]):
    """The renditions of posts."""

    async def facts(self, post_id: int) -> Facts:
        """Read what the addresses of a post's renditions are made of.

        Raises NotFound for a post that the public does not see.
        """
        return await self.database.reader.run(self._load(post_id))

    def address(self, facts: Facts, wanted: Format, options: RenditionOptions) -> Address:
        """Give the one address of a rendition."""
        return address_of(facts, wanted, options, self.press.terms)

    def present(self, facts: Facts) -> Reading[Facts]:
        """Read the facts as they are now; see Renditions."""
        return self._load(facts.post_id)

    def job(self, present: Facts, wanted: Format, options: RenditionOptions) -> Reading[Job]:
        """Read what a rendition is made of; see Renditions."""
        source = yield from load_source(self.dialect, present.post_id, comments=options.comments)
        if source is None:
            raise _unseen()
        return PostJob(source, wanted, options)

    def _load(self, post_id: int) -> Reading[Facts]:
        facts = yield from load_facts(self.dialect, post_id)
        if facts is None:
            raise _unseen()
        return facts


def _unseen() -> NotFound:
    return NotFound("Readers see no such post, and renditions show what they see")

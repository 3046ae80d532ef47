"""Renditions of posts as they stand, for those who are shown what readers do not see.

`{base}/renditions/previews/{ticket}/{digest}/{post}-{slug}.{extension}?{options}`: the ticket is
`{post}_{when it ends, in seconds since 1970}_{signature}`, and stored nowhere. Whoever may see the
post is handed one; it opens the renditions of that post alone, and nothing else of the API.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from ...comments.keyed_hash import keyed_hash
from ...errors import NotFound
from ...store import clock
from ...store.reading import Reading
from ..address import Address, Facts, digest_of, state_of, write_name
from ..formats.format import Format
from ..formats.options import RenditionOptions
from ..press.job import Job, PostJob
from .door import Renditions
from .facts import load_facts
from .sources import load_source

FOLDER = "renditions/previews"
_HOUR = timedelta(hours=1)
_TICKET = re.compile(r"([1-9][0-9]{0,17})_([0-9]{1,11})_[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """What tells one state of a post from another, and the ticket that it is shown for."""

    post: Facts
    ticket: str

    @classmethod
    def of(cls, post: Facts) -> "PreviewFacts":
        """Write a ticket, which is good for an hour at least, and for less than two."""
        ends = clock.now().replace(minute=0, second=0, microsecond=0) + 2 * _HOUR
        return cls(post, _ticket(post, int(ends.timestamp())))

    @property
    def canonical(self) -> str:
        """Where the post will be read on the site."""
        return self.post.canonical


@dataclass(frozen=True, slots=True)
class PreviewRenditions(Renditions[PreviewFacts]):
    """The renditions of posts as they stand."""

    is_private: ClassVar[bool] = True

    async def facts(self, ticket: str) -> PreviewFacts:
        """Read what the addresses are made of that a ticket opens. Raises NotFound."""
        match = _TICKET.fullmatch(ticket)
        if match is None:
            raise _unknown()
        post = await self.database.reader.run(self._load(int(match[1])))
        if post is None or not hmac.compare_digest(ticket, _ticket(post, int(match[2]))):
            raise _unknown()
        if datetime.fromtimestamp(int(match[2]), UTC) <= clock.now():
            raise NotFound("This address has expired; ask for another")
        return PreviewFacts(post, ticket)

    def address(self, facts: PreviewFacts, wanted: Format, options: RenditionOptions) -> Address:
        """Give the one address of a rendition."""
        heeded = options.only(wanted.heeds)
        state = [FOLDER, *state_of(facts.post, heeded)]
        digest = digest_of(wanted, heeded, self.press.terms, state)
        name = write_name(facts.post.post_id, facts.post.slug, wanted)
        return Address(digest, name, heeded.to_query(), f"{FOLDER}/{facts.ticket}")

    def present(self, facts: PreviewFacts) -> Reading[PreviewFacts]:
        """Read the facts as they are now; see Renditions."""
        post = yield from self._load(facts.post.post_id)
        if post is None:
            raise _gone()
        return PreviewFacts(post, facts.ticket)

    def job(self, present: PreviewFacts, wanted: Format, options: RenditionOptions) -> Reading[Job]:
        """Read what a rendition is made of; see Renditions."""
        source = yield from load_source(
            self.dialect, present.post.post_id, comments=options.comments, as_it_stands=True
        )
        if source is None:
            raise _gone()
        return PostJob(source, wanted, options)

    def _load(self, post_id: int) -> Reading[Facts | None]:
        return load_facts(self.dialect, post_id, as_it_stands=True)


def _ticket(post: Facts, seconds: int) -> str:
    opened = f"{post.post_id}_{seconds}"
    return f"{opened}_{keyed_hash(post.site.identity.encode(), 'preview', opened)}"


def _unknown() -> NotFound:
    return NotFound("There is no such rendition")


def _gone() -> NotFound:
    return NotFound("The post is gone, or in the trash")

"""An anthology: the posts that a reader chose, in the order in which they chose them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from ....errors import Malformed, NotFound
from ....store.reading import Reading
from ....text.characters import clean_characters
from ...address import Address, Facts, SiteFacts, digest_of, state_of
from ...formats.format import Format
from ...formats.options import RenditionOptions
from ...press.job import Job
from ..facts import load_facts_of_many
from .binding import MOST_ARTICLES, BookRenditions, book_job, load_articles
from .job import BookSource

FOLDER = "renditions/anthologies"
LONGEST_TITLE = 200
_NAME = "anthology"
_KEY = re.compile("[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose: posts by their keys, and a title; without one it is the site's."""

    post_ids: tuple[int, ...]
    title: str = ""

    @classmethod
    def of(cls, post_ids: Sequence[int], title: str, *, called: str = "posts") -> Self:
        """Take what a reader chose; the posts are `called` something where they are given.

        Raises Malformed.
        """
        if not post_ids:
            raise Malformed(f"{called}: at least one post is expected")
        if len(post_ids) > MOST_ARTICLES:
            raise Malformed(f"{called}: there are more than {MOST_ARTICLES} posts")
        if len(set(post_ids)) < len(post_ids):
            raise Malformed(f"{called}: a post is named twice")
        line = " ".join(clean_characters(title).split())
        if len(line) > LONGEST_TITLE:
            raise Malformed(f"title: there are more than {LONGEST_TITLE} characters")
        return cls(tuple(post_ids), line)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read the query of an address. Raises Malformed."""
        keys = query.get("posts", "").split(".")
        if not all(_KEY.fullmatch(key) for key in keys):
            raise Malformed("posts: numbers are expected, with full stops between them")
        return cls.of([int(key) for key in keys], query.get("title", ""))

    def to_query(self) -> str:
        """Write the query of an address."""
        posts = {"posts": ".".join(map(str, self.post_ids))}
        return urlencode(posts | ({"title": self.title} if self.title else {}))


@dataclass(frozen=True, slots=True)
class AnthologyFacts:
    """What tells one state of an anthology from another; there is one post at least."""

    choice: Choice
    posts: tuple[Facts, ...]
    """Those that readers see, in the order of the choice."""

    @property
    def site(self) -> SiteFacts:
        """What the site adds."""
        return self.posts[0].site

    @property
    def canonical(self) -> str:
        """Where its articles come from."""
        return self.site.url


class AnthologyRenditions(BookRenditions[AnthologyFacts]):
    """Anthologies."""

    __slots__ = ()

    async def facts(self, choice: Choice) -> AnthologyFacts:
        """Read what an anthology's addresses are made of.

        Raises NotFound where readers see none of the posts.
        """
        return await self.database.reader.run(self._load(choice))

    def address(self, facts: AnthologyFacts, wanted: Format, options: RenditionOptions) -> Address:
        """Give the one address of a rendition."""
        heeded = options.only(wanted.heeds)
        chosen = facts.choice.to_query()
        state = [chosen, [state_of(post, heeded) for post in facts.posts]]
        query = "&".join(filter(None, (chosen, heeded.to_query())))
        name = f"{_NAME}.{wanted.extension}"
        return Address(digest_of(wanted, heeded, self.press.terms, state), name, query, FOLDER)

    def present(self, facts: AnthologyFacts) -> Reading[AnthologyFacts]:
        """Read the facts as they are now; see Renditions."""
        return self._load(facts.choice)

    def job(
        self, present: AnthologyFacts, wanted: Format, options: RenditionOptions
    ) -> Reading[Job]:
        """Read what the book is made of; see Renditions."""
        posts = [post.post_id for post in present.posts]
        source = BookSource(
            title=present.choice.title or present.site.title,
            address=present.canonical,
            identity=f"{present.site.url}#{present.choice.to_query()}",
            site=present.site,
            articles=(yield from load_articles(self.dialect, posts, options)),
            remarks=_remarks(len(present.choice.post_ids) - len(posts)),
        )
        return book_job(source, wanted, options)

    def _load(self, choice: Choice) -> Reading[AnthologyFacts]:
        found = yield from load_facts_of_many(self.dialect, choice.post_ids)
        posts = tuple(found[post_id] for post_id in choice.post_ids if post_id in found)
        if not posts:
            raise NotFound("None of these posts is there for readers to see")
        return AnthologyFacts(choice, posts)


def read_name(name: str) -> str:
    """Take the extension from an address's last part. Raises NotFound."""
    stem, _, extension = name.partition(".")
    if stem != _NAME:
        raise NotFound("There is no such rendition")
    return extension


def _remarks(left_out: int) -> list[str]:
    if not left_out:
        return []
    posts = "One of the posts is" if left_out == 1 else f"{left_out} of the posts are"
    return [f"{posts} not there for readers to see, and left out."]

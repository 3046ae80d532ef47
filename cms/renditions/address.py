"""The address of a rendition: it changes whenever the bytes behind it may.

`{base}/renditions/{digest}/{post}-{slug}.{extension}?{options}` for a post: the digest stands for
everything that the bytes are made of, and an address that is not the present one has nothing behind
it.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

from ..comments.keyed_hash import keyed_hash
from ..errors import NotFound
from .formats.format import Format
from .formats.options import RenditionOptions
from .terms import Terms

DOCUMENT_VERSION = 2
"""To be raised when the same HTML becomes another print document."""

_DIGITS = 32  # hexadecimal: 128 bits
_NAME = re.compile(r"([1-9][0-9]{0,17})(?:-[^/]*)?\.([a-z0-9]{1,8})")
_SHOWN_SLUG = re.compile(r"[^\W_](?:[\w.~-]{0,98}[^\W_])?")


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the site adds to every rendition."""

    title: str
    url: str
    language: str
    post_prefix: str = "/"
    identity: str = ""
    """Another for each database: what one stored is not to be taken for what is in the next."""

    @classmethod
    def of(cls, title: str, url: str, language: str, post_prefix: str, secret: bytes) -> Self:
        """Take the facts from the site's columns, and of its secret what does not give it away."""
        return cls(title, url, language, post_prefix, keyed_hash(secret, "renditions", ""))

    def address_of(self, slug: str) -> str:
        """Give the address at which a post is read."""
        return self.url + self.post_prefix + slug


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one state of a post from another."""

    post_id: int
    slug: str
    version: int
    names_version: int
    """Differs when the name of an author or a category does; see `loading.names_version`."""
    comments_version: int
    site: SiteFacts

    @property
    def canonical(self) -> str:
        """Where the post is read on the site."""
        return self.site.address_of(self.slug)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a rendition is; the name is not percent-encoded yet."""

    digest: str
    name: str
    query: str
    folder: str = "renditions"

    @property
    def relative(self) -> str:
        """From the folder of digests on."""
        query = f"?{self.query}" if self.query else ""
        return f"{self.digest}/{quote(self.name)}{query}"

    @property
    def way_up(self) -> str:
        """The way from here to where the API is reached, under whatever host and prefix."""
        return "../" * (self.folder.count("/") + 2)

    def under(self, base_url: str) -> str:
        """Make it absolute; `base_url` is where the API is reached, without a slash at its end."""
        return f"{base_url}/{self.folder}/{self.relative}"


def address_of(facts: Facts, wanted: Format, options: RenditionOptions, terms: Terms) -> Address:
    """Give the one address of a rendition."""
    heeded = options.only(wanted.heeds)
    name = write_name(facts.post_id, facts.slug, wanted)
    digest = digest_of(wanted, heeded, terms, state_of(facts, heeded))
    return Address(digest, name, heeded.to_query())


def write_name(key: int, slug: str, wanted: Format) -> str:
    """Write an address's last part, for what has a key and a slug."""
    shown = f"-{slug}" if _SHOWN_SLUG.fullmatch(slug) else ""
    return f"{key}{shown}.{wanted.extension}"


def read_name(name: str) -> tuple[int, str]:
    """Take the key and the extension from an address's last part. Raises NotFound."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise NotFound("There is no such rendition")
    return int(match[1]), match[2]


def state_of(facts: Facts, options: RenditionOptions) -> Sequence[Any]:
    """Give what tells one state of a post from another, in a rendition with such options."""
    return [
        facts.post_id,
        facts.slug,
        facts.version,
        facts.names_version,
        # Without comments in it, a rendition is none the older for a new one.
        facts.comments_version if options.comments else None,
        state_of_site(facts.site),
    ]


def state_of_site(site: SiteFacts) -> Sequence[Any]:
    """Give what tells one state of the site from another."""
    return [site.identity, site.title, site.url, site.language, site.post_prefix]


def digest_of(wanted: Format, options: RenditionOptions, terms: Terms, state: Sequence[Any]) -> str:
    """Digest everything that a rendition's bytes are made of."""
    made_with = [DOCUMENT_VERSION, wanted.name, wanted.version, options.to_query(), *terms.state]
    made_of = [*made_with, *state]
    written = json.dumps(made_of, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:_DIGITS]

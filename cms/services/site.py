"""The site: its title, its addresses, and the key of its hashes."""

import re
import secrets
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import Actor
from ..content import ChangeKind, Site
from ..errors import UserErrorCode
from ..settings import Settings
from ..store import journal
from .faults import Faults
from .locks import take_turn
from .unset import UNSET, Unset, chosen

SITE_ID = 1

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_PREFIX = re.compile(r"/([A-Za-z0-9._~-]+/)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSite:
    """What to change of the site; the prefixes begin and end with a slash."""

    title: str | Unset = UNSET
    tagline: str | Unset = UNSET
    url: str | Unset = UNSET
    language: str | Unset = UNSET
    post_prefix: str | Unset = UNSET
    category_prefix: str | Unset = UNSET
    author_prefix: str | Unset = UNSET


async def ensure_site(session: AsyncSession, settings: Settings) -> Site:
    """Give the site, made from the settings where the database has none yet."""
    await take_turn(session, "site")
    site = await session.get(Site, SITE_ID)
    if site is None:
        site = Site(
            id=SITE_ID,
            title=settings.site_title,
            tagline=settings.site_tagline,
            url=settings.site_url.rstrip("/"),
            language=settings.site_language,
            secret=secrets.token_bytes(32),
        )
        session.add(site)
        await session.flush()
    return site


async def update_site(session: AsyncSession, actor: Actor, wanted: UpdateSite) -> Site:
    """Change the site. Raises Refused."""
    site = await session.get_one(Site, SITE_ID, with_for_update=True)
    faults = Faults()
    fields = _checked(faults, wanted, site) | _checked_prefixes(faults, wanted, site)
    faults.refuse()
    for name, value in fields.items():
        setattr(site, name, value)
    if session.is_modified(site):
        journal.record(session, actor, "update", "Site", site.id, ChangeKind.UPDATED, public=True)
    return site


def _checked(faults: Faults, wanted: UpdateSite, site: Site) -> dict[str, str]:
    language = chosen(wanted.language, site.language)
    if not _LANGUAGE.fullmatch(language):
        faults.add(UserErrorCode.INVALID, "This is not a language tag (BCP 47).", "language")
    return {
        "title": faults.line(chosen(wanted.title, site.title), "title", limit=300, required=True),
        "tagline": faults.line(chosen(wanted.tagline, site.tagline), "tagline", limit=300),
        "url": faults.url(chosen(wanted.url, site.url), "url").rstrip("/"),
        "language": language,
    }


def _checked_prefixes(faults: Faults, wanted: UpdateSite, site: Site) -> dict[str, str]:
    prefixes = {
        "post_prefix": ("postPrefix", chosen(wanted.post_prefix, site.post_prefix)),
        "category_prefix": (
            "categoryPrefix",
            chosen(wanted.category_prefix, site.category_prefix),
        ),
        "author_prefix": ("authorPrefix", chosen(wanted.author_prefix, site.author_prefix)),
    }
    for path, prefix in prefixes.values():
        if not _PREFIX.fullmatch(prefix):
            faults.add(UserErrorCode.INVALID, "This must begin and end with a slash.", path)
    return {name: prefix for name, (_, prefix) in prefixes.items()}

"""Slugs of WordPress, kept wherever they can be slugs here."""

from ...errors import Refused
from ...services.faults import Faults
from ...services.slugs import check_slug
from ...text.slugs import slugify


def kept_slug(slug: str, fallback: str) -> str:
    """Give the slug as it was, or else one made from it; `fallback` where nothing is left."""
    faults = Faults()
    kept = check_slug(faults, slug)
    try:
        faults.refuse()
    except Refused:
        kept = None
    return kept or slugify(slug, fallback=fallback)

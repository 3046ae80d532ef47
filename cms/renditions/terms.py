"""What the operator decided that shows in renditions, and therefore in their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from ..settings import Settings

BESIDE = "../../media"
"""Where images are from the address of a post's rendition on, under any host and prefix."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator decided: where images of the site are, and whose else are printed."""

    media_url: str = BESIDE
    image_hosts: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take them from the settings."""
        public_url = settings.public_url.rstrip("/")
        media_url = f"{public_url}/media" if public_url else BESIDE
        return cls(media_url, tuple(sorted(settings.image_hosts)))

    @property
    def state(self) -> Sequence[Any]:
        """What tells them from others."""
        return [self.media_url, self.image_hosts]

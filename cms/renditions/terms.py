"""What the operator decided that shows in renditions, and therefore in their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from ..settings import Settings


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator decided: where the API is reached, and whose images are printed.

    Where it is reached may be unknown.
    """

    public_url: str = ""
    image_hosts: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take them from the settings."""
        return cls(settings.public_url.rstrip("/"), tuple(sorted(settings.image_hosts)))

    @property
    def state(self) -> Sequence[Any]:
        """What tells them from others."""
        return [self.public_url, self.image_hosts]

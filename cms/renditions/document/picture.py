"""A picture whose bytes are at hand, as every format can embed it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

PictureType: TypeAlias = Literal["image/png", "image/jpeg"]


@dataclass(frozen=True, slots=True)
class Picture:
    """Upright, in sRGB, without metadata; a format embeds `content` as it is. Sizes in pixels."""

    content: bytes
    media_type: PictureType
    width: int
    height: int

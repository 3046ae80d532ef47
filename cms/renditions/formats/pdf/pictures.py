"""The pictures of an edition: each drawn once, and how large they are set."""

import hashlib
from typing import Any

from ...document.inlines import Image
from .drawings import picture_svg
from .sheet import Sheet

_POINTS_PER_CSS_PIXEL = 0.75
_HIGHEST = 0.72  # of a page's text: there is room for the words under it
_HIGHEST_WHEN_SAVING = 255.0  # points: nine centimetres


class Pictures:
    """Collects pictures by name; a name tells the content, so that each is there once."""

    def __init__(self, sheet: Sheet, *, is_ink_saved: bool) -> None:
        highest = sheet.depth * _HIGHEST
        self._highest = min(highest, _HIGHEST_WHEN_SAVING) if is_ink_saved else highest
        self._is_ink_saved = is_ink_saved
        self.drawings: dict[str, str] = {}

    def place(self, image: Image, room: float) -> dict[str, Any] | None:
        """Say how an image is set in so many points; None where its bytes are not at hand."""
        picture = image.picture
        if picture is None:
            return None
        name = f"picture-{hashlib.sha256(picture.content).hexdigest()}"
        if name not in self.drawings:
            self.drawings[name] = picture_svg(picture, is_ink_saved=self._is_ink_saved)
        natural = (image.width or picture.width) * _POINTS_PER_CSS_PIXEL
        shape = picture.height / picture.width
        width = min(natural, room, self._highest / shape)
        return {
            "image": name,
            "width": round(width, 2),
            "height": round(width * shape, 2),
            "description": image.description or None,
        }

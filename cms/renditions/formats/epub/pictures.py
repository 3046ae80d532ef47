"""The pictures of a publication, each in it once."""

import hashlib
from collections.abc import Iterator
from html import escape

from ...document.inlines import Image
from ...document.picture import Picture
from ...document.shortfalls import Shortfalls
from .archive import File

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg"}


class Pictures:
    """Gives pictures their names; remembers whether there is one that nobody described."""

    def __init__(self, shortfalls: Shortfalls) -> None:
        self.all_described = True
        self._shortfalls = shortfalls
        self._named: dict[str, Picture] = {}

    def __len__(self) -> int:
        return len(self._named)

    @property
    def files(self) -> Iterator[File]:
        """What is put into the container, in the order of first occurrence."""
        return ((name, picture.content) for name, picture in self._named.items())

    @property
    def media_types(self) -> Iterator[tuple[str, str]]:
        """The names, with what the files are."""
        return ((name, picture.media_type) for name, picture in self._named.items())

    def element(self, image: Image, label: str) -> str:
        """Write an image, or its description and address where its bytes are not at hand."""
        if image.picture is None:
            self._shortfalls.note(
                f"An image is not at hand and is replaced by its description: {image.address[:200]}"
            )
            return _described(image, label)
        self.all_described &= bool(image.description)
        name = self._name(image.picture)
        width = image.width or image.picture.width
        alt = escape(image.description)
        return f'<img src="{name}" alt="{alt}" width="{width}"/>'

    def _name(self, picture: Picture) -> str:
        digest = hashlib.sha256(picture.content).hexdigest()[:32]
        name = f"images/{digest}.{_EXTENSIONS[picture.media_type]}"
        self._named.setdefault(name, picture)
        return name


def _described(image: Image, label: str) -> str:
    words = ": ".join(filter(None, (label, image.description)))
    address = f'<span class="address" dir="ltr">{escape(image.address)}</span>'
    return f'<span class="image">[{escape(words)} – {address}]</span>'

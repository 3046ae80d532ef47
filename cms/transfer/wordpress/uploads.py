"""The site's own pictures: addresses of uploads in texts, made addresses of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from ...content import Image
from ...media.images.kinds import VariantKind
from ...media.images.names import nearest_width, variant_path
from ...text.plain import text_of
from ...text.tree import parse_html
from ..images import ImageFolder
from .records import Item

# Where files have a host of their own, as at wordpress.com, paths begin with year and month.
_UPLOAD = re.compile(
    r"(?:(?:https?:)?//(?P<host>[^/\s\"'<>]{1,253}))?(?:/[^/\s\"'<>?#]{1,99}){0,5}?"
    r"/(?:wp-content/uploads/|(?(host)(?=[0-9]{4}/[0-9]{2}/)|(?!)))"
    r"(?P<path>[^\s\"'<>?#()]{1,300}?\.(?:png|jpe?g|webp|avif|gif))(?![\w.])(?:\?[^\s\"'<>#]{0,300})?",
    re.IGNORECASE,
)
_SIZED = re.compile(r"-([1-9][0-9]{0,4})x[1-9][0-9]{0,4}(?=\.[A-Za-z]+$)")


@dataclass(frozen=True, slots=True)
class Attachment:
    """What an export tells of an uploaded picture; `path` is that in the folder of uploads."""

    path: str
    alt: str = ""
    caption: str = ""
    host: str = ""


class Uploads:
    """Takes in the pictures of a site's folder of uploads, and leads its texts to them."""

    def __init__(
        self,
        folder: ImageFolder,
        attachments: Mapping[int, Attachment],
        *,
        site: str,
        base_url: str,
    ) -> None:
        self._folder = folder
        self._attachments = attachments
        self._by_path = {each.path: each for each in attachments.values()}
        self._site = site
        self._hosts = {_bare(urlsplit(site).netloc), *(each.host for each in attachments.values())}
        self._base_url = base_url.rstrip("/")

    async def attached(self, attachment_id: int) -> Image | None:
        """Give the image of an attachment; None where it is no picture, or not there."""
        attachment = self._attachments.get(attachment_id)
        return None if attachment is None else await self._take(attachment.path)

    async def rewritten(self, html: str) -> str:
        """Put our addresses for those of the site's own pictures that are there."""
        addresses = {}
        for match in _UPLOAD.finditer(html):
            if match[0] not in addresses and self._is_own(match["host"]):
                addresses[match[0]] = await self._address(_path(match)) or match[0]
        return _UPLOAD.sub(lambda match: addresses.get(match[0], match[0]), html)

    async def _address(self, path: str) -> str | None:
        """Give our address of a picture; one that WordPress has scaled becomes a variant."""
        whole, sized = _SIZED.sub("", path), _SIZED.search(path)
        if sized is None or not self._folder.has(whole):
            image = await self._take(path)
            return None if image is None else self._base_url + _whole(image)
        image = await self._take(whole)
        return None if image is None else self._base_url + _scaled(image, int(sized[1]))

    async def _take(self, path: str) -> Image | None:
        told = self._by_path.get(path, Attachment(path))
        key = f"wordpress:{self._site}:upload:{path}"
        return await self._folder.take(path, key, alt=told.alt, caption=told.caption)

    def _is_own(self, host: str | None) -> bool:
        return host is None or _bare(host) in self._hosts


def attachment_of(item: Item) -> Attachment | None:
    """Read what an attachment is: a picture of the folder of uploads, or nothing of interest."""
    match = _UPLOAD.fullmatch(item.attachment_url)
    if item.kind != "attachment" or match is None:
        return None
    caption = text_of(parse_html(item.excerpt))
    return Attachment(_path(match), item.alt, caption, _bare(match["host"] or ""))


def _path(match: re.Match[str]) -> str:
    return unquote(unescape(match["path"]))


def _whole(image: Image) -> str:
    return f"/media/{image.sha256}.{image.kind}"


def _scaled(image: Image, wanted: int) -> str:
    width = nearest_width(wanted, image.width)
    if image.frame_count > 1 or width == image.width:
        return _whole(image)
    return variant_path(image.sha256, width, VariantKind.WEBP)


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")

"""Pictures of all kinds, and what cameras and strangers put into them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

KINDS = ("png", "jpeg", "webp", "avif", "gif")
MOVING = ("gif", "webp")
SECRET = "Rue-de-la-Paix"
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
_GPS, _MAKER, _ORIENTATION = 0x8825, 0x010F, 0x0112


def drawn(size: tuple[int, int] = (120, 80), mode: str = "RGB") -> Image.Image:
    """Draw something that is another upside down, and mirrored."""
    image = Image.new(mode, size, "white")
    width, height = size
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 3), fill="red")
    return image


def written(image: Image.Image, kind: str = "png", **options: Any) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def picture(kind: str = "png", size: tuple[int, int] = (120, 80), **options: Any) -> bytes:
    return written(drawn(size), kind, **options)


def moving(kind: str = "gif", count: int = 3, size: tuple[int, int] = (40, 30)) -> bytes:
    """Give frames of different colours, the first red, that are shown for 100, 200, … ms."""
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
    frames = [Image.new("RGB", size, colours[number % 3]) for number in range(count)]
    for number, frame in enumerate(frames):
        frame.putpixel((0, 0), (number % 256, number // 256, 9))
    durations = [100 * (number + 1) for number in range(count)]
    options = {"lossless": True} if kind == "webp" else {}
    return written(
        frames[0], kind, save_all=True, append_images=frames[1:], duration=durations, loop=2,
        **options,
    )  # fmt: skip


def photographed(kind: str, orientation: int = 1) -> bytes:
    """Give a picture whose file tells of its camera and place in every way that its kind has."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_MAKER] = SECRET
    exif.get_ifd(_GPS).update({1: "N", 2: (48.0, 52.0, 9.0), 29: SECRET})
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    if kind == "gif":
        return picture(kind, comment=SECRET.encode())
    told: dict[str, Any] = {"exif": exif.tobytes()}
    if kind == "png":
        info = PngInfo()
        info.add_text("Comment", SECRET)
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
        told["pnginfo"] = info
    else:
        told["xmp"] = xmp
    if kind == "jpeg":
        told["comment"] = SECRET.encode()
    return picture(kind, **told)


def bomb(width: int, height: int) -> bytes:
    """Give a small PNG that would be large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def swapping_profile() -> bytes:
    """Give a colour profile (ICC.1:2010) in which what is written red is meant green."""
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, 0x0233) + bytes(2)
    tags = [
        (b"rXYZ", _xyz(green)),
        (b"gXYZ", _xyz(red)),
        (b"bXYZ", _xyz(blue)),
        (b"wtpt", _xyz((0.9642, 1.0, 0.8249))),
        *((name, gamma) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    at = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags:
        table += name + struct.pack(">II", at + len(data), len(content))
        data += content
    size = struct.pack(">I", at + len(data))
    head = size + bytes(4) + struct.pack(">I", 0x02400000) + b"mntrRGB XYZ " + bytes(12) + b"acsp"
    head += bytes(28) + _xyz((0.9642, 1.0, 0.8249))[8:] + bytes(48)
    return head + table + data


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))

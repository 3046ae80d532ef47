"""Shortcodes: WordPress's own words in square brackets, which stand for pictures and players."""

import re
from collections.abc import Callable
from html import escape

_NAMES = "wp_caption|caption|gallery|playlist|audio|video|embed"
_OPENING = re.compile(rf"(?<!\[)\[({_NAMES})(?=[\s\]/])([^\[\]]*)\]")
_ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+))""", re.IGNORECASE)
_PICTURE = re.compile(r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
_SOURCES = ("src", "mp3", "ogg", "wav", "m4a", "mp4", "m4v", "webm", "ogv")


def replace_shortcodes(html: str) -> tuple[str, list[str]]:
    """Turn captions into figures and players into links, and take out what else there is.

    Gives the names of the shortcodes that left nothing. Those of plugins stay in the text.
    """
    pieces: list[str] = []
    lost: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for opening in _OPENING.finditer(html):
        if opening.start() < position:
            continue
        name = opening[1]
        inner, end = _inner(html, name, opening.end(), unclosed)
        shown = _SHOWN.get(name, _nothing)(_attributes(opening[2]), inner)
        lost += [] if shown else [name]
        pieces += [html[position : opening.start()], shown]
        position = end
    return "".join([*pieces, html[position:]]), lost


def _inner(html: str, name: str, start: int, unclosed: set[str]) -> tuple[str, int]:
    closing = f"[/{name}]"
    end = -1 if name in unclosed else html.find(closing, start)
    if end < 0:
        unclosed.add(name)
        return "", start
    return html[start:end], end + len(closing)


def _attributes(source: str) -> dict[str, str]:
    """Give what stands before the closing bracket; the oldest form is an address alone."""
    if "://" in source and "=" not in source.partition("://")[0]:
        return {"src": source.split(maxsplit=1)[0].strip("\"'")}
    return {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in _ATTRIBUTE.finditer(source)
    }


def _figure(attributes: dict[str, str], inner: str) -> str:
    picture = _PICTURE.match(inner)
    if picture is None:
        return inner
    caption = attributes.get("caption") or picture[2].strip()
    shown = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"\n\n<figure>{picture[1]}{shown}</figure>\n\n"


def _player(attributes: dict[str, str], _inner: str) -> str:
    return _link(next((attributes[name] for name in _SOURCES if attributes.get(name)), ""))


def _embedded(attributes: dict[str, str], inner: str) -> str:
    return _link(inner.strip() or attributes.get("src", ""))


def _nothing(_attributes: dict[str, str], _inner: str) -> str:
    return ""


def _link(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return ""
    shown = escape(address)
    return f'\n\n<a href="{shown}">{shown}</a>\n\n'


_SHOWN: dict[str, Callable[[dict[str, str], str], str]] = {
    "caption": _figure,
    "wp_caption": _figure,
    "audio": _player,
    "video": _player,
    "embed": _embedded,
}

"""Attributes that many elements bear."""

from html import escape

from ...document.direction import Direction, first_strong


def locale(language: str | None, direction: Direction | None) -> str:
    """Say in which language a stretch is, and which way it runs."""
    lang = f' lang="{escape(language)}"' if language else ""
    return lang + (f' dir="{direction}"' if direction else "")


def running(text: str, usual: Direction) -> str:
    """Say which way a text runs, where that is not the usual one."""
    direction = first_strong(text)
    return "" if direction is None or direction is usual else f' dir="{direction}"'

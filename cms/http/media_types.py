"""Which media type an answer has: the `Accept` header, weighed (RFC 9110, section 12.5.1)."""

from collections.abc import Iterator
from functools import lru_cache

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"
FORM = "multipart/form-data"


@lru_cache(maxsize=256)
def negotiate(accept: str, offered: tuple[str, ...]) -> str | None:
    """The offered media type that the client likes best, or None when it takes none of them.

    Among equals, one that the client names wins over one that only a wildcard covers, then the one
    it names first, then the one offered first. A missing header is written `*/*`.
    """
    wishes = list(_wishes(accept))
    best: tuple[float, int, int] | None = None
    chosen = None
    for media_type in offered:
        score = _score(media_type, wishes)
        if score is not None and (best is None or score > best):
            best, chosen = score, media_type
    return chosen


def media_type_of(header: str) -> str:
    """The media type that a header's value begins with, without its parameters."""
    return header.partition(";")[0].strip().lower()


def parameters_of(header: str) -> dict[str, str]:
    """The parameters after a media type, names and values in lower case, quotes taken off."""
    parameters = {}
    for parameter in header.split(";")[1:]:
        name, _, value = parameter.partition("=")
        parameters[name.strip().lower()] = value.strip().strip('"').lower()
    return parameters


def _wishes(accept: str) -> Iterator[tuple[str, float]]:
    for wish in accept.split(","):
        yield media_type_of(wish), _quality(parameters_of(wish).get("q", "1"))


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0


def _score(media_type: str, wishes: list[tuple[str, float]]) -> tuple[float, int, int] | None:
    """Quality, precision and place of the most precise wish that covers `media_type`."""
    kind = media_type.partition("/")[0]
    for precision, pattern in ((2, media_type), (1, f"{kind}/*"), (0, "*/*")):
        for place, (wish, quality) in enumerate(wishes):
            if wish == pattern:
                # All types that one wildcard covers are equal, so their order is the offer's.
                return (quality, precision, -place) if quality else None
    return None

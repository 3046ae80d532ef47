"""Entity tags: whether a caller has what it asks for already (RFC 9110, 13.1.2)."""


def names(header: str, tag: str) -> bool:
    """Tell whether an `If-None-Match` names a tag, weakly compared."""
    given = {each.strip().removeprefix("W/") for each in header.split(",")}
    return bool(given & {"*", tag})

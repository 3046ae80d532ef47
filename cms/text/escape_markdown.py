"""Text, addresses and titles written so that Markdown reads them as they are."""

import re

_SPACE = re.compile(r"[ \t\n\f\r]+")
_SPECIAL = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|!$|&(?=[#a-zA-Z]|$)")
_LINE_START = re.compile(r"^(?:([#+=>:-])|([0-9]{1,9})([.)]))", re.MULTILINE)
_BACKTICKS = re.compile("`+")
_PLAIN_ADDRESS = re.compile(r"[^\s<>()\\&]+")


def escape_text(text: str) -> str:
    """Escape what would be read as inline markup; runs of white space become one space."""
    return _SPECIAL.sub(r"\\\g<0>", _SPACE.sub(" ", text))


def escape_line_starts(text: str) -> str:
    """Escape what would begin a block: a heading, a list, a quotation, a rule, a table."""
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)


def code_span(text: str) -> str:
    """Write `text` as code within a line."""
    content = _SPACE.sub(" ", text)
    if not content.strip(" "):
        return content
    fence = "`" * (longest_run(content) + 1)
    padding = " " if content[0] in "` " or content[-1] in "` " else ""
    return f"{fence}{padding}{content}{padding}{fence}"


def longest_run(text: str) -> int:
    """Answer the length of the longest run of backticks."""
    return max(map(len, _BACKTICKS.findall(text)), default=0)


def destination(address: str, title: str) -> str:
    """Write the part of a link or an image that stands in parentheses."""
    if not _PLAIN_ADDRESS.fullmatch(address):
        escaped = re.sub(r"[<>\\&]", r"\\\g<0>", _SPACE.sub("%20", address))
        address = f"<{escaped}>"
    if not title:
        return f"({address})"
    quoted = re.sub(r'["\\&]', r"\\\g<0>", _SPACE.sub(" ", title))
    return f'({address} "{quoted}")'

"""The characters that may reach a page, whatever arrived."""

import re

_REPLACED = re.compile("[\ud800-\udfff\ufffe\uffff]")
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean_characters(text: str) -> str:
    """Answer `text` with `\\n` as its only line ending and without unprintable characters.

    C0 controls other than tab and newline are dropped. Lone surrogates, which no encoding can
    write, and the noncharacters that XML 1.0 forbids become U+FFFD.
    """
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REPLACED.sub("\N{REPLACEMENT CHARACTER}", _DROPPED.sub("", joined))

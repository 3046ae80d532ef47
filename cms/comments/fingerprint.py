"""Fingerprints, by which the same comment sent twice is known."""

import hashlib
import unicodedata


def fingerprint(author_name: str, body: str) -> str:
    """Hash a name and a body, in hexadecimal; white space, case and compatibility forms folded."""
    folded = "\0".join((_fold(author_name), _fold(body)))
    return hashlib.sha256(folded.encode(errors="replace")).hexdigest()


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

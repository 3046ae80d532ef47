"""Keyed hashes: the same for the same value, and nothing to guess the value by."""

import hmac

DIGITS = 32
"""Hexadecimal digits of a hash, 128 bits."""


def keyed_hash(secret: bytes, purpose: str, value: str) -> str:
    """Hash a value for one purpose, in hexadecimal; those of two purposes are strangers."""
    message = f"{purpose}:{value}".encode(errors="replace")
    return hmac.digest(secret, message, "sha256").hex()[:DIGITS]

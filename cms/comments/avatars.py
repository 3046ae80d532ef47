"""Avatar hashes: whose picture stands beside a comment, without telling the e-mail address.

Hashes of e-mail addresses, of guests' names and of the site's own people never meet, so that no
name that a guest gives brings the picture of somebody else.
"""

from .keyed_hash import keyed_hash

NOBODY = "0" * 32
"""The avatar of a comment that was withdrawn."""


def hash_of_email(secret: bytes, email: str) -> str:
    """Hash an e-mail address; case does not count."""
    return keyed_hash(secret, "avatar of e-mail", email.strip().casefold())


def hash_of_name(secret: bytes, name: str) -> str:
    """Hash the name of a guest who gave no e-mail address."""
    return keyed_hash(secret, "avatar of name", name.strip().casefold())


def hash_of_member(secret: bytes, name: str) -> str:
    """Hash the name of one of the site's own people."""
    return keyed_hash(secret, "avatar of member", name)


def hash_of_guest(secret: bytes, name: str, email: str | None) -> str:
    """Hash what is known of a guest: the e-mail address, or else the name."""
    return hash_of_email(secret, email) if email else hash_of_name(secret, name)

"""Who is asking: the one value that rights and visibility are decided by."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an actor may do; each role may do what those before it may."""

    READER = "READER"
    CONTRIBUTOR = "CONTRIBUTOR"
    MODERATOR = "MODERATOR"
    EDITOR = "EDITOR"
    ADMIN = "ADMIN"

    @property
    def rank(self) -> int:
        """Position in the order of roles, from 0."""
        return _RANKS[self]


_RANKS = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that reads or writes.

    `name` is what the journal and the revisions call them. `author_id` is the author they write
    as. `comment_id` and `post_id` name the one comment, or the one post, that a reader's edit
    token or a preview token opens to its holder beyond what the public sees. `token_id` is the
    access token that they sent.
    """

    role: Role = Role.READER
    name: str | None = None
    author_id: int | None = None
    comment_id: int | None = None
    post_id: int | None = None
    token_id: int | None = None

    def is_at_least(self, role: Role) -> bool:
        """Whether this actor may do what `role` may."""
        return self.role.rank >= role.rank


ANONYMOUS = Actor()
SYSTEM = Actor(role=Role.ADMIN, name="pressroom")

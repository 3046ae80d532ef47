"""Places: where a comment stands in its thread, and in what order the thread is read.

A path holds four digits for each level from the root down, to the base of 64. The digits sort by
their bytes in the order of their values, and so do paths in reading order: a comment before its
replies, older siblings before newer ones. The reversed path counts its siblings backwards, which
puts the newest first and still leaves a reply behind what it answers.
"""

from dataclasses import dataclass

from ..content import Comment
from ..errors import Refused, UserErrorCode

DEEPEST = 20
"""The depth at which threads stop to grow inwards."""

LAST_ORDINAL = 64**4 - 1

_DIGITS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_SHIFTS = (18, 12, 6, 0)


def segment(ordinal: int) -> str:
    """Write a sibling number from 0 to 16,777,215 in four digits.

    Raises Refused for a larger one: no more siblings have room.
    """
    if ordinal > LAST_ORDINAL:
        raise Refused.because(UserErrorCode.CLOSED, "There is no room for more replies.")
    return "".join(_DIGITS[ordinal >> shift & 63] for shift in _SHIFTS)


def reversed_segment(ordinal: int) -> str:
    """Write a sibling number so that larger ones sort first."""
    return segment(LAST_ORDINAL - ordinal)


def place(comment: Comment, parent: Comment | None, ordinal: int) -> None:
    """Give a comment its place for ever, as the `ordinal`th below its parent."""
    comment.ordinal = ordinal
    comment.path = (parent.path if parent and parent.path else "") + segment(ordinal)
    comment.reversed_path = (
        parent.reversed_path if parent and parent.reversed_path else ""
    ) + reversed_segment(ordinal)


@dataclass(frozen=True, slots=True)
class Standing:
    """To what a new comment belongs."""

    parent_id: int | None = None
    root_id: int | None = None
    depth: int = 0
    answers_id: int | None = None


def below(answered: Comment | None) -> Standing:
    """Tell where a reply stands; without a comment that it answers, on the post itself.

    A reply to a comment at the greatest depth becomes its sibling, and remembers whom it answers.
    """
    if answered is None:
        return Standing()
    root_id = answered.root_id or answered.id
    if answered.depth >= DEEPEST:
        return Standing(answered.parent_id, root_id, DEEPEST, answered.id)
    return Standing(answered.id, root_id, answered.depth + 1)

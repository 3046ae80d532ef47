"""Erasing a comment: the row stays, and nothing of what it said or whose it was."""

from ..content import Comment
from . import avatars


def erase(comment: Comment) -> None:
    """Empty a comment.

    The fingerprint goes too: it would let whoever guesses the words see that they were written.
    """
    comment.author_name = ""
    comment.author_url = None
    comment.verified = False
    comment.avatar = avatars.NOBODY
    comment.markdown = comment.html = comment.text = ""
    comment.fingerprint = ""

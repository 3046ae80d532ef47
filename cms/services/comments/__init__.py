"""Comments: what readers send, what their senders change, and what moderators decide."""

from .submission import SubmitComment, Submitted, submit

__all__ = ["SubmitComment", "Submitted", "submit"]

"""What can be changed: the root fields, a verb a file."""

import strawberry

from .edit_comment import EditCommentMutation
from .submit_comment import SubmitCommentMutation
from .withdraw_comment import WithdrawCommentMutation


@strawberry.type(description="What can be changed.")
class Mutation(SubmitCommentMutation, EditCommentMutation, WithdrawCommentMutation):
    """What can be changed."""

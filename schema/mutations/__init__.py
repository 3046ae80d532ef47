"""What can be changed: the root fields, a verb a file."""

import strawberry

from .archive_post import ArchivePostMutation
from .create_access_token import CreateAccessTokenMutation
from .create_author import CreateAuthorMutation
from .create_category import CreateCategoryMutation
from .create_post import CreatePostMutation
from .create_preview_token import CreatePreviewTokenMutation
from .create_tag import CreateTagMutation
from .delete_author import DeleteAuthorMutation
from .delete_category import DeleteCategoryMutation
from .delete_image import DeleteImageMutation
from .delete_post import DeletePostMutation
from .delete_tag import DeleteTagMutation
from .edit_comment import EditCommentMutation
from .merge_authors import MergeAuthorsMutation
from .merge_categories import MergeCategoriesMutation
from .merge_tags import MergeTagsMutation
from .moderate_comments import ModerateCommentsMutation
from .publish_post import PublishPostMutation
from .restore_post import RestorePostMutation
from .revert_post import RevertPostMutation
from .revoke_access_token import RevokeAccessTokenMutation
from .submit_comment import SubmitCommentMutation
from .trash_post import TrashPostMutation
from .unpublish_post import UnpublishPostMutation
from .update_author import UpdateAuthorMutation
from .update_category import UpdateCategoryMutation
from .update_image import UpdateImageMutation
from .update_post import UpdatePostMutation
from .update_tag import UpdateTagMutation
from .upload_image import UploadImageMutation
from .withdraw_comment import WithdrawCommentMutation


@strawberry.type(description="What can be changed.")
class Mutation(
    SubmitCommentMutation,
    EditCommentMutation,
    WithdrawCommentMutation,
    ModerateCommentsMutation,
    CreatePostMutation,
    UpdatePostMutation,
    PublishPostMutation,
    UnpublishPostMutation,
    ArchivePostMutation,
    TrashPostMutation,
    RestorePostMutation,
    DeletePostMutation,
    RevertPostMutation,
    CreateCategoryMutation,
    UpdateCategoryMutation,
    DeleteCategoryMutation,
    MergeCategoriesMutation,
    CreateAuthorMutation,
    UpdateAuthorMutation,
    UploadImageMutation,
    UpdateImageMutation,
    DeleteImageMutation,
    CreatePreviewTokenMutation,
    DeleteAuthorMutation,
    MergeAuthorsMutation,
    CreateTagMutation,
    UpdateTagMutation,
    DeleteTagMutation,
    MergeTagsMutation,
    CreateAccessTokenMutation,
    RevokeAccessTokenMutation,
):
    """What can be changed."""

"""What a mutation answers about faults in its input."""

import strawberry

from .enums import UserErrorCode
from .fields import fact


@strawberry.interface(description="A fault in a mutation's input; nothing was stored.")
class UserError:
    """A fault in a mutation's input; nothing was stored."""

    message: str = fact("What is wrong, in plain words.")
    code: UserErrorCode = fact("What is wrong, for programs.")
    path: list[str] = fact("The input field at fault, as a path of names.")


@strawberry.type(description="A fault in one field of an input.")
class InputError(UserError):
    """A fault in one field of an input."""


USER_ERRORS = "What is wrong with the input; empty when it was done."

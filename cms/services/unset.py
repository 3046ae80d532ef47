"""What stands for a field that an update leaves out."""

from enum import Enum
from typing import Final, TypeVar

Value = TypeVar("Value")


class Unset(Enum):
    """The type of `UNSET`, which is not null: null is a value that a field may be given."""

    UNSET = "UNSET"


UNSET: Final = Unset.UNSET


def chosen(value: Value | Unset, present: Value) -> Value:
    """Give the value, or what is there at present where it was left out."""
    return present if isinstance(value, Unset) else value

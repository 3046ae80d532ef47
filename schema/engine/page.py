"""What the arguments of a connection ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pressroom.cms.errors import Malformed

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """What the arguments of a connection ask for; `after` and `before` are texts or variables."""

    size: int
    backward: bool = False
    after: Any = None
    before: Any = None

    @classmethod
    def asked_for(cls, arguments: Mapping[str, Any]) -> "Page":
        """Read `first`, `last`, `after` and `before`.

        Raises Malformed for a size outside 1 to 100, and for `first` with `last`.
        """
        first, last = arguments.get("first"), arguments.get("last")
        if first is not None and last is not None:
            raise Malformed("`first` and `last` cannot be given together")
        name, size = ("last", last) if last is not None else ("first", first)
        size = DEFAULT_PAGE if size is None else size
        if not 1 <= size <= LARGEST_PAGE:
            raise Malformed(f"`{name}` must be from 1 to {LARGEST_PAGE}, not {size}")
        return cls(size, last is not None, arguments.get("after"), arguments.get("before"))

    @property
    def is_first(self) -> bool:
        """Whether it begins where the list does."""
        return not self.backward and self.after is None and self.before is None

"""What a plan asks Python functions about the objects it has fetched."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pressroom.cms.store.reading import Pause

Asking: TypeAlias = Callable[..., Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Question:
    """A function, with the arguments of its field and the names of what is selected of it."""

    function: Asking
    arguments: Mapping[str, Any]
    selected: frozenset[str]

    def ask(self, context: Any, objects: Sequence[tuple[Any, ...]]) -> Pause:
        """Ask about each object once; the answer maps an object's values to its mapping."""
        different = list(dict.fromkeys(objects))

        async def answers() -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
            asked = (
                self.function(context, self.arguments, self.selected, *values)
                for values in different
            )
            return dict(zip(different, await asyncio.gather(*asked), strict=True))

        return Pause(answers)

"""What a plan asks Python functions about the objects it has fetched."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pressroom.cms.store.reading import Pause

from .recovery import FieldFailed

Asking: TypeAlias = Callable[..., Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Question:
    """A function, with the arguments of its field and the names of what is selected of it.

    A `guarded` one gives the exceptions that are raised as answers.
    """

    function: Asking
    arguments: Mapping[str, Any]
    selected: frozenset[str]
    guarded: bool = False

    def ask(self, context: Any, objects: Sequence[tuple[Any, ...]]) -> Pause:
        """Ask about each object once; the answer maps an object's values to its mapping."""
        different = list(dict.fromkeys(objects))

        async def answers() -> Mapping[tuple[Any, ...], Any]:
            asked = (self._answer(context, values) for values in different)
            # All are waited for: nothing is left running when one has failed.
            found = await asyncio.gather(*asked, return_exceptions=True)
            for each in () if self.guarded else found:
                if isinstance(each, BaseException):
                    raise FieldFailed from each
            return dict(zip(different, found, strict=True))

        return Pause(answers)

    async def _answer(self, context: Any, values: tuple[Any, ...]) -> Mapping[str, Any]:
        return await self.function(context, self.arguments, self.selected, *values)

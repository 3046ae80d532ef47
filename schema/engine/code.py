"""The generated function of a plan: its lines, and the values it names."""

from collections.abc import Callable, Generator, Mapping
from typing import Any


class Code:
    """Collects the source of one generator function and the objects it refers to."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._names: dict[str, Any] = {}

    def line(self, text: str, indent: int = 1) -> None:
        """Add a line, `indent` levels inside the module."""
        self._lines.append("    " * indent + text)

    def name(self, value: Any, prefix: str = "k") -> str:
        """Give a name by which the code can refer to a value."""
        name = f"{prefix}{len(self._names)}"
        self._names[name] = value
        return name

    def function(self, constants: Mapping[str, Any]) -> Callable[..., Generator[Any, Any, Any]]:
        """Compile what was collected, with further names it may use.

        All text in it is ours: names of GraphQL enter through `repr`, and everything that a
        request says is bound to a name.
        """
        source = "\n".join(["def reading(bound, context, given=None):", *self._lines])
        namespace = {**constants, **self._names}
        exec(compile(source, "<plan>", "exec"), namespace)  # noqa: S102 - the text is our own, see above
        function: Callable[..., Generator[Any, Any, Any]] = namespace["reading"]
        return function

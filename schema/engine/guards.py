"""What guarded code does where a Python function raises: the exception is the field's value.

See `recovery`, which says when plans are guarded and what becomes of such answers.
"""

from collections.abc import Callable
from typing import Any

TYPE_NAME = None
"""The key under which an object in a guarded answer names its type."""


def attempt(value: Callable[[], Any]) -> Any:
    """Give a value, or the exception instead of which there is none."""
    try:
        return value()
    except Exception as error:
        return error


def told(show: Callable[[Any], Any], thing: Any) -> Any:
    """Show what a Python function answered, if it did."""
    return thing if thing is None or isinstance(thing, Exception) else show(thing)


def required(value: Any) -> Any:
    """Pass on what may not be null. Raises TypeError where it is."""
    if value is None:
        raise TypeError("a field that is not nullable has no value")
    return value

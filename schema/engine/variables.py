"""The shape of an operation's variables: what a plan depends on, and what it leaves open.

Booleans, enum values, page sizes and which keys are set decide what the statements look like; a
plan is made for each such shape. Texts, ids and instants stay open: they are bound at each run.
"""

from collections.abc import Hashable, Mapping
from enum import Enum
from typing import Any

from pressroom.cms.errors import Malformed
from pressroom.cms.store.scope import Variable

LONGEST_LIST = 100
_OPEN = "·"


def shape_of(value: Any, variable: str = "") -> Hashable:
    """Reduce coerced variables to what the plan depends on.

    Raises Malformed, naming the variable, for a list that is too long to be made a plan for.
    """
    if type(value) is str:  # members of some enums are texts as well
        return _OPEN
    if isinstance(value, dict):
        return tuple([(name, shape_of(part, variable or name)) for name, part in value.items()])
    if isinstance(value, Enum) or value is None or isinstance(value, int):
        return value
    if isinstance(value, list):
        if len(value) > LONGEST_LIST:
            raise Malformed(
                f"a list in the variable `${variable}` has more than {LONGEST_LIST} items"
            )
        return tuple(shape_of(part, variable) for part in value)
    return _OPEN


def open_variables(value: Any, path: tuple[str | int, ...] = ()) -> Any:
    """Replace each value that stays open by the place where a request has it."""
    if isinstance(value, Enum) or value is None or isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return {name: open_variables(part, (*path, name)) for name, part in value.items()}
    if isinstance(value, list):
        return [open_variables(part, (*path, place)) for place, part in enumerate(value)]
    return Variable(path)


def fill_variables(value: Any, variables: Mapping[str, Any]) -> Any:
    """Put what a request says in the places that `open_variables` left open."""
    if isinstance(value, Variable):
        return value.value(variables)
    if isinstance(value, Mapping):
        return {name: fill_variables(part, variables) for name, part in value.items()}
    if isinstance(value, list):
        return [fill_variables(part, variables) for part in value]
    return value

"""What a kept operation or plan takes of memory, in bytes: about, and rather too much."""

import sys
from collections.abc import Mapping
from typing import Any

from .documents import Operation
from .mutation import MutationPlan
from .plan import Plan

# Measured with tracemalloc, on operations from six tokens to a thousand.
_OPERATION = 25_000
_TOKEN = 700
_CHARACTER = 4
_PLAN = 5_000
_COMPILED = 8
"""What a character of a statement takes: its text, its code, and the driver's own copy."""


def operation_weight(operation: Operation) -> int:
    """Weigh a document, with the tree that was made of it."""
    document = operation.document
    return _OPERATION + _TOKEN * document.token_count + _CHARACTER * len(operation.source)


def plan_weight(plan: Plan | MutationPlan) -> int:
    """Weigh a generated function, with its statements and what it knows by heart."""
    if isinstance(plan, MutationPlan):
        return _PLAN + sum(plan_weight(step.plan) for step in plan.steps if step.plan)
    compiled = _COMPILED * sum(map(len, plan.statements))
    names = plan.function.__globals__
    known = sum(_data(value) for name, value in names.items() if not name.startswith("__"))
    return _PLAN + compiled + known


def shape_weight(shape: Any) -> int:
    """Weigh the shape of variables."""
    return _data(shape)


def _data(value: Any) -> int:
    if isinstance(value, Mapping):
        return sys.getsizeof(value) + sum(_data(part) for part in value.values())
    if isinstance(value, list | tuple):
        return sys.getsizeof(value) + sum(map(_data, value))
    return sys.getsizeof(value)

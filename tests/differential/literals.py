"""Values of JSON, written as GraphQL."""

import json
from typing import Any

from graphql import (
    GraphQLInputType,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_list_type,
)


class Written(str):
    """What is GraphQL already: a variable, say."""

    __slots__ = ()


def literal(value: Any, kind: GraphQLInputType) -> str:
    """Write a value of a type; a list's only item may stand for the list."""
    kind = get_nullable_type(kind)
    if isinstance(value, Written):
        return value
    if value is None:
        return "null"
    if is_list_type(kind):
        if not isinstance(value, list):
            return literal(value, kind.of_type)
        return f"[{', '.join(literal(item, kind.of_type) for item in value)}]"
    if is_input_object_type(kind):
        parts = (f"{name}: {literal(part, kind.fields[name].type)}" for name, part in value.items())
        return f"{{{', '.join(parts)}}}"
    return _leaf(value, kind)


def _leaf(value: Any, kind: GraphQLInputType) -> str:
    if is_enum_type(kind):
        return str(value)
    if isinstance(value, float):
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)

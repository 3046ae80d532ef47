"""The variables of an operation, as most requests send them: checked in a tenth of the time.

Texts, ids, numbers and truth values come as JSON has them and stay as they are. Whatever else a
request sends, or leaves out, is for graphql-core to coerce, or to find fault with.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graphql import NamedTypeNode, NonNullTypeNode, OperationDefinitionNode, VariableDefinitionNode

_PLAIN = {"String": str, "ID": str, "Int": int, "Boolean": bool}
_GREATEST = 2**31 - 1
"""Of GraphQL's `Int`; the least is one further from nought."""


class _Variable(NamedTuple):
    name: str
    kind: type | None
    """How JSON has a plain value of its type; None where none is plain."""
    is_nullable: bool
    is_optional: bool
    """Whether it may be left out, and is missing then."""

    @classmethod
    def of(cls, definition: VariableDefinitionNode) -> "_Variable":
        stated = definition.type
        is_nullable = not isinstance(stated, NonNullTypeNode)
        named = stated.type if isinstance(stated, NonNullTypeNode) else stated
        kind = _PLAIN.get(named.name.value) if isinstance(named, NamedTypeNode) else None
        is_optional = is_nullable and definition.default_value is None
        return cls(definition.variable.name.value, kind, is_nullable, is_optional)

    def takes(self, value: Any) -> bool:
        """Tell whether a value is plain and stays as it is."""
        if value is None:
            return self.is_nullable
        if type(value) is int:
            return self.kind is int and -_GREATEST <= value <= _GREATEST
        return type(value) is self.kind


class Signature:
    """What an operation's variables may be."""

    def __init__(self, node: OperationDefinitionNode) -> None:
        self._variables: Sequence[_Variable] = [
            _Variable.of(definition) for definition in node.variable_definitions or ()
        ]

    def plain(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """Give the values of the variables, if all that is given is plain."""
        values = {}
        for variable in self._variables:
            name = variable.name
            if name in given:
                value = given[name]
                if not variable.takes(value):
                    return None
                values[name] = value
            elif not variable.is_optional:
                return None
        return values

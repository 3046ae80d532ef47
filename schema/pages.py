"""How many items a field asks for: its page arguments, their defaults, and declared fan-outs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
)
from graphql.pyutils import Undefined
from graphql.utilities.coerce_input_value import coerce_default_value

PAGE_ARGUMENTS = ("first", "last")


@dataclass(frozen=True, slots=True)
class FanOut:
    """How long lists are taken to be.

    `page` stands in for `first` and `last` where neither is given, `page_limit` is the most they
    may ask for. Lists without page arguments have `default` items, but those in `declared`, by
    their schema coordinate (`Post.tags`): a number, or the name of the list argument whose items
    they answer one for one (`{"Query.nodes": "ids"}`).
    """

    page: int = 20
    page_limit: int = 100
    default: int = 10
    declared: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageFault:
    """A page argument that asks for what there is not."""

    node: FieldNode
    message: str


@dataclass(slots=True)
class Multipliers:
    """The lengths of one operation's lists, for one set of variables."""

    operation: OperationDefinitionNode
    variables: Mapping[str, Any]
    fan_out: FanOut
    faults: list[PageFault] = field(default_factory=list)
    used_variables: set[str] = field(default_factory=set)
    _defaults: dict[str, ValueNode] = field(init=False)

    def __post_init__(self) -> None:
        self._defaults = {
            definition.variable.name.value: definition.default_value
            for definition in self.operation.variable_definitions or ()
            if definition.default_value is not None
        }

    def page(self, node: FieldNode, definition: GraphQLField) -> int | None:
        """The page that a field asks for; None when it has no page arguments."""
        names = [name for name in PAGE_ARGUMENTS if name in definition.args]
        if not names:
            return None
        sizes = {name: self._page_argument(node, definition, name) for name in names}
        given = {name: size for name, size in sizes.items() if size is not None}
        self._check(node, given)
        return max([0, *given.values()]) if given else self.fan_out.page

    def declared(self, coordinate: str, node: FieldNode) -> int | None:
        """The declared length of a list, or None."""
        declared = self.fan_out.declared.get(coordinate)
        if not isinstance(declared, str):
            return declared
        items = self._argument(node, declared)
        return len(items) if isinstance(items, list | tuple) else 1

    def _check(self, node: FieldNode, given: Mapping[str, int]) -> None:
        name = node.name.value
        if len(given) > 1:
            message = f"Give `{name}` either `first` or `last`, not both."
            self.faults.append(PageFault(node, message))
        limit = self.fan_out.page_limit
        for argument, size in given.items():
            if not 1 <= size <= limit:
                message = f"`{argument}` of `{name}` must be from 1 to {limit}, not {size}."
                self.faults.append(PageFault(node, message))

    def _page_argument(self, node: FieldNode, definition: GraphQLField, name: str) -> int | None:
        value = self._argument(node, name)
        if value is Undefined:
            value = coerce_default_value(definition.args[name])
        if isinstance(value, bool):
            return None
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value if isinstance(value, int) else None

    def _argument(self, node: FieldNode, name: str) -> Any:
        for argument in node.arguments or ():
            if argument.name.value == name:
                return self._value(argument.value)
        return Undefined

    def _value(self, node: ValueNode) -> Any:
        if isinstance(node, VariableNode):
            return self._variable(node.name.value)
        if isinstance(node, IntValueNode):
            return _integer(node.value)
        if isinstance(node, ListValueNode):
            return node.values
        return None

    def _variable(self, name: str) -> Any:
        self.used_variables.add(name)
        if name in self.variables:
            return self.variables[name]
        default = self._defaults.get(name)
        return Undefined if default is None else self._value(default)


def _integer(digits: str) -> int | None:
    # Beyond GraphQL's 32 bits it is an error that validation reports, and may be thousands long.
    return int(digits) if len(digits) <= len("-2147483648") else None

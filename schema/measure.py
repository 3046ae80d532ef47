"""How large an operation is: one pass over its syntax tree, each fragment visited once.

What is counted of a fragment is kept and added again at each further spread, so that the cost of
measuring grows with the document's length and not with what it expands to.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from .pages import FanOut, Multipliers, PageFault
from .tally import Tally

# Selections and fragments within one another; what people write has a fifth of it.
_MAX_NESTING = 50
_INTROSPECTION = {"__schema", "__type"}


class NestedTooDeeply(Exception):
    """Selections, inline ones and fragments included, stand in one another beyond all use."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What `measure` found.

    `repeats` tells how often the response name `repeated` stands in the document with selections
    of its own. `cost_variables` are the variables whose values the number of nodes depends on: for
    the same document and the same values of these, the measure is the same.
    """

    tally: Tally
    repeats: int
    repeated: str
    page_faults: tuple[PageFault, ...]
    cost_variables: frozenset[str]


def measure(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    fan_out: FanOut,
) -> Measure:
    """Measure one operation of a document, which need not be valid.

    `variables` are the request's, before or after their coercion.

    Raises:
        NestedTooDeeply: when it cannot be walked.
    """
    multipliers = Multipliers(operation, variables, fan_out)
    walk = _Walk(schema, document, multipliers)
    tally = walk.operation(operation)
    faults, used = tuple(multipliers.faults), frozenset(multipliers.used_variables)
    walk.everything_else(operation)
    (repeated, repeats), *_ = walk.names.most_common(1) or [("", 0)]
    return Measure(tally, repeats, repeated, faults, used)


@dataclass(slots=True)
class _Walk:
    schema: GraphQLSchema
    document: DocumentNode
    multipliers: Multipliers
    names: Counter[str] = field(default_factory=Counter)
    _fragments: dict[str, FragmentDefinitionNode] = field(init=False)
    _known: dict[str, Tally] = field(default_factory=dict)
    _nesting: int = 0

    def __post_init__(self) -> None:
        definitions = self.document.definitions
        self._fragments = {
            node.name.value: node
            for node in definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    def operation(self, operation: OperationDefinitionNode) -> Tally:
        """Tally an operation; the lists directly in its root have a fan-out of their own."""
        root = self.schema.get_root_type(operation.operation)
        tally = self._selections(operation.selection_set, root)
        tally.directives += len(operation.directives or ())
        tally.settle(self.multipliers.fan_out.default)
        return tally

    def everything_else(self, measured: OperationDefinitionNode) -> None:
        """Visit what validation will visit too: the other operations and fragments."""
        for definition in self.document.definitions:
            if isinstance(definition, FragmentDefinitionNode):
                self._fragment(definition.name.value)
            elif isinstance(definition, OperationDefinitionNode) and definition is not measured:
                self.operation(definition)

    def _selections(
        self, selection_set: SelectionSetNode, parent: GraphQLCompositeType | None
    ) -> Tally:
        if self._nesting >= _MAX_NESTING:
            raise NestedTooDeeply
        self._nesting += 1
        tally = Tally()
        for selection in selection_set.selections:
            tally.add(self._selection(selection, parent))
            tally.directives += len(selection.directives or ())
        self._nesting -= 1
        return tally

    def _selection(self, node: SelectionNode, parent: GraphQLCompositeType | None) -> Tally:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        inline = cast("InlineFragmentNode", node)
        condition = inline.type_condition
        narrowed = self._type(condition.name.value) if condition else parent
        return self._selections(inline.selection_set, narrowed)

    def _fragment(self, name: str) -> Tally:
        if name not in self._known:
            self._known[name] = Tally()  # what a cycle, or an unknown fragment, adds to itself
            if node := self._fragments.get(name):
                parent = self._type(node.type_condition.name.value)
                self._known[name] = self._selections(node.selection_set, parent)
                self._known[name].directives += len(node.directives or ())
        return self._known[name]

    def _type(self, name: str) -> GraphQLCompositeType | None:
        named = self.schema.get_type(name)
        return named if is_composite_type(named) else None

    def _field(self, node: FieldNode, parent: GraphQLCompositeType | None) -> Tally:
        definition = self.schema.get_field(parent, node.name.value) if parent else None
        tally = self._below(node, parent, definition) if node.selection_set else Tally()
        if node.name.value in _INTROSPECTION:
            tally.become_introspection()
        else:
            tally.depth += 1
        tally.fields += 1
        tally.aliases += node.alias is not None
        tally.root_fields = 1
        return tally

    def _below(
        self, node: FieldNode, parent: GraphQLCompositeType | None, definition: GraphQLField | None
    ) -> Tally:
        name = node.alias.value if node.alias else node.name.value
        self.names[name] += 1
        composite = get_named_type(definition.type) if definition else None
        tally = self._selections(
            cast("SelectionSetNode", node.selection_set),
            composite if is_composite_type(composite) else None,
        )
        if definition is not None and parent is not None:
            self._multiply(tally, node, f"{parent.name}.{node.name.value}", definition)
        tally.rename(name)
        return tally

    def _multiply(
        self, tally: Tally, node: FieldNode, coordinate: str, definition: GraphQLField
    ) -> None:
        listed = is_list_type(get_nullable_type(definition.type))
        page = self.multipliers.page(node, definition)
        if page is not None and not listed:
            tally.settle_connection(page)
            return
        tally.settle(self.multipliers.fan_out.default)
        if not listed:
            return
        count = page if page is not None else self.multipliers.declared(coordinate, node)
        if count is None:
            tally.become_items()
        else:
            tally.become_list(count)

"""How many statements an operation takes, counted from its document and its answer.

One for each root field that finds something, one for each list of rows, whatever the lists hold;
one for each type of what is found by global ids. A list costs nothing where no row has it, and
one whose length is kept with each row nothing where it is empty everywhere.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    get_variable_values,
    is_abstract_type,
    is_list_type,
    is_object_type,
    parse,
)
from graphql.execution.collect_fields import FragmentDetails, collect_fields, collect_subfields

_ROWLESS = {"Viewer"}
_BY_GLOBAL_ID = {"Node"}
_READ_ELSEWHERE = {"Rendition"}
_KEPT_BELOW = {"CommentConnection"}
"""Lists whose length is kept with the row that they are below."""


class Counter:
    """Counts the levels of one operation."""

    def __init__(self, schema: GraphQLSchema, source: str, variables: Mapping[str, Any]) -> None:
        self._schema = schema
        definitions = parse(source).definitions
        (self._operation,) = (
            each for each in definitions if isinstance(each, OperationDefinitionNode)
        )
        self._fragments = {
            each.name.value: FragmentDetails(each)
            for each in definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self._values: Any = get_variable_values(
            schema, self._operation.variable_definitions or (), dict(variables)
        )

    def count(self, data: Mapping[str, Any]) -> int:
        root = self._schema.query_type
        assert root is not None
        fields = collect_fields(
            self._schema, self._fragments, self._values, root, self._operation
        ).grouped_field_set
        return sum(
            self._field(root, details, [data[key]], at_root=True)
            for key, details in fields.items()
            if not details[0].node.name.value.startswith("__")
        )

    def _below(self, kind: GraphQLObjectType, details: Any, values: Sequence[Any]) -> int:
        fields = collect_subfields(
            self._schema, self._fragments, self._values, self._operation, kind, details
        ).grouped_field_set
        return sum(
            self._field(kind, each, [value[key] for value in values])
            for key, each in fields.items()
            if each[0].node.name.value != "__typename"
        )

    def _field(
        self,
        parent: GraphQLObjectType,
        details: Any,
        values: Sequence[Any],
        *,
        at_root: bool = False,
    ) -> int:
        definition = parent.fields[details[0].node.name.value]
        kind = get_named_type(definition.type)
        if not (is_object_type(kind) or is_abstract_type(kind)):
            return 0
        listed = is_list_type(get_nullable_type(definition.type))
        objects = [each for value in values for each in (value if listed else [value]) if each]
        if is_abstract_type(kind):
            return self._found(kind.name, details, objects)
        own = 0
        if kind.name in _KEPT_BELOW and not at_root:
            own = self._shows_rows(kind, details) and any(map(_holds_any, objects))
        elif kind.name.endswith("Connection"):
            own = at_root or self._shows_rows(kind, details)
        elif at_root:
            own = kind.name not in _ROWLESS | _READ_ELSEWHERE
        elif parent.name in _ROWLESS:
            own = bool(objects)
        elif listed:
            own = self._is_row(kind) and not parent.name.endswith("Connection")
        return bool(values) * int(own) + (self._below(kind, details, objects) if objects else 0)

    def _found(self, name: str, details: Any, objects: Sequence[Any]) -> int:
        by_type = defaultdict(list)
        for each in objects:
            by_type[each["__typename"]].append(each)
        count = 0 if name in _BY_GLOBAL_ID else 1
        for found, values in by_type.items():
            kind = self._schema.type_map[found]
            assert isinstance(kind, GraphQLObjectType)
            count += self._is_row(kind) + self._below(kind, details, values)
        return count

    def _is_row(self, kind: GraphQLObjectType) -> bool:
        return any(interface.name == "Node" for interface in kind.interfaces)

    def _shows_rows(self, kind: GraphQLObjectType, details: Any) -> bool:
        fields = collect_subfields(
            self._schema, self._fragments, self._values, self._operation, kind, details
        ).grouped_field_set
        names = {each[0].node.name.value for each in fields.values()}
        return bool(names & {"edges", "nodes", "pageInfo"})


def _holds_any(connection: Mapping[str, Any]) -> bool:
    return any(isinstance(value, list) and value for value in connection.values())

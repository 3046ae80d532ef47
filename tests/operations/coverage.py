"""What of a schema the collected operations ask for, and what there is to ask for."""

from collections.abc import Iterable, Iterator

from graphql import (
    EnumValueNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)


def readable(schema: GraphQLSchema) -> set[str]:
    """Give all fields, arguments and fields of inputs that queries reach, by their coordinates."""
    kinds: dict[str, GraphQLNamedType] = {}
    _reach(schema, schema.query_type, kinds)
    return {coordinate for kind in kinds.values() for coordinate in _coordinates(kind)}


def _reach(schema: GraphQLSchema, kind: object, kinds: dict[str, GraphQLNamedType]) -> None:
    if not isinstance(kind, GraphQLNamedType) or kind.name in kinds:
        return
    kinds[kind.name] = kind
    if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
        for each in schema.get_possible_types(kind):
            _reach(schema, each, kinds)
    for definition in getattr(kind, "fields", {}).values():
        _reach(schema, get_named_type(definition.type), kinds)
        for argument in getattr(definition, "args", {}).values():
            _reach(schema, get_named_type(argument.type), kinds)


def enum_values(schema: GraphQLSchema, names: Iterable[str]) -> set[str]:
    """Give the values of some enums, by their schema coordinates."""
    return {
        f"{name}.{value}"
        for name in names
        if isinstance(kind := schema.type_map[name], GraphQLEnumType)
        for value in kind.values
    }


def _coordinates(kind: GraphQLNamedType) -> Iterator[str]:
    if isinstance(kind, GraphQLInputObjectType):
        yield from (f"{kind.name}.{name}" for name in kind.fields)
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, definition in kind.fields.items():
            yield f"{kind.name}.{name}"
            yield from (f"{kind.name}.{name}({argument}:)" for argument in definition.args)


def asked_for(schema: GraphQLSchema, sources: Iterable[str]) -> set[str]:
    """Give what documents ask for; a field of an interface counts for all its types."""
    asking = _Asking(schema)
    for source in sources:
        info = asking.begin()
        visit(parse(source), TypeInfoVisitor(info, asking))
    return asking.found


class _Asking(Visitor):
    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self._schema = schema
        self._info = TypeInfo(schema)
        self.found: set[str] = set()

    def begin(self) -> TypeInfo:
        self._info = TypeInfo(self._schema)
        return self._info

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self._info.get_parent_type()
        for kind in self._kinds(parent):
            place = f"{kind}.{node.name.value}"
            self.found.add(place)
            self.found |= {f"{place}({each.name.value}:)" for each in node.arguments or ()}

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        if parent := get_named_type(self._info.get_parent_input_type()):
            self.found.add(f"{parent.name}.{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: object) -> None:
        kind = get_named_type(self._info.get_input_type())
        if kind is not None:
            self.found.add(f"{kind.name}.{node.value}")

    def _kinds(self, parent: object) -> Iterator[str]:
        if isinstance(parent, GraphQLInterfaceType):
            yield from (kind.name for kind in self._schema.get_possible_types(parent))
        if isinstance(parent, GraphQLNamedType) and not isinstance(parent, GraphQLUnionType):
            yield parent.name

"""The ordinary executor: graphql-core's own, which resolves field by field.

What it needs of the content it asks the engine for, but each value by itself: an object is known by
the fields that lead to it from the root, and a leaf, the length of a list, a null or the name of a
type is had by an operation that holds this one path, without aliases, variables, directives or
named fragments. So the two executors share what a single field means, and nothing of how fields
are collected, merged, batched, grouped and put together.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from differential.literals import literal
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    execute,
    get_named_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_non_null_type,
    is_object_type,
    parse,
    print_ast,
    specified_scalar_types,
    type_from_ast,
    validate,
)

from pressroom.schema.build import build_schema, executable

Ask = Callable[[str], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Place:
    """An object: the fields that lead to it, and where it stands in what they answer."""

    path: tuple[str, ...] = ()
    keys: tuple[str | int, ...] = ()
    type_name: str = "Query"


@dataclass(frozen=True, slots=True)
class Request:
    """What resolvers are told of a request."""

    ask: Ask
    variables: Mapping[str, Any]
    begun: list[asyncio.Task[Any]]


class Ordinary:
    """Executes operations; `ask` answers those that hold one path."""

    def __init__(self, ask: Ask) -> None:
        self._schema = _resolving()
        self._ask = ask
        self._asked: dict[str, asyncio.Task[dict[str, Any]]] = {}

    async def execute(
        self, query: str, variables: Mapping[str, Any], *, valid: bool = False
    ) -> dict[str, Any]:
        """Answer an operation, of which it may be known that it is `valid`."""
        try:
            document = parse(query)
        except GraphQLError as error:
            return {"errors": [error.formatted]}
        if errors := [] if valid else validate(self._schema, document):
            return {"errors": [error.formatted for error in errors]}
        request = Request(self._once, variables, [])
        result = execute(
            self._schema,
            document,
            root_value=Place(),
            context_value=request,
            variable_values=dict(variables),
        )
        if isinstance(result, Awaitable):
            result = await result
        await asyncio.gather(*request.begun, return_exceptions=True)
        return dict(result.formatted)

    def _once(self, query: str) -> Awaitable[dict[str, Any]]:
        if query not in self._asked:
            self._asked[query] = asyncio.ensure_future(self._ask(query))
        # graphql-core cancels what is left of an execution that has failed.
        return asyncio.shield(self._asked[query])


@cache
def _resolving() -> GraphQLSchema:
    """Make a schema of its own whose fields resolve to places, and whose leaves come as JSON."""
    schema = executable(build_schema())
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        if is_object_type(kind):
            kind.is_type_of = None
            for definition in kind.fields.values():
                definition.resolve = _resolve
        elif is_abstract_type(kind):
            kind.resolve_type = lambda place, *_: place.type_name
        elif is_enum_type(kind):
            kind.coerce_output_value = _named_in(kind.values)
        elif kind.name not in specified_scalar_types:
            kind.coerce_output_value = str
    return schema


def _named_in(values: Mapping[str, Any]) -> Callable[[Any], str]:
    def serialize(name: Any) -> str:
        if name not in values:
            raise GraphQLError(f"there is no value {name}")
        return str(name)

    return serialize


def _resolve(place: Place, info: GraphQLResolveInfo, **_arguments: Any) -> asyncio.Task[Any]:
    # A fault in one field may end the execution while others are still being resolved.
    resolving = asyncio.ensure_future(_resolved(place, info))
    info.context.begun.append(resolving)
    return resolving


async def _resolved(place: Place, info: GraphQLResolveInfo) -> Any:
    kind = get_named_type(info.return_type)
    path = (*place.path, _written(info))
    keys = (*place.keys, info.field_name)
    if is_leaf_type(kind):
        return await _value(info.context, path, keys)
    if is_non_null_type(info.return_type) and is_object_type(info.return_type.of_type):
        return Place(path, keys, kind.name)
    found = await _value(info.context, (*path, "__typename"), keys)
    return _placed(found, path, keys, narrow=is_abstract_type(kind))


def _placed(found: Any, path: tuple[str, ...], keys: tuple[str | int, ...], narrow: bool) -> Any:
    if found is None:
        return None
    if isinstance(found, list):
        return [_placed(each, path, (*keys, at), narrow) for at, each in enumerate(found)]
    name = found["__typename"]
    return Place((*path, f"... on {name}") if narrow else path, keys, name)


async def _value(request: Request, path: tuple[str, ...], keys: tuple[str | int, ...]) -> Any:
    answer = await request.ask(f"{{ {' { '.join(path)} {'} ' * len(path)}")
    for error in answer.get("errors", ()):
        raise GraphQLError(error["message"], extensions=error["extensions"])
    value = answer["data"]
    for key in keys:
        value = value[key]
    return value


def _written(info: GraphQLResolveInfo) -> str:
    """Write a field without its alias, with the values of variables in their places."""
    node: FieldNode = info.field_nodes[0]
    given = {
        argument.name.value: text
        for argument in node.arguments or ()
        if (text := _inlined(argument.value, info)) is not None
    }
    arguments = ", ".join(f"{name}: {text}" for name, text in given.items())
    return f"{info.field_name}({arguments})" if given else info.field_name


def _inlined(node: ValueNode, info: GraphQLResolveInfo) -> str | None:
    """Write a value; None for a variable that was not given (GraphQL, 6.4.1)."""
    if isinstance(node, VariableNode):
        return _variable(node.name.value, info)
    if isinstance(node, ListValueNode):
        return f"[{', '.join(_inlined(each, info) or 'null' for each in node.values)}]"
    if isinstance(node, ObjectValueNode):
        parts = {field.name.value: _inlined(field.value, info) for field in node.fields}
        given = (f"{name}: {text}" for name, text in parts.items() if text is not None)
        return f"{{{', '.join(given)}}}"
    return print_ast(node)


def _variable(name: str, info: GraphQLResolveInfo) -> str | None:
    (definition,) = (
        each
        for each in info.operation.variable_definitions or ()
        if each.variable.name.value == name
    )
    variables = info.context.variables
    if name in variables:
        return literal(variables[name], type_from_ast(info.schema, definition.type))
    return print_ast(definition.default_value) if definition.default_value else None

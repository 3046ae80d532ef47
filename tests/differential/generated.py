"""Operations made from the schema: any selection that it allows, within bounds.

Each comes with two assignments of its variables, so that what was kept of the first is used for
the second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from differential.literals import Written, literal
from differential.samples import ID_KINDS, Samples
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputType,
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from pressroom.cms.store.keys import encode_id

Choice = TypeVar("Choice")
Variables = dict[str, Any]

DEPTH = 6
SIZES = [1, 2, 3, 4, 6, 8, 16]
"""Fields of an operation, about; what goes wrong mostly does so in small ones."""
CHEAP_FORMATS = ["MARKDOWN", "TEXT"]
"""Renditions that take no time to make."""
ALIASES = ["a", "b", "id", "title", "nodes", "posts"]
INSTANTS = [
    "2024-03-01T00:00:00Z",
    "2024-03-02T23:59:59.123456Z",
    "2024-03-04T01:00:00+02:00",
    "2024-03-31T00:00:00Z",
]
QUERIES = ["bread", "about letter", "kä", "Reader 1", "", "%", "nowhere"]
TYPE_NAMES = ["Post", "Node", "PathResolution", "PostFilter", "PostOrder", "DateTime", "Nothing"]
FORBIDDEN = {"auditLog"}
"""Root fields that the roles in question may not ask for, of which types know nothing."""
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Generated:
    """An operation, and one or two assignments of its variables."""

    query: str
    variables: Sequence[Variables]
    faulty: bool
    """Whether arguments may ask for what there is not: pages of no size, cursors of no list."""


@dataclass
class Variable:
    """A variable of the operation: its type, its default as text, and its two values."""

    kind: str
    default: str
    values: tuple[Any, Any]


@dataclass
class Writer:
    """Writes one operation of about so many fields, with every decision left to chance."""

    schema: GraphQLSchema
    samples: Samples
    random: Random
    size: int
    variables: dict[str, Variable] = field(default_factory=dict)
    fragments: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each key of the answer stands for: fields under one key must be mergeable."""
    fields: int = 0
    faulty: bool = False

    def __post_init__(self) -> None:
        self.faulty = self.one_in(8)

    def choose(self, choices: "list[Choice] | tuple[Choice, ...]") -> Choice:
        return self.random.choice(choices)

    def one_in(self, count: int) -> bool:
        return self.random.randint(1, count) == count

    def operation(self) -> Generated:
        """Write the operation with all that it refers to."""
        root = self.schema.query_type
        assert root is not None
        body = self.selection(root, DEPTH)
        if self.one_in(5):
            body = f"{body[:-1]} {self.introspection()} }}"
        declared = ", ".join(
            f"${name}: {variable.kind}{variable.default}"
            for name, variable in self.variables.items()
        )
        head = f"query Generated({declared})" if declared else "query Generated"
        parts = [
            f"{head} {body}",
            *(f"fragment {name} on {on} {text}" for name, (on, _, text) in self.fragments.items()),
        ]
        first, second = (
            {
                name: variable.values[which]
                for name, variable in self.variables.items()
                if variable.values[which] is not ABSENT
            }
            for which in (0, 1)
        )
        different = [first] if first == second else [first, second]
        return Generated("\n".join(parts), different, self.faulty)

    def introspection(self) -> str:
        schema = "__schema { queryType { name } } __schema { mutationType { name } }"
        if self.one_in(3):
            return schema
        name = self.value(self.schema.type_map["String"], "type name", required=True)
        typed = f"__type(name: {name}) {{ name kind possibleTypes {{ name }} }}"
        return self.choose([f"t: {typed}", typed, f"{schema} t: {typed}"])

    def selection(self, kind: GraphQLNamedType, depth: int) -> str:
        """Write a selection set of a type."""
        parts = [self.part(kind, depth) for _ in range(self.random.randint(1, 3))]
        return f"{{ {' '.join(parts)} }}"

    def part(self, kind: GraphQLNamedType, depth: int) -> str:
        within = depth > 0 and self.fields < self.size
        if within and self.one_in(2 if is_abstract_type(kind) else 8):
            return self.inline_fragment(kind, depth - 1)
        if within and self.one_in(8):
            return self.spread(kind, depth - 1)
        if self.one_in(10) or not hasattr(kind, "fields"):
            return f"{self.alias('__typename', '', 'String!')}__typename{self.directives()}"
        return self.field(kind, depth)

    def conditions(self, kind: GraphQLNamedType) -> list[GraphQLNamedType]:
        """Give the types that a fragment within a type may be on."""
        if is_abstract_type(kind):
            return [kind, *self.schema.get_possible_types(kind)]
        assert is_object_type(kind)
        return [kind, kind, *kind.interfaces]

    def inline_fragment(self, kind: GraphQLNamedType, depth: int) -> str:
        if self.one_in(4):
            return f"...{self.directives()} {self.selection(kind, depth)}"
        on = self.choose(self.conditions(kind))
        return f"... on {on.name}{self.directives()} {self.selection(on, depth)}"

    def spread(self, kind: GraphQLNamedType, depth: int) -> str:
        names = {each.name for each in self.conditions(kind)}
        known = [
            name for name, (on, deep, _) in self.fragments.items() if on in names and deep <= depth
        ]
        if known and self.one_in(2):
            return f"...{self.choose(known)}{self.directives()}"
        on = self.choose(self.conditions(kind))
        text = self.selection(on, depth)
        name = f"F{len(self.fragments)}"
        self.fragments[name] = (on.name, depth, text)
        return f"...{name}{self.directives()}"

    def field(self, kind: Any, depth: int) -> str:
        self.fields += 1
        deeper = depth > 0 and self.fields < self.size
        leaves = [
            name for name, each in kind.fields.items() if is_leaf_type(get_named_type(each.type))
        ]
        apart = {*leaves, *FORBIDDEN}
        others = [name for name in kind.fields if name not in apart] if deeper else []
        if not leaves and not others:
            return "__typename"
        name = self.choose(others if others and (not leaves or self.one_in(2)) else leaves)
        written = self.field_called(kind, name, depth)
        if self.one_in(8):
            written += f" {self.field_called(kind, name, depth)}"
        return written

    def field_called(self, kind: Any, name: str, depth: int) -> str:
        definition = kind.fields[name]
        arguments = self.arguments(f"{kind.name}.{name}", definition)
        alias = self.alias(name, arguments, str(definition.type))
        below = get_named_type(definition.type)
        selected = "" if is_leaf_type(below) else f" {self.selection(below, depth - 1)}"
        return f"{alias}{name}{arguments}{self.directives()}{selected}"

    def alias(self, name: str, *meaning: str) -> str:
        """Choose a key of the answer under which nothing else stands, or the same."""
        key = self.choose([*ALIASES, f"k{len(self.keys)}"]) if self.one_in(4) else name
        if self.keys.setdefault(key, (name, *meaning)) != (name, *meaning):
            key = f"k{len(self.keys)}"
            self.keys[key] = (name, *meaning)
        return "" if key == name else f"{key}: "

    def directives(self) -> str:
        if not self.one_in(8):
            return ""
        names = self.choose([("skip",), ("include",), ("skip", "include"), ("include", "skip")])
        kind = self.schema.type_map["Boolean"]
        return "".join(f" @{name}(if: {self.value(kind, '', required=True)})" for name in names)

    def arguments(self, coordinate: str, definition: GraphQLField) -> str:
        # The ids of its posts are judged at once, even where nobody reads of the book.
        self.faulty |= coordinate == "Query.anthology"
        given = self.page(coordinate, definition) if "after" in definition.args else {}
        if "first" in definition.args and not given and self.one_in(2):
            given["first"] = self.value(definition.args["first"].type, "page size")
        for name, argument in definition.args.items():
            if name in given or name in {"first", "after", "last", "before"}:
                continue
            if self.is_required(argument) or self.one_in(2):
                kind = argument.type
                required = self.is_required(argument)
                given[name] = self.value(kind, f"{coordinate}.{name}", required=required)
        return f"({', '.join(f'{name}: {text}' for name, text in given.items())})" if given else ""

    def is_required(self, argument: GraphQLArgument) -> bool:
        return is_non_null_type(argument.type)

    def page(self, coordinate: str, definition: GraphQLField) -> dict[str, str]:
        """Choose the arguments of a page, with cursors of the order that is asked for."""
        ways: list[tuple[str, ...]] = [(), ("first",), ("first", "after"), ("after",)]
        if "last" in definition.args:
            ways += [("last",), ("last", "before"), ("before",), ("first", "after", "before")]
            ways += [("last", "after", "before")]
        way = self.choose(ways)
        within = {"after", "before"} & set(way)
        given = self.orders(definition) if within else {}
        cursors = self.samples.cursors_of(coordinate, *given.values())
        if self.faulty:
            cursors = [*cursors, "nonsense", ""]
        for name in way:
            kind = definition.args[name].type
            if name not in within:
                given[name] = self.value(kind, "page size")
            elif cursors:
                given[name] = self.value(kind, name, cursors)
        return given

    def orders(self, definition: GraphQLField) -> dict[str, str]:
        """Choose what a list is sorted by, which its cursors depend on."""
        names = [name for name in ("orderBy", "shape") if name in definition.args]
        kinds = {name: get_nullable_type(definition.args[name].type) for name in names}
        return {name: self.choose(list(kind.values)) for name, kind in kinds.items()}

    def value(
        self,
        kind: GraphQLInputType,
        hint: str,
        among: list[Any] | None = None,
        required: bool = False,
    ) -> str:
        """Write a value, perhaps with variables in it or in its place."""
        if self.one_in(3):
            return self.variable(kind, hint, among, required)
        return literal(self.json(kind, hint, among, required, variables=True), kind)

    def variable(
        self,
        kind: GraphQLInputType,
        hint: str,
        among: list[Any] | None,
        required: bool,
    ) -> Written:
        """Declare a variable that may stand in a place, or take one that is declared."""
        bare = str(get_nullable_type(kind))
        if among is None and self.one_in(3):
            fitting = (f"{bare}!",) if required else (bare, f"{bare}!")
            known = [
                name
                for name, each in self.variables.items()
                if each.kind in fitting and name.startswith(_slug(hint))
            ]
            if known:
                return Written(f"${self.choose(known)}")
        default = ""
        if self.one_in(4):
            default = f" = {literal(self.json(kind, hint, among, True), kind)}"
        nullable = not required or (bool(default) and self.faulty)
        demanding = not nullable or self.one_in(3)
        values = tuple(
            self.variable_value(kind, hint, among, demanding, bool(default)) for _ in (0, 1)
        )
        name = f"{_slug(hint)}{len(self.variables)}"
        text = f"{bare}!" if demanding else bare
        self.variables[name] = Variable(text, default, (values[0], values[1]))
        return Written(f"${name}")

    def variable_value(
        self,
        kind: GraphQLInputType,
        hint: str,
        among: list[Any] | None,
        demanding: bool,
        has_default: bool,
    ) -> Any:
        if (has_default or not demanding) and self.one_in(4):
            return ABSENT
        value = self.json(kind, hint, among, demanding)
        if isinstance(value, int) and not isinstance(value, bool) and self.one_in(6):
            return float(value)
        return value

    def json(
        self,
        kind: GraphQLInputType,
        hint: str,
        among: list[Any] | None = None,
        required: bool = False,
        *,
        variables: bool = False,
    ) -> Any:
        """Choose a value of a type; with `variables`, parts of it may be variables."""
        if not required and not is_non_null_type(kind) and self.one_in(10):
            return None
        kind = get_nullable_type(kind)
        if among is not None:
            return self.choose(among)
        if is_list_type(kind):
            return self.items(kind.of_type, hint, variables)
        if is_input_object_type(kind):
            return self.input_object(kind, hint, variables)
        if is_enum_type(kind):
            cheap = kind.name == "RenditionFormat" and not self.one_in(8)
            return self.choose(CHEAP_FORMATS if cheap else list(kind.values))
        return self.scalar(kind.name, hint)

    def items(self, kind: Any, hint: str, variables: bool) -> Any:
        if self.one_in(6):
            return self.json(kind, hint, None, True)
        count = self.random.randint(0, 3)
        return [self.inner(kind, hint, variables, is_non_null_type(kind)) for _ in range(count)]

    def inner(self, kind: Any, hint: str, variables: bool, required: bool) -> Any:
        if variables and self.one_in(4):
            return self.variable(kind, hint, None, required)
        return self.json(kind, hint, None, required, variables=variables)

    def input_object(self, kind: Any, hint: str, variables: bool) -> dict[str, Any]:
        if kind.is_one_of:
            name = self.choose(list(kind.fields))
            return {
                name: self.inner(kind.fields[name].type, f"{kind.name}.{name}", variables, True)
            }
        nested = hint.count("/")
        names = [
            name
            for name, each in kind.fields.items()
            if self.one_in(3)
            and (nested < 2 or not is_input_object_type(get_named_type(each.type)))
        ]
        return {
            name: self.inner(kind.fields[name].type, f"{hint}/{kind.name}.{name}", variables, False)
            for name in names
        }

    def scalar(self, name: str, hint: str) -> Any:
        if name == "ID":
            return self.id(hint)
        if name == "String":
            return self.text(hint)
        sizes = [1, 2, 3, 50]
        if self.faulty:
            sizes += [0, 101, -1]
        return self.choose({"Boolean": [False, True], "Int": sizes, "DateTime": INSTANTS}[name])

    def text(self, hint: str) -> str:
        if hint == "type name":
            return self.choose(TYPE_NAMES)
        if hint.endswith("path"):
            return self.choose(self.samples.paths)
        if hint.endswith("By.slug"):
            return self.choose(self.samples.slugs[hint.rpartition("/")[2].removesuffix("By.slug")])
        return self.choose(QUERIES)

    def id(self, hint: str) -> Any:
        owner, _, _ = hint.rpartition("/")[2].rpartition(".")
        kind = owner.removesuffix("By")
        if owner == "Query.comment":
            kind = "Comment"
        if kind not in self.samples.ids or self.one_in(6):
            kind = self.choose(ID_KINDS)
        if self.one_in(8):
            return self.choose([encode_id("Webhook", 1), "", "nonsense", 7, "UG9zdDo="])
        return self.choose(self.samples.ids[kind])


def _slug(hint: str) -> str:
    return "".join(letter for letter in hint if letter.isalpha()) or "flag"

"""How types are written: fields with their declarations, arguments, and enums, all described."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField

from .engine.declarations import ENGINE


def field(declaration: Any, description: str, *arguments: StrawberryArgument) -> Any:
    """Declare a field: what it is made of, what it means, what may be asked of it."""
    made = strawberry.field(metadata={ENGINE: declaration}, description=description)
    if not isinstance(made, StrawberryField):
        raise TypeError("Strawberry made something else of a field")
    made.arguments = [
        StrawberryArgument(
            python_name=argument.python_name,
            graphql_name=argument.graphql_name,
            type_annotation=argument.type_annotation,
            default=argument.default,
            description=argument.description,
        )
        for argument in arguments
    ]
    return made


def fact(description: str) -> Any:
    """Declare a field of what a Python function answered, by its own name."""
    return strawberry.field(description=description)


REQUIRED = StrawberryArgument(
    python_name="", graphql_name=None, type_annotation=StrawberryAnnotation(int)
).default
"""The default of an argument that has none."""


def argument(
    name: str,
    kind: Any,
    description: str,
    *,
    default: Any = REQUIRED,
    graphql_name: str | None = None,
) -> StrawberryArgument:
    """Declare an argument; one whose type is optional may be left out."""
    return StrawberryArgument(
        python_name=name,
        graphql_name=graphql_name,
        type_annotation=StrawberryAnnotation(kind),
        default=default,
        description=description,
    )


def optional(name: str, kind: Any, description: str) -> StrawberryArgument:
    """Declare an argument that may be left out, and has no default to be told of."""
    return argument(name, kind | None, description, default=strawberry.UNSET)


FIRST = optional("first", int, "How many to answer from the beginning: 1 to 100, or else 20.")
AFTER = optional("after", str, "Begin behind this cursor.")
LAST = optional("last", int, "How many to answer from the end: 1 to 100.")
BEFORE = optional("before", str, "End ahead of this cursor.")
FORWARD: Sequence[StrawberryArgument] = (FIRST, AFTER)
PAGED: Sequence[StrawberryArgument] = (FIRST, AFTER, LAST, BEFORE)


def describe_enum(enum: type[Enum], description: str, values: Mapping[str, str]) -> Any:
    """Make an enum of ours a GraphQL enum, with a description for each of its values."""
    made = strawberry.enum(enum, description=description)
    # Strawberry adds the attribute behind the type checker's back.
    definition = vars(made)["__strawberry_definition__"]
    if not isinstance(definition, StrawberryEnumDefinition):
        raise TypeError("Strawberry made something else of an enum")
    for value in definition.values:
        value.description = values[value.name]
    return made


def given(description: str, *, default: Any = strawberry.UNSET, name: str | None = None) -> Any:
    """Declare a field of an input that may be left out."""
    return strawberry.field(default=default, description=description, name=name)


IDEMPOTENCY_KEY = (
    "The same key with the same input answers what the first call answered, for 24 hours."
)
DRY_RUN = (
    "Answer what would be stored, and store nothing: nobody is told, and no key is used. The id of"
    " what would be new names nothing."
)

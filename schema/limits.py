"""What one document may ask for, checked before it is validated and long before it runs.

Validation itself compares fields pairwise, which a hostile document can make slow, so check the
limits first: they hold for documents that are not valid, too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
)

from .measure import Measure, NestedTooDeeply, measure
from .pages import FanOut
from .tally import Weight, written

TOO_COMPLEX = "TOO_COMPLEX"
BAD_USER_INPUT = "BAD_USER_INPUT"

_INTROSPECTED: Mapping[str, int | str] = {"__Schema.types": 100}


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a document, and the operation chosen from it, may hold.

    Counts are taken with all fragments expanded. `nodes` are the items of all lists that the page
    sizes and fan-outs allow, multiplied through. `repeats` is how often one response name may be
    written with selections of its own. What lies below `__schema` and `__type` has its own depth
    and nodes. `characters` bounds the document's text, of which long literals are part; a
    variable's value is not.
    """

    characters: int = 100_000
    tokens: int = 2_000
    comments: int = 1_000
    depth: int = 12
    aliases: int = 30
    root_fields: int = 20
    directives: int = 50
    fields: int = 2_000
    repeats: int = 100
    nodes: int = 20_000
    introspection_depth: int = 20
    introspection_nodes: int = 20_000
    page: int = 100
    default_page: int = 20
    default_fan_out: int = 10
    fan_out: Mapping[str, int | str] = field(default_factory=dict)
    """The lengths of lists without page arguments, see `FanOut.declared`."""


DEFAULT_LIMITS = Limits()


def parse_document(source: str, limits: Limits = DEFAULT_LIMITS) -> DocumentNode:
    """Parse a document, giving up at once when it is too long or nested too deeply.

    Raises:
        GraphQLError: with the code TOO_COMPLEX for a document beyond a limit, BAD_USER_INPUT for
            one that is not GraphQL.
    """
    if len(source) > limits.characters:
        raise _too_complex(
            f"The document is longer than {limits.characters} characters."
            " Give long texts as values of variables."
        )
    try:
        return parse(source, max_lexical_tokens=limits.tokens, max_comments=limits.comments)
    except GraphQLSyntaxError as error:
        beyond = error.description.endswith("Parsing aborted.")
        raise GraphQLError(
            error.message,
            source=error.source,
            positions=error.positions,
            extensions={"code": TOO_COMPLEX if beyond else BAD_USER_INPUT},
        ) from None


def check_limits(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> list[GraphQLError]:
    """Measure an operation and list what it exceeds, each with its code; empty when all is well."""
    measured = measure_operation(schema, document, operation, variables, limits)
    if isinstance(measured, GraphQLError):
        return [measured]
    return exceeded(measured, limits)


def measure_operation(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Measure | GraphQLError:
    """Measure an operation, or say why it cannot be: its fragments are nested too deeply."""
    declared = {**_INTROSPECTED, **limits.fan_out}
    fan_out = FanOut(limits.default_page, limits.page, limits.default_fan_out, declared)
    try:
        return measure(schema, document, operation, variables or {}, fan_out)
    except NestedTooDeeply:
        return _too_complex("The document's selections and fragments are nested too deeply.")


def exceeded(measured: Measure, limits: Limits = DEFAULT_LIMITS) -> list[GraphQLError]:
    """The limits that a measured operation exceeds."""
    faults = [
        GraphQLError(fault.message, fault.node, extensions={"code": BAD_USER_INPUT})
        for fault in measured.page_faults
    ]
    return [*faults, *map(_too_complex, _excesses(measured, limits))]


def _excesses(measured: Measure, limits: Limits) -> Iterator[str]:
    tally = measured.tally
    counts = [
        ("levels of fields", tally.depth, limits.depth),
        ("levels of introspection", tally.introspection_depth, limits.introspection_depth),
        ("aliases", tally.aliases, limits.aliases),
        ("root fields", tally.root_fields, limits.root_fields),
        ("directives", tally.directives, limits.directives),
        ("fields", tally.fields, limits.fields),
        (f"fields called `{measured.repeated}`", measured.repeats, limits.repeats),
    ]
    for what, count, limit in counts:
        if count > limit:
            yield f"The operation has {_number(count)} {what}; the limit is {limit}."
    if tally.nodes.nodes > limits.nodes:
        yield _heavy("nodes", tally.nodes, limits.nodes)
    if tally.introspection.nodes > limits.introspection_nodes:
        yield _heavy("nodes of introspection", tally.introspection, limits.introspection_nodes)


def _heavy(what: str, weight: Weight, limit: int) -> str:
    return (
        f"The operation may read {_number(weight.nodes)} {what}; the limit is {limit}."
        f" `{written(weight.path)}` costs most: {_number(weight.most)}."
    )


def _number(count: int) -> str:
    """A count in digits, but for those that nested fragments drive beyond all reading."""
    return str(count) if count < 10**12 else "over a trillion"


def _too_complex(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": TOO_COMPLEX})

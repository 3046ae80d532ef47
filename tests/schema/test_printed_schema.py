"""The printed schema: kept for review, complete, and described to the last value."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
import tools
from click.testing import CliRunner
from graphql import (
    GraphQLNamedType,
    GraphQLSchema,
    build_schema,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_introspection_type,
    is_object_type,
    is_specified_directive,
    is_specified_scalar_type,
)

from pressroom.cms.cli import main

PRINTED = tools.ROOT / "schema" / "schema.graphql"
CONTRACT_CHECK = tools.ROOT.parent / "shared" / "design" / "check_contract.py"

# What the contract has and later work brings: previews, webhooks and what is live.
LATER = re.compile(
    r"(Mutation\.)?(create|update|delete|replay)?(PreviewToken|Webhook|Delivery)\w* is missing"
    r"|Subscription is missing",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(PRINTED.read_text(encoding="utf-8"))


def test_the_printed_schema_is_that_of_the_code() -> None:
    written = CliRunner().invoke(main, ["schema"]).stdout
    assert PRINTED.read_text(encoding="utf-8") == written, (
        "the schema has changed: run `.venv/bin/pressroom schema > schema/schema.graphql`,"
        " and review what differs"
    )


def test_everything_has_a_description(schema: GraphQLSchema) -> None:
    assert [where for where, description in _described(schema) if not description] == []


@pytest.mark.skipif(not CONTRACT_CHECK.exists(), reason="no contract stands beside this checkout")
def test_the_contract_is_kept_but_for_later_work() -> None:
    command = [sys.executable, str(CONTRACT_CHECK), str(PRINTED)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.stderr == ""
    faults = told.stdout.splitlines()
    assert [fault for fault in faults if not LATER.fullmatch(fault)] == []


def _described(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """List all that can have a description, by its schema coordinate."""
    for name, named in schema.type_map.items():
        if not is_introspection_type(named) and not is_specified_scalar_type(named):
            yield name, named.description
            yield from _parts(named)
    for directive in schema.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description


def _parts(named: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    if is_enum_type(named):
        for name, value in named.values.items():
            yield f"{named}.{name}", value.description
    if is_input_object_type(named):
        for name, input_field in named.fields.items():
            yield f"{named}.{name}", input_field.description
    if is_object_type(named) or is_interface_type(named):
        for name, field in named.fields.items():
            yield f"{named}.{name}", field.description
            for argument, meaning in field.args.items():
                yield f"{named}.{name}({argument}:)", meaning.description

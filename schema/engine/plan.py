"""Plans: what an operation became, kept and run for each request of its shape."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pressroom.cms.store.reading import Reading, Statement
from pressroom.cms.store.scope import Input, Moment

from .compiler import Compiler
from .fetching import fetch
from .guards import attempt, required, told
from .memory import UNKNOWN
from .shown import Shows, select_evidence, shown_by


@dataclass(frozen=True, slots=True)
class Plan:
    """The generated function of an operation, and what it needs to be told."""

    function: Callable[..., Generator[Any, Any, Any]]
    inputs: Sequence[Input]
    statements: Sequence[str]
    """The statements in the database's own dialect."""
    shows: Shows | None = None
    """What its answers show; None where that is not asked, or cannot be told."""

    def reading(
        self, variables: Mapping[str, Any], moment: Moment, context: Any, given: Any = None
    ) -> Reading[dict[str, Any]]:
        """Bind what a request says; running the reading gives the answer's data.

        Raises Malformed for a cursor that does not belong to its list.
        """
        bound = {each.name: each.value(variables, moment) for each in self.inputs}
        return self.function(bound, context, given)


def finish(compiler: Compiler, answer: str, *, traced: bool = False, joined: bool = False) -> Plan:
    """Write the generated function around the code of its answer, and compile it.

    A `traced` plan tells what its answers show, as far as it can. Where levels may be `joined`,
    several may share a statement.
    """
    code = compiler.code
    if traced:
        select_evidence(compiler)
    constants = {"NOBODY": frozenset({None}), "NOTHING": [], "EMPTY": {}, "Statement": Statement}
    constants |= {"UNKNOWN": UNKNOWN, "attempt": attempt, "told": told, "required": required}
    for line in compiler.prelude:
        code.line(line)
    fetched = fetch(compiler, joined=joined)
    for line in compiler.questions:
        code.line(line)
    for level in reversed(compiler.levels):
        for line in compiler.assembly[level.number]:
            code.line(line)
    code.line(f"return {answer}")
    code.line("yield")
    return Plan(
        code.function(constants),
        list(compiler.scope.inputs.values()),
        [each.sql for each in fetched],
        shown_by(compiler, fetched) if traced else None,
    )

"""The operations that the tests send, one a file, with what they are sent with.

A file may begin with `# as ROLE`, whose token is sent, and with `# with {…}`, the variables as
JSON, in which "@name" stands for the global id of something in the content.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operations.content import Content


@dataclass(frozen=True)
class Operation:
    """One document, and how it is sent."""

    name: str
    source: str
    role: str | None
    given: Any

    def variables(self, content: Content) -> Any:
        return _resolved(self.given, content.ids())

    def token(self, content: Content) -> str | None:
        return content.tokens[self.role] if self.role else None


def _read(file: Path) -> Operation:
    source = file.read_text()
    headers = [line[2:].split(" ", 1) for line in source.splitlines() if line.startswith("# ")]
    told = dict(headers)
    return Operation(file.stem, source, told.get("as"), json.loads(told.get("with", "{}")))


def _resolved(given: Any, ids: dict[str, str]) -> Any:
    if isinstance(given, dict):
        return {name: _resolved(value, ids) for name, value in given.items()}
    if isinstance(given, list):
        return [_resolved(value, ids) for value in given]
    return ids[given[1:]] if isinstance(given, str) and given.startswith("@") else given


OPERATIONS = [_read(file) for file in sorted(Path(__file__).parent.glob("*.graphql"))]
MUTATIONS = {
    file.stem: file.read_text() for file in (Path(__file__).parent / "mutations").glob("*.graphql")
}
SUBMIT = MUTATIONS["submit_comment"]
EDIT = MUTATIONS["edit_comment"]
WITHDRAW = MUTATIONS["withdraw_comment"]

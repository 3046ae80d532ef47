"""What the parts of the project may know of each other, and what no file may say."""

import ast
import re
import tokenize
from pathlib import Path

import pytest
import tools

FOLDERS = {"cms", "schema", "migrations"}
SILENCED = re.compile(r"#\s*(?:noqa(?:: [A-Z0-9, ]+)?|type: ignore(?:\[[\w, -]+\])?)(?P<reason>.*)")
REASON = re.compile(r"\w+\W+\w+")

# Written in pieces, so that this file does not say what no file may.
REGISTRIES = re.compile("|".join(["py" + r"pi\.", "python" + "hosted", "npm" + r"js\."]))
HOMES = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work)/[\w.]")
CHECKOUT = re.escape(str(tools.ROOT)) + r"\b"


def _faults(found: re.Pattern[str], path: Path) -> list[str]:
    text = path.read_bytes().decode(errors="replace")
    name = path.relative_to(tools.ROOT)
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0].strip()}"
        for match in found.finditer(text)
    ]


def _bare_imports(path: Path) -> list[str]:
    name = path.relative_to(tools.ROOT)
    return [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if FOLDERS & {module.split(".")[0] for module in _imported(node)}
    ]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if node.level == 0 else []
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def _unreasoned(path: Path) -> list[str]:
    with tokenize.open(path) as file:
        comments = [
            token
            for token in tokenize.generate_tokens(file.readline)
            if token.type == tokenize.COMMENT
        ]
    name = path.relative_to(tools.ROOT)
    return [
        f"{name}:{token.start[0]}: {token.string}"
        for token in comments
        if (silenced := SILENCED.search(token.string)) and not REASON.search(silenced["reason"])
    ]


def test_layers_are_kept() -> None:
    tools.run("lint-imports", "--no-cache", "--no-logo")


def test_no_package_is_imported_by_the_name_of_its_folder() -> None:
    assert [fault for path in tools.files("*.py") for fault in _bare_imports(path)] == []


@pytest.mark.parametrize("forbidden", [REGISTRIES, HOMES, re.compile(CHECKOUT)])
def test_no_file_names_a_registry_or_a_place_on_one_machine(forbidden: re.Pattern[str]) -> None:
    assert [fault for path in tools.files() for fault in _faults(forbidden, path)] == []


def test_whatever_is_silenced_has_a_reason_on_its_line() -> None:
    assert [fault for path in tools.files("*.py") for fault in _unreasoned(path)] == []

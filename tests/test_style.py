"""Style and types, checked by the environment's own tools as pyproject.toml configures them."""

import pytest
import tools


@pytest.mark.parametrize("command", ["check", "format --check"])
def test_ruff(command: str) -> None:
    tools.run("ruff", *command.split(), ".")


def test_types() -> None:
    tools.run("mypy")

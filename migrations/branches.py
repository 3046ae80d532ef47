"""The branches of plugins: whose revision is whose."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from alembic.script import Script, ScriptDirectory

Branches: TypeAlias = Mapping[str, Path]
"""The folders of plugins' revisions, by the plugins' names."""

NO_BRANCHES: Branches = MappingProxyType({})

_OURS = re.compile(r"\d+")


class WrongBranch(ValueError):
    """A plugin's revision that could be taken for another's; the message names both."""


def check_branches(branches: Branches) -> None:
    """Make sure that revisions of plugins are told apart.

    They begin with the plugin's name and an underscore, and the first of them is labelled with it.
    They depend on none of another branch: they run after all of ours anyway, and Alembic would no
    longer tell which revision the other branch has. Raises WrongBranch.
    """
    for name, folder in branches.items():
        for script in _scripts(folder):
            _check(name, script)


def is_ours(revision: str) -> bool:
    """Tell whether a revision is one of Pressroom's own."""
    return _OURS.fullmatch(revision) is not None


def known(script: ScriptDirectory, revisions: Iterable[str]) -> tuple[str, ...]:
    """Give those of a database's revisions that are there, and ours whether they are or not.

    What a plugin that is not installed any more has left behind is nobody's business.
    """
    there = {each.revision for each in script.walk_revisions()}
    return tuple(each for each in revisions if each in there or is_ours(each))


def _scripts(folder: Path) -> Iterable[Script]:
    if not folder.is_dir():
        raise WrongBranch(f"there is no folder of migrations at {folder}")
    return ScriptDirectory(str(folder), version_locations=[str(folder)])._load_revisions()


def _check(name: str, script: Script) -> None:
    if not script.revision.startswith(f"{name}_"):
        told = f"the migration {script.revision} of the plugin {name} must be called {name}_…"
        raise WrongBranch(f"{told}, to be told apart from those of others: {script.path}")
    if script.dependencies:
        told = f"the migration {script.revision} of the plugin {name} must not depend on another"
        raise WrongBranch(f"{told} branch's: {script.path}")
    if script.down_revision is None and script.branch_labels != {name}:
        told = f"the migration {script.revision} is the first of the plugin {name}"
        raise WrongBranch(f"{told}: its branch_labels must be ({name!r},), in {script.path}")

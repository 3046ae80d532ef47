"""The environment's own tools, run on the checkout."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_TOOLS = Path(sys.executable).parent


def run(name: str, *arguments: str) -> None:
    """Run a tool at the root; what it writes is the reason of the failure."""
    command = [str(_TOOLS / name), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name} {' '.join(arguments)}\n{done.stdout}{done.stderr}"


def files(pattern: str = "*") -> list[Path]:
    """List the files of the project: those that git has, or would have."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", pattern]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no checkout: git does not know the files")
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]

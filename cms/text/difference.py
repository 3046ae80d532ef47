"""How two texts differ."""

import difflib


def unified_diff(before: str, after: str) -> str:
    """Give the unified diff from one text to the next, without headers; empty if they are equal."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "before", "after", lineterm=""
    )
    return "\n".join(lines)

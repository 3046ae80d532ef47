"""Patterns of SQL's LIKE."""


def containing(text: str) -> str:
    """Match whatever holds the text, taken literally; the escape character is a backslash."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

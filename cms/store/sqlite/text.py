"""Functions of text that statements call."""

from typing import Any

import apsw


def add_text_functions(connection: apsw.Connection) -> None:
    """Let a connection's statements call them: SQLite's own know the letters of ASCII alone."""
    connection.create_scalar_function("lower", _lower, 1, deterministic=True)


def _lower(*texts: Any) -> Any:
    """Give a text in small letters, of all alphabets."""
    (text,) = texts
    return None if text is None else text.lower()

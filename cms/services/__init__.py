"""Writes: a noun a file, a verb a function `(session, actor, input)`; they never commit."""

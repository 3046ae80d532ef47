"""The engine: operations are compiled, not executed."""

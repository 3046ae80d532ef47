"""The types, a noun a file."""

"""The formats that a document can be had in, and what they have in common."""

"""The submission pipeline: what a comment passes before it is stored, a check a file."""

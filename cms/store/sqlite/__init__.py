"""SQLite: in the process, with one that writes at a time."""

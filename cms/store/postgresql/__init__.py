"""PostgreSQL: a round trip away, with many that write at once."""

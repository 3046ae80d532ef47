"""Reading: what is seen, in which order, by which statements."""

"""Attempts: one process makes what many want, and what failed is not tried again at once."""

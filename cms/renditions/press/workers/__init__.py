"""Processes in which renditions are made: a bounded number, each within bounds of its own."""

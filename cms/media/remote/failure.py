"""The failure to fetch."""


class NotFetched(Exception):
    """An image that could not be had; the text says why, in a sentence."""

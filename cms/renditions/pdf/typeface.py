"""The faces that texts are set in, and which characters they have."""


class Typeface:
    """The faces of an edition."""

    families: tuple[str, ...] = ("Libertinus Serif",)
    monospaced: tuple[str, ...] = ("DejaVu Sans Mono",)

    def printable(self, text: str) -> str:
        """Put a sign of replacement for what no face has."""
        return text

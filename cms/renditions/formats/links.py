"""Links numbered in the order of their first occurrence, each address once."""


class Links:
    """The addresses of a rendition, by number from 1."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, address: str) -> int:
        """Give the address its number, or the one that it has."""
        return self._numbers.setdefault(address, len(self._numbers) + 1)

    @property
    def numbered(self) -> tuple[tuple[int, str], ...]:
        """All addresses with their numbers, in order."""
        return tuple((number, address) for address, number in self._numbers.items())

    def since(self, count: int) -> tuple[tuple[int, str], ...]:
        """The addresses after the first `count`."""
        return self.numbered[count:]

    def __len__(self) -> int:
        return len(self._numbers)


def is_spelled_out(text: str, address: str) -> bool:
    """Tell whether a link's text is its address, so that printing it again says nothing new."""
    return _bare(text) == _bare(address)


def _bare(address: str) -> str:
    for scheme in ("https://", "http://", "mailto:", "tel:"):
        address = address.removeprefix(scheme)
    return address.rstrip("/")

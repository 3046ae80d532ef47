"""The hosts that an operator listed, and whether an address is at one of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from ...settings import InvalidSetting, variable_of

_PORTS = {"http": 80, "https": 443}
_ENTRY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s/\\@:\[\]?#*%]+)(?::([0-9]{1,5}))?")
_KEPT = "/?:@!$&'()*+,;=%~[]"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an image is to be had; `path` has the query, and nothing that is not ASCII."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def is_literal(self) -> bool:
        """Whether the host is an address itself, and not a name."""
        return _is_address(self.host)

    @property
    def authority(self) -> str:
        """The host and the port, as in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self._scheme] else f"{host}:{self.port}"

    @property
    def _scheme(self) -> str:
        return "https" if self.is_secure else "http"


class Hosts:
    """The hosts that were listed, each a name or an address; without a port, the usual ones."""

    def __init__(self, listed: Iterable[str]) -> None:
        """Read the list. Raises InvalidSetting."""
        self._listed = frozenset(map(_read, listed))

    def __bool__(self) -> bool:
        return bool(self._listed)

    def target(self, address: str) -> Target | None:
        """Give where an address leads; None where that is not at a host that was listed."""
        try:
            parts = urlsplit(address)
            usual = _PORTS.get(parts.scheme)
            if usual is None or parts.hostname is None or "@" in parts.netloc:
                return None
            host, port = _canonical(parts.hostname), parts.port or usual
        except ValueError:
            return None
        if (host, port) not in self._listed and (port != usual or (host, None) not in self._listed):
            return None
        return Target(parts.scheme == "https", host, port, _path(parts))


def _read(entry: str) -> tuple[str, int | None]:
    match = _ENTRY.fullmatch(entry)
    try:
        if match is None:
            raise ValueError
        return _canonical(match[1].strip("[]")), None if match[2] is None else int(match[2])
    except ValueError:
        message = f"{variable_of('image_hosts')}: {entry!r} is no name of a host"
        raise InvalidSetting(message) from None


def _canonical(host: str) -> str:
    """Give the one spelling of a host. Raises ValueError for what is none."""
    if _is_address(host):
        return str(ip_address(host))
    return host.encode("idna").decode().lower()


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _path(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote((parts.path or "/") + query, safe=_KEPT)

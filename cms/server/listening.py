"""The socket at which the web server listens."""

import socket
from errno import EADDRINUSE

import click
from uvicorn import Config


def listen(host: str, port: int) -> socket.socket:
    """Take the port, before anything that takes longer; fails when it is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(Config("").backlog)
    except OSError as error:
        listening.close()
        reason = (
            "is in use; choose another with --port" if error.errno == EADDRINUSE else error.strerror
        )
        raise click.ClickException(f"{host}, port {port}: {reason}") from error
    listening.set_inheritable(True)
    return listening


def address_of(listening: socket.socket) -> str:
    """Give the address at which a socket listens, as a browser takes it."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

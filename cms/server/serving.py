"""The web server that runs the application."""

import socket
import time
from errno import EADDRINUSE

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from ..settings import Settings
from .config import ServerConfig
from .connection import Connection

_APPLICATION = "pressroom.cms.app:create_app"
_MARGIN = 5.0
"""Seconds for what follows when all is answered: closing connections to the database."""


def listen(host: str, port: int) -> socket.socket:
    """Take the port, before anything that takes longer; fails when it is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(uvicorn.Config(_APPLICATION).backlog)
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


def serve_application(settings: Settings, listening: socket.socket) -> None:
    """Serve in this process."""
    from ..app import create_app  # noqa: PLC0415 - other commands need not wait for the schema

    server = uvicorn.Server(ServerConfig(create_app(settings), settings, http=Connection))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return
    if not server.started:
        raise SystemExit(1)


def serve_with_workers(settings: Settings, listening: socket.socket, workers: int) -> None:
    """Serve in several processes, each of which reads the settings from the environment."""
    config = ServerConfig(_APPLICATION, settings, http=Connection, factory=True, workers=workers)
    Workers(config, sockets=[listening]).run()


class Workers(Multiprocess):
    """Several processes that answer at one address."""

    def terminate_all(self) -> None:
        """Have all of them finish what they do, while nobody new is let in."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()

    def join_all(self) -> None:
        """Wait for them, and kill those that do not come to an end."""
        patience = time.monotonic() + (self.config.timeout_graceful_shutdown or 0) + _MARGIN
        for process in self.processes:
            process.process.join(max(0.0, patience - time.monotonic()))
            if process.process.exitcode is None:
                process.process.kill()
        super().join_all()

"""The web server that runs the application."""

import socket
from errno import EADDRINUSE

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from ..settings import Settings

_APPLICATION = "pressroom.cms.app:create_app"


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

    server = uvicorn.Server(uvicorn.Config(create_app(settings), server_header=False))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return
    if not server.started:
        raise SystemExit(1)


def serve_with_workers(listening: socket.socket, workers: int) -> None:
    """Serve in several processes, each of which reads the settings from the environment."""
    config = uvicorn.Config(_APPLICATION, factory=True, workers=workers, server_header=False)
    Multiprocess(config, sockets=[listening]).run()

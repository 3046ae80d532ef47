"""Serving, in this process or in several."""

import socket
import time

import uvicorn
from uvicorn.supervisors import Multiprocess

from ..settings import Settings
from .config import ServerConfig
from .connection import Connection

_APPLICATION = "pressroom.cms.server.application:load_application"
_MARGIN = 5.0
"""Seconds for what follows when all is answered: closing connections to the database."""


def serve_application(settings: Settings, listening: socket.socket) -> None:
    """Serve in this process."""
    from .application import load_application  # noqa: PLC0415 - others need not wait for the schema

    server = uvicorn.Server(ServerConfig(load_application(settings), settings, http=Connection))
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

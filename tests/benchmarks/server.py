"""One of the servers that are compared, in a process of its own on a core of its own.

    python -m benchmarks.server pressroom|pressroom-alone|rival|bare CORE [FILE]

All run under the same web server, ours with the connections of `pressroom serve`. The port is
printed once it is open; FILE
holds the bytes that `bare` answers. `pressroom-alone` commits each unit of work by itself.
"""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from pressroom.cms.server.application import load_application
from pressroom.cms.server.config import ServerConfig
from pressroom.cms.server.connection import Connection
from pressroom.cms.settings import Settings
from pressroom.cms.store.sqlite.writer import SQLiteWriter

from .bare import create_bare
from .rival import create_rival


def _create_alone() -> ASGIApp:
    application = load_application()
    writer = application.database.writer
    if isinstance(writer, SQLiteWriter):
        writer.largest_group = 1
    return application


_APPLICATIONS: Mapping[str, Callable[[str], ASGIApp]] = {
    "pressroom": lambda _file: load_application(),
    "pressroom-alone": lambda _file: _create_alone(),
    "rival": lambda _file: create_rival(Settings.from_environment()),
    "bare": lambda file: create_bare(Path(file).read_bytes()),
}


def _served(kind: str, application: ASGIApp) -> uvicorn.Config:
    """Configure the web server: ours is as `pressroom serve` has it."""
    options = {"loop": "uvloop", "log_level": "warning"}
    if kind.startswith("pressroom"):
        settings = Settings.from_environment()
        return ServerConfig(application, settings, http=Connection, lifespan="on", **options)
    return uvicorn.Config(
        application,
        http="httptools",
        lifespan="off",
        access_log=False,
        server_header=False,
        **options,
    )


def main(kind: str, core: str, file: str = "") -> None:
    """Serve until the process is ended."""
    os.sched_setaffinity(0, {int(core)})
    listening = socket.create_server(("127.0.0.1", 0), backlog=2_048)
    config = _served(kind, _APPLICATIONS[kind](file))
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])

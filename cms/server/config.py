"""How Uvicorn is to serve."""

from typing import Any

import uvicorn

from ..settings import Settings
from .cork import Cork
from .known_heads import KnownHeads


class ServerConfig(uvicorn.Config):
    """Uvicorn's configuration, with what connections share; each worker has a copy of its own."""

    def __init__(self, application: Any, settings: Settings, **options: Any) -> None:
        super().__init__(
            application,
            ws="none",
            server_header=False,
            # A line for each request costs more than many an answer; proxies write better ones.
            access_log=False,
            timeout_keep_alive=settings.keep_alive_timeout,
            timeout_graceful_shutdown=settings.stop_timeout,
            **options,
        )
        self.header_timeout = settings.header_timeout
        self.body_timeout = settings.body_timeout
        self.max_header_bytes = settings.max_header_bytes
        self.cork = Cork()
        self.known_heads = KnownHeads()

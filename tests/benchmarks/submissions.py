"""Submissions: what it saves that those which come together share a commit."""

from dataclasses import replace

from . import operations
from .measures import ROUNDS, Measure, measure, median_of
from .processes import Server, serving
from .stores import Store

TOGETHER, ALONE = "submit", "submit, a commit each"


def measure_submissions(store: Store, url: str, seconds: float, *, own: bool) -> list[Measure]:
    """Measure submissions on a database that may be written to.

    Where units of work share commits, once with and once without.
    """
    with serving("pressroom", url, database_pid=store.server_pid) as together:
        if store.server_pid is not None:
            return [measure(together, operations.submit(together.ask), seconds, own=own)]
        with serving("pressroom-alone", url) as alone:
            servers = {TOGETHER: together, ALONE: alone}
            rounds = [_round(servers, seconds / ROUNDS, own=own) for _ in range(ROUNDS)]
    return [median_of([each[name] for each in rounds]) for name in servers]


def _round(servers: dict[str, Server], seconds: float, *, own: bool) -> dict[str, Measure]:
    return {
        name: replace(measure(server, operations.submit(server.ask), seconds, own=own), name=name)
        for name, server in servers.items()
    }

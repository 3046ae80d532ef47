"""Submissions: what it saves that those which come together share a commit."""

from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from functools import partial

from . import operations
from .measures import ROUNDS, Measure, measure, take_turns
from .processes import Server, serving
from .stores import Store

TOGETHER, ALONE = "submit", "submit, a commit each"


def measure_submissions(store: Store, url: str, seconds: float, *, own: bool) -> list[Measure]:
    """Measure submissions on a database that may be written to.

    Where units of work share commits, once with and once without.
    """
    with ExitStack() as stack:
        servers = {TOGETHER: stack.enter_context(_serving(store, "pressroom", url))}
        if store.server_pid is None:
            servers[ALONE] = stack.enter_context(_serving(store, "pressroom-alone", url))
        turns = {
            name: partial(_measured, name, server, seconds / ROUNDS, own=own)
            for name, server in servers.items()
        }
        return list(take_turns(turns).values())


def _serving(store: Store, kind: str, url: str) -> AbstractContextManager[Server]:
    return serving(kind, url, database_pid=store.server_pid)


def _measured(name: str, server: Server, seconds: float, *, own: bool) -> Measure:
    return replace(measure(server, operations.submit(server.ask), seconds, own=own), name=name)

"""Those who have renditions made while a reader reads, in a process of their own.

    python -m benchmarks.fetching PORT

Each line that it reads is a JSON list of addresses; it answers each by a line, when it has them
all. It shares the reader's core, and has it only while the reader waits: the reader is to feel what
the server does, and not who asks for it.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection

from .processes import HOST

_FETCHERS = 4
_PAUSE = 0.05
"""Seconds after which somebody asks again for what is being made."""


def main(port: str) -> None:
    """Fetch what is asked for until no more is."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    for line in sys.stdin:
        _fetch_all(int(port), json.loads(line))
        sys.stdout.write("fetched\n")
        sys.stdout.flush()


def _fetch_all(port: int, addresses: Sequence[str]) -> None:
    with ThreadPoolExecutor(_FETCHERS) as fetchers:
        list(fetchers.map(lambda address: _fetch(port, address), addresses))


def _fetch(port: int, address: str) -> None:
    """Fetch a rendition, however long it takes to be made."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        while True:
            connection.request("GET", address.partition(HOST)[2], headers={"Host": HOST})
            response = connection.getresponse()
            response.read()
            if response.status == HTTPStatus.OK:
                return
            if response.status not in {HTTPStatus.ACCEPTED, HTTPStatus.SERVICE_UNAVAILABLE}:
                raise RuntimeError(f"{address} answers {response.status}")
            time.sleep(_PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])

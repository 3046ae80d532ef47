"""Server processes: started on a core, asked for what they have used, ended."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent
HOST = "benchmark.example"
"""What every request names as its host, so that all servers answer the same addresses."""
ANEW = {"PRESSROOM_ANSWER_CACHE_BYTES": "0"}
"""Has answers made anew: the workloads' few hundred requests would soon be answered from memory."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MEGABYTE = 2**20


def cores() -> tuple[int, int]:
    """Give the core of the servers and the core of the load; the same where there is only one."""
    available = sorted(os.sched_getaffinity(0))
    return available[0], available[-1]


@dataclass(frozen=True, slots=True)
class Server:
    """A server under load."""

    pid: int
    port: int
    database_pid: int | None = None
    """The database's own server, where it has one; both run on the same core."""

    def cpu_seconds(self) -> float:
        """Give the CPU time that it has used."""
        return cpu_seconds(self.pid)

    def database_cpu_seconds(self) -> float:
        """Give the CPU time that the present processes of the database have used."""
        if self.database_pid is None:
            return 0.0
        return sum(map(cpu_seconds, family_of(self.database_pid)))

    def resident_megabytes(self) -> float:
        """Give the memory that it holds."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * _PAGE / _MEGABYTE

    def post(self, body: bytes) -> bytes:
        """Send one request and give the bytes of its answer."""
        headers = {"Content-Type": "application/json", "Host": HOST}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST", "/graphql", body, headers)
            return connection.getresponse().read()

    def ask(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Send an operation that must succeed, and give its data."""
        answer = json.loads(
            self.post(json.dumps({"query": query, "variables": variables}).encode())
        )
        if "errors" in answer:
            raise RuntimeError(f"the server answered {answer['errors']}")
        data: dict[str, Any] = answer["data"]
        return data


@contextmanager
def serving(
    kind: str,
    database_url: str = "",
    *,
    file: Path | None = None,
    database_pid: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server for as long as the context lasts."""
    variables = {**os.environ, **(environment or {}), "PRESSROOM_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "benchmarks.server", kind, str(cores()[0])]
    command += [str(file)] if file else []
    process = subprocess.Popen(command, cwd=TESTS, env=variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process:
        try:
            yield Server(process.pid, int(process.stdout.readline()), database_pid)
        finally:
            process.terminate()


def family_of(pid: int) -> list[int]:
    """Give a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def pin(pid: int, core: int) -> None:
    """Keep a process, and what it starts from now on, on one core."""
    for each in family_of(pid):
        os.sched_setaffinity(each, {core})


def cpu_seconds(pid: int) -> float:
    """Give the CPU time that a process has used; none if there is no such process any more."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return 0.0
    # The name of the program stands in brackets and may hold anything.
    fields = status.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS

"""Fetching, from a real server on the loopback."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import which

import pytest
from origin import Origin, Send, answered, drop_by_drop, endless, leading_to, never, origin

from pressroom.cms.media.remote.failure import NotFetched
from pressroom.cms.media.remote.fetch import fetch
from pressroom.cms.media.remote.hosts import Hosts

pytestmark = pytest.mark.anyio

MOST = 1_000_000
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"


@pytest.fixture
async def server() -> AsyncIterator[Origin]:
    async with origin() as server:
        yield server


async def fetched(server: Origin, path: str = "/x", seconds: float = 10.0) -> bytes:
    return await fetch(server.url(path), Hosts([server.host]), MOST, seconds)


async def refused(server: Origin, path: str = "/x", seconds: float = 10.0) -> str:
    with pytest.raises(NotFetched) as failure:
        await fetched(server, path, seconds)
    return str(failure.value)


@pytest.mark.parametrize(
    "answer",
    [answered(b"abcdef"), CHUNKED, b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\nabcdef"],
    ids=["length", "chunks", "end"],
)
async def test_what_is_there_however_it_ends(server: Origin, answer: bytes) -> None:
    server.answers["/a?b=c"] = answer
    assert await fetched(server, "/a?b=c") == b"abcdef"
    assert server.asked == ["/a?b=c"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (answered(b"no", "403 Forbidden"), "Its host answered 403."),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "Its host answered something that is not HTTP."),
        (b"", "Its host broke off in the middle."),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "Its host broke off in the middle."),
        (CHUNKED[:-10], "Its host broke off in the middle."),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300_000, "It has more than 1,000,000 bytes."),
        (answered(bytes(MOST + 1)), "It has more than 1,000,000 bytes."),
        (endless, "It has more than 1,000,000 bytes."),
    ],
)
async def test_what_is_not_taken(server: Origin, answer: bytes | Send, reason: str) -> None:
    server.answers["/x"] = answer
    assert await refused(server) == reason


@pytest.mark.parametrize("answer", [never, drop_by_drop])
async def test_a_server_that_takes_too_long(server: Origin, answer: Send) -> None:
    server.answers["/x"] = answer
    assert await refused(server, seconds=0.2) == "Its host took more than 0.2 seconds."


async def test_it_may_lead_on_within_what_is_listed(server: Origin) -> None:
    server.answers |= {"/x": leading_to("/y"), "/y": leading_to(server.url("/z"))}
    server.answers["/z"] = answered(b"abc")
    assert await fetched(server) == b"abc"
    server.answers["/z"] = leading_to("/x")
    assert await refused(server) == "It leads from one address to the next."
    assert len(server.asked) == 7


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
async def test_it_leads_to_no_other_host(server: Origin, host: str) -> None:
    async with origin() as other:
        for address in (f"http://{host}:{other.port}/", f"//{host}:{other.port}/"):
            server.answers["/x"] = leading_to(address)
            assert await refused(server) == "It leads to a host that is not listed."
        assert other.connections == 0


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://[", "", "gopher://127.0.0.1/"])
async def test_it_leads_to_nothing_but_the_web(server: Origin, address: str) -> None:
    server.answers["/x"] = leading_to(address)
    assert await refused(server) in {
        "It leads to a host that is not listed.",
        "It leads from one address to the next.",
    }
    assert set(server.asked) == {"/x"}


async def test_a_name_may_not_lead_into_ones_own_network(server: Origin) -> None:
    listed = Hosts([f"localhost:{server.port}"])
    with pytest.raises(NotFetched, match="at an address that is not public"):
        await fetch(f"http://localhost:{server.port}/x", listed, MOST)
    assert server.connections == 0


async def test_a_host_that_is_not_there(server: Origin) -> None:
    async with origin() as gone:
        pass
    with pytest.raises(NotFetched, match="could not be reached"):
        await fetch(gone.url("/x"), Hosts([gone.host]), MOST)


def certified(name: str, folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for a name, and what a server needs to show it."""
    certificate, key = folder / "certificate", folder / "key"
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=x"]
    told = ["-addext", f"subjectAltName=IP:{name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *told], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return certificate, context


@pytest.mark.skipif(which("openssl") is None, reason="certificates are made by openssl")
@pytest.mark.parametrize(
    ("name", "is_trusted", "is_had"),
    [("127.0.0.1", True, True), ("127.0.0.2", True, False), ("127.0.0.1", False, False)],
)
async def test_a_server_must_prove_who_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_trusted: bool, is_had: bool
) -> None:
    certificate, context = certified(name, tmp_path)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with origin(context) as server:
        server.answers["/x"] = answered(b"abc")
        asked = fetch(f"https://{server.host}/x", Hosts([server.host]), MOST)
        if is_had:
            assert await asked == b"abc"
        else:
            with pytest.raises(NotFetched, match="could not be reached"):
                await asked
            assert server.asked == []


async def test_nobody_else_waits_meanwhile(server: Origin) -> None:
    server.answers |= {"/x": never, "/y": answered(b"abc")}
    slow = asyncio.create_task(refused(server, "/x", seconds=0.5))
    assert await fetched(server, "/y") == b"abc"
    assert not slow.done()
    await slow

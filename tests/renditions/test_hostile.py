"""Hostile content: nothing is fetched that it names, and no file of the server gets out."""

import asyncio
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import factories
import httpx
import pikepdf
import pypdfium2
import pytest
import serving
from origin import answered, leading_to, origin
from sqlalchemy import update

from pressroom.cms.content import Body, Post
from pressroom.cms.settings import Settings
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

SECRET = "the-server-alone-may-read-this"
FORMATS = ("PRINT_HTML", "PDF", "EPUB", "MARKDOWN", "TEXT")
DIGEST = "5" * 64

HTML = """
<style>@import url({web}/import.css); p {{ background: url({web}/style.png) }}</style>
<link rel="stylesheet" href="{web}/link.css"><link rel="attachment" href="{file}">
<script src="{web}/script.js"></script><base href="{web}/">
<p style="background: url({web}/background.png)">Words <a rel="attachment" href="{file}">there</a>,
<a href="{web}/page">here</a> and <a href="javascript:fetch('{web}/js')">nowhere</a>.</p>
<p><img src="{web}/image.png" srcset="{web}/large.png 2x" alt="An image"></p>
<p><img src="{relative}/image.png" alt="Without a scheme"></p>
<p><img src="{web}/redirect" alt="Leads elsewhere"></p>
<p><img src="{web}/media/{digest}.jpeg" alt="Like one of ours"></p>
<p><img src="{web}/images/{digest}/1000.png" alt="Like one of ours, too"></p>
<p><img src="{file}" alt="A file"><img src="{path}" alt="A path"><img src="//{path}" alt=""></p>
<p><img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage
href='{web}/svg.png'/%3E%3C/svg%3E" alt="Data"><img src="data:text/plain,x" alt=""></p>
<svg xmlns="http://www.w3.org/2000/svg">
<image href="{web}/inline-svg.png"/><use href="{file}#x"/></svg>
<iframe src="{file}"></iframe><object data="{file}"></object><embed src="{web}/embed">
<video poster="{web}/poster.png" src="{web}/video.mp4"></video><audio src="{file}"></audio>
<table background="{web}/table.png"><tr><td background="{web}/cell.png">cell</td></tr></table>
<pre><code class="language-typ">#read("{path}") #image("{path}")</code></pre>
<p>#read("{path}") #image("{path}") #include "{path}" #import "{path}": * {{{{ {path} }}}}</p>
<p>\\input{{{path}}} \\includegraphics{{{path}}} ]]&gt;
&lt;!ENTITY x SYSTEM "{file}"&gt; &amp;x;</p>
"""


@dataclass
class Listener:
    """A web server on the loopback, and how often it was asked."""

    address: str = ""
    requests: int = 0


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener = Listener()

    async def redirect(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listener.requests += 1
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(redirect, "127.0.0.1")
    async with server:
        listener.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield listener


@pytest.fixture
def hostile(listener: Listener, tmp_path: Path) -> str:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    relative = listener.address.removeprefix("http:")
    return HTML.format(
        web=listener.address, relative=relative, path=path, file=path.as_uri(), digest=DIGEST
    )


@pytest.mark.parametrize("sanitised", [True, False])
async def test_nothing_is_fetched_and_no_file_gets_out(
    api: serving.API, listener: Listener, hostile: str, sanitised: bool
) -> None:
    post = await hostile_post(api, hostile)
    if not sanitised:
        async with unit_of_work(api.app.database) as session:
            await session.execute(update(Body).values(html=hostile))
    for name in FORMATS:
        content = await rendered(api, post, name)
        for part in readable(content):
            assert SECRET.encode() not in part, name
            assert b"root:x:0:0" not in part, name
    assert listener.requests == 0
    async with httpx.AsyncClient() as client:
        await client.get(listener.address)
    assert listener.requests == 1


async def test_of_a_listed_host_nothing_but_images_is_fetched(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    async with origin() as server:
        web, file = server.url(""), path.as_uri()
        server.answers["/image.png"] = answered(SECRET.encode())
        server.answers["/redirect"] = leading_to(file)
        told = {"web": web, "relative": web.removeprefix("http:"), "path": path, "file": file}
        listed = replace(sqlite_settings, image_hosts=(server.host,))
        async with serving.serving(listed) as api:
            post = await hostile_post(api, HTML.format(**told, digest=DIGEST))
            for name in FORMATS:
                for part in readable(await rendered(api, post, name)):
                    assert SECRET.encode() not in part, name
        assert set(server.asked) == {"/image.png", "/redirect", f"/images/{DIGEST}/1000.png"}


async def hostile_post(api: serving.API, hostile: str) -> Post:
    """A post that is hostile in all that is printed of it."""
    database, line = api.app.database, " ".join(hostile.split())[:150]
    author = await factories.make_author(database, line[:80])
    category = await factories.make_category(database, line[:80])
    post = await factories.make_post(
        database, line, hostile, slug="hostile", authors=[author], categories=[category]
    )
    await factories.make_comment(database, post, name='#read("/etc/passwd")', body=hostile[:2_000])
    return post


async def rendered(api: serving.API, post: Post, name: str) -> bytes:
    query = """query ($format: RenditionFormat!) {
      post(by: {slug: "hostile"}) {rendition(format: $format, options: {comments: true}) {url}}
    }"""
    url = (await api.data(query, {"format": name}))["post"]["rendition"]["url"]
    response = await api.http.get(url)
    while response.status_code == 202:
        response = await api.http.get(url)
    assert response.status_code == 200, response.text
    return response.content


def readable(content: bytes) -> Iterator[bytes]:
    """Give a content, and all that is packed in it."""
    yield content
    if content.startswith(b"%PDF"):
        yield from _streams(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from map(archive.read, archive.namelist())


def _streams(content: bytes) -> Iterator[bytes]:
    with pikepdf.open(BytesIO(content)) as pdf:
        assert not pdf.attachments
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                with suppress(pikepdf.PdfError):
                    yield thing.read_bytes()
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            yield page.get_textpage().get_text_range().encode()

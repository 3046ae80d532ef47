"""`pressroom demo`."""

import json
import os
from pathlib import Path

import click
from sqlalchemy import make_url, select

from ..content import Post, PostStatus
from ..server.listening import address_of, listen
from ..server.serving import serve_application
from ..settings import Settings, variable_of
from ..store import clock
from ..store.database import Database
from ..store.sessions import reading_session
from ..transfer.markdown.folder import Folder
from ..transfer.sample import SAMPLE, load_sample
from . import database as databases
from .output import progress
from .serve import host, port

_FOLDER = Path("var/demo")
_QUERY = """\
{ post(by: {slug: "%s"}) { title publishedAt updatedAt categories { name } body { html } \
comments(first: 20) { totalCount nodes { author { name } body { html } } } \
rendition(format: PRINT_HTML) { url } } }"""
_WELCOME = """
Pressroom serves its sample at {address}

In the browser, with completion and descriptions:
  {address}/graphql
A post with its comments and the address of its printable page:
  {query}
The same from another terminal:
  curl {address}/graphql -H 'Content-Type: application/json' -d '{body}'

Ctrl-C ends it. The content stays below {folder}; --reset begins anew.
"""


@click.command()
@host
@port
@click.option("--reset", is_flag=True, help="Throw the demo's database away and begin anew.")
def demo(host: str, port: int, *, reset: bool) -> None:
    """Serve a site with sample content, ready to be queried.

    Makes an SQLite database below var/demo, unless PRESSROOM_DATABASE_URL names another, and loads
    the sample where there is no content yet.

    \b
    Examples:
      pressroom demo
      pressroom demo --port 8080 --reset
    """
    listening = listen(host, port)
    address = address_of(listening)
    settings = _settings(address)
    if reset:
        _reset(settings)
    databases.run(databases.migrate(settings))
    click.echo(_welcome(address, databases.run(_prepare(settings))))
    serve_application(settings, listening)


def _settings(address: str) -> Settings:
    own = {
        variable_of("database_url"): f"sqlite:///{_FOLDER / 'pressroom.db'}",
        variable_of("media_dir"): str(_FOLDER / "media"),
        variable_of("site_url"): address,
    }
    return Settings.from_environment({**own, **os.environ})


def _reset(settings: Settings) -> None:
    if variable_of("database_url") in os.environ:
        raise click.UsageError("--reset throws away the demo's own database and no other.")
    path = make_url(settings.database_url).database or ""
    for ending in ("", "-wal", "-shm"):
        Path(path + ending).unlink(missing_ok=True)


async def _prepare(settings: Settings) -> str | None:
    """Load the sample where there is no content, and give the slug of a post to begin with."""
    async with databases.migrated_database(settings) as database:
        slug = await _latest_slug(database)
        if slug is None:
            with progress("Loading sample content", len(Folder(SAMPLE).stems("posts"))) as advance:
                await load_sample(database, settings, advance=advance)
            slug = await _latest_slug(database)
        return slug


async def _latest_slug(database: Database) -> str | None:
    latest = (
        select(Post.slug)
        .where(Post.status == PostStatus.PUBLISHED, Post.published_at <= clock.now())
        .order_by(Post.comment_count.desc(), Post.published_at.desc())
        .limit(1)
    )
    async with reading_session(database) as session:
        return await session.scalar(latest)


def _welcome(address: str, slug: str | None) -> str:
    query = _QUERY % slug
    body = json.dumps({"query": query})
    return _WELCOME.format(address=address, query=query, body=body, folder=_FOLDER)

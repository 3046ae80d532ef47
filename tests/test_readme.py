"""The README: every code block runs, every table is complete, every path is there."""

import asyncio
import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import click
import httpx
import processes
import pytest
import serving
import tools
import web_server
from pictures import picture

from pressroom.cms.actors import SYSTEM, Role
from pressroom.cms.app import create_app
from pressroom.cms.cli import main
from pressroom.cms.plugins import GROUP
from pressroom.cms.services import tokens
from pressroom.cms.settings import Settings, variable_of
from pressroom.cms.store.sessions import unit_of_work
from pressroom.cms.transfer.sample import load_sample

pytestmark = pytest.mark.anyio

README = (tools.ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(match[1], match[2]) for match in _BLOCK.finditer(README)]
LOCAL = "http://127.0.0.1:8000"
COMMANDS = Path(sys.executable).parent
WITH_CURL = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")


def blocks(language: str, holding: str = "") -> list[str]:
    return [text for kind, text in BLOCKS if kind == language and holding in text]


def block(language: str, holding: str) -> str:
    (only,) = blocks(language, holding)
    return only


def test_every_block_is_run_by_a_test_below() -> None:
    counted = {kind: len(blocks(kind)) for kind, _ in BLOCKS}
    assert counted == {"bash": 5, "graphql": 3, "python": 5, "text": 1, "toml": 1}


@pytest.fixture
async def sample(sqlite_settings: Settings) -> AsyncIterator[serving.API]:
    async with serving.serving(sqlite_settings) as api:
        await load_sample(api.app.database, sqlite_settings)
        yield api


async def test_the_query_makes_the_page_and_the_mutation_sends_a_comment(
    sample: serving.API,
) -> None:
    query = block("graphql", "query Page")
    assert len(query.splitlines()) == 10
    post = (await sample.data(query))["post"]
    assert post["title"]
    assert post["publishedAt"] < post["updatedAt"]
    assert post["categories"]
    assert post["body"]["tableOfContents"]
    assert any(comment["replies"]["nodes"] for comment in post["comments"]["nodes"])
    assert (await sample.http.get(post["rendition"]["url"])).status_code == 200
    answer = await sample.data(block("graphql", "mutation Comment"), {"postId": post["id"]})
    assert answer["submitComment"]["userErrors"] == []
    assert answer["submitComment"]["comment"]["status"] == "PENDING"
    assert "<em>really</em>" in answer["submitComment"]["comment"]["body"]["html"]
    assert answer["submitComment"]["editToken"]


async def test_the_query_of_books_is_answered(sample: serving.API) -> None:
    posts = (await sample.data("{posts {nodes {id}}}"))["posts"]["nodes"]
    given = {"postIds": [post["id"] for post in posts]}
    books = await sample.data(block("graphql", "query Book"), given)
    for url in (books["anthology"]["url"], books["category"]["rendition"]["url"]):
        assert (await sample.http.head(url)).status_code in {200, 202}


@WITH_CURL
async def test_curl_is_answered(sqlite_settings: Settings) -> None:
    app = create_app(sqlite_settings)
    await load_sample(app.database, sqlite_settings)
    async with web_server.serving(app) as address:
        command = block("bash", "posts(first: 3)").replace(LOCAL, address)
        answer = await _bash(f"{command.rstrip()} --silent --show-error")
    assert len(json.loads(answer)["data"]["posts"]["nodes"]) == 3


@WITH_CURL
async def test_curl_uploads_an_image(sqlite_settings: Settings, tmp_path: Path) -> None:
    app = create_app(sqlite_settings)
    wanted = tokens.CreateToken(name="curl", role=Role.EDITOR)
    async with unit_of_work(app.database) as session:
        secret = (await tokens.create(session, SYSTEM, wanted)).secret
    (tmp_path / "loaf.jpg").write_bytes(picture("jpeg", (700, 350)))
    async with web_server.serving(app) as address:
        command = block("bash", "uploadImage").replace(LOCAL, address)
        script = f"cd {tmp_path}; TOKEN={secret}; {command.rstrip()} --silent --show-error"
        answer = json.loads(await _bash(script))["data"]["uploadImage"]
    assert answer["userErrors"] == []
    assert [variant["width"] for variant in answer["image"]["variants"]] == [640, 700]


async def _bash(script: str) -> str:
    process = await asyncio.create_subprocess_exec(
        "bash", "-e", "-c", script, stdout=subprocess.PIPE
    )
    written, _ = await process.communicate()
    assert process.returncode == 0
    return written.decode()


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_knows_its_two_commands() -> None:
    for command in blocks("bash", "make "):
        processes.run(["bash", "-e", "-c", f"{command.strip()} --dry-run"], tools.ROOT)


def test_a_server_of_its_own_is_set_up(tmp_path: Path) -> None:
    *script, serve = block("bash", "pressroom serve").splitlines()
    given = {"PATH": f"{COMMANDS}{os.pathsep}{os.environ['PATH']}"}
    assert "prt_" in processes.run(["bash", "-e", "-c", "\n".join(script)], tmp_path, given)
    exports = [line for line in script if line.startswith("export ")]
    command = ["bash", "-c", "\n".join([*exports, "exec " + serve.replace("8000", "0")])]
    with processes.serving(command, tmp_path, given) as address:
        query = {"query": "{ site { title url } }"}
        answer = httpx.post(f"{address}/graphql", json=query, timeout=60).json()
    assert answer["data"]["site"] == {"title": "The Side Door", "url": "https://magazine.example"}


@pytest.mark.parametrize("framework", ["import Starlette", "import FastAPI"])
async def test_the_hosts_serve_pressroom_below_their_prefix(
    framework: str, sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable_of("database_url"), sqlite_settings.database_url)
    host = _executed(block("python", framework))["app"]
    async with web_server.serving(host) as address, httpx.AsyncClient(timeout=60) as client:
        query = {"query": "{ viewer { role } }"}
        answer = await client.post(f"{address}/cms/graphql", json=query)
    assert answer.json() == {"data": {"viewer": {"role": "READER"}}}


def test_the_plugin_is_the_one_that_is_tested() -> None:
    """See test_plugin_example.py."""
    folder = tools.ROOT / "tests" / "plugin_example"
    files = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    shown = blocks("python", "newsletter") + blocks("python", "letters")
    assert len(set(shown)) == 3
    assert set(shown) <= set(files)
    assert block("toml", "") in (folder / "pyproject.toml").read_text(encoding="utf-8")


def _executed(source: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(compile(source, "README.md", "exec"), namespace)
    return namespace


def test_the_entry_point_is_in_the_plugins_group() -> None:
    assert set(tomllib.loads(block("toml", ""))["project"]["entry-points"]) == {GROUP}


def _settings_table() -> Iterator[str]:
    rows = [("Variable", "Default", "What it does")]
    for field in dataclasses.fields(Settings):
        default: Any = field.default
        shown = ",".join(default) if isinstance(default, tuple) else str(default)
        shown = shown.lower() if isinstance(default, bool) else shown
        meaning = field.metadata["description"]
        rows.append((f"`{variable_of(field.name)}`", f"`{shown}`" if shown else "", meaning))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ("-" * widths[0], "-" * widths[1], "-" * widths[2]))
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"


def test_every_setting_is_in_the_table_with_its_default() -> None:
    table = "\n".join(_settings_table())
    assert table in README, f"the settings have changed; their table is now\n\n{table}\n"


def test_every_command_is_in_the_table() -> None:
    assert sorted(_commands(main, "pressroom")) == sorted(
        re.findall(r"^\| `(pressroom [a-z ]+[a-z])(?: [A-Z]+)?`", README, re.MULTILINE)
    )


def _commands(group: click.Group, name: str) -> Iterator[str]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}"


def test_every_path_is_there() -> None:
    named = re.findall(r"`((?:cms|schema|migrations|tests|docs)/[\w./]*)`", README)
    linked = re.findall(r"\]\(([\w./]+)\)", README)
    assert [path for path in (*named, *linked) if not (tools.ROOT / path).exists()] == []
    assert len(named) > 20


def test_every_folder_is_there() -> None:
    parent = ""
    for line in block("text", "cms/").splitlines():
        name = line.split()[0]
        parent = parent if line.startswith(" ") else name
        path = tools.ROOT / (parent + name if line.startswith(" ") else name)
        assert path.exists(), path
    inside = {path.name for path in (tools.ROOT / "cms").iterdir() if path.is_dir()}
    assert inside - {"__pycache__"} <= set(re.findall(r"(\w+)/", block("text", "cms/")))

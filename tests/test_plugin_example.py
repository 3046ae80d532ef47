"""The plugin in `tests/plugin_example`: installed as a distribution, and used over HTTP."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import processes
import pytest
import tools

from pressroom.cms.settings import Settings, variable_of

EXAMPLE = tools.ROOT / "tests" / "plugin_example"
PRESSROOM = Path(sys.executable).parent / "pressroom"
POST = "id version newsletterSubject newsletterSentAt"
CREATE = (
    f"mutation($input: CreatePostInput!) {{ createPost(input: $input) {{ post {{ {POST} }} }} }}"
)
PUBLISH = (
    f"mutation($input: PublishPostInput!) {{ publishPost(input: $input) {{ post {{ {POST} }} }} }}"
)
SET_SUBJECT = f"""
mutation($input: SetNewsletterSubjectInput!) {{
  setNewsletterSubject(input: $input) {{ post {{ {POST} }} userErrors {{ code path }} }}
}}
"""
LETTERS = "{ posts { nodes { newsletterSubject newsletterSentAt } } }"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example into a folder of its own, as a package index would be asked to."""
    target = tmp_path_factory.mktemp("packages")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    processes.run([*pip, "--no-build-isolation", "--target", target, EXAMPLE], target)
    return target


class Installed:
    """A Pressroom in whose environment the example is installed."""

    def __init__(self, packages: Path, settings: Settings, folder: Path) -> None:
        self.folder = folder
        self.variables = {
            variable_of("database_url"): settings.database_url,
            variable_of("media_dir"): str(folder),
        }
        self.uninstalled = dict(self.variables)
        self.variables["PYTHONPATH"] = str(packages)

    def run(self, *arguments: str) -> str:
        return processes.run([PRESSROOM, *arguments], self.folder, self.variables)

    @contextmanager
    def serving(self) -> Iterator[httpx.Client]:
        """Serve, and give an editor's client."""
        token = json.loads(self.run("token", "create", "ed", "--role", "EDITOR", "--json"))
        command = [PRESSROOM, "serve", "--port", "0"]
        with processes.serving(command, self.folder, self.variables) as address:
            headers = {"Authorization": f"Bearer {token['secret']}"}
            with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
                yield client


@pytest.fixture
def installed(packages: Path, settings: Settings, tmp_path: Path) -> Installed:
    return Installed(packages, settings, tmp_path)


def data(client: httpx.Client, query: str, sent: Any = None, **headers: str) -> Any:
    request = {"query": query, "variables": {"input": sent}}
    answer = client.post("/graphql", json=request, headers=headers).json()
    assert "errors" not in answer, answer
    (field,) = answer["data"].values()
    return field


def letters(client: httpx.Client) -> list[dict[str, Any]]:
    """Read as a reader, whose answers are kept until something changes."""
    nodes: list[dict[str, Any]] = data(client, LETTERS, Authorization="")["nodes"]
    return nodes


def test_it_adds_a_field_a_mutation_and_a_handler(installed: Installed) -> None:
    assert "applied newsletter_0001" in installed.run("migrate")
    with installed.serving() as client:
        sent = {"title": "Bread", "body": {"markdown": "Flour."}}
        post = data(client, CREATE, sent)["post"]
        assert post["newsletterSubject"] is None
        known = {"id": post["id"], "version": 1}
        post = data(client, SET_SUBJECT, {**known, "subject": "Rise"})["post"]
        assert (post["version"], post["newsletterSubject"]) == (2, "Rise")
        stale = data(client, SET_SUBJECT, {**known, "subject": "Fall"})
        assert stale["userErrors"][0]["code"] == "CONFLICT"
        assert stale["post"]["newsletterSubject"] == "Rise"
        assert letters(client) == []
        published = data(client, PUBLISH, {"id": post["id"], "version": 2})["post"]
        assert published["newsletterSentAt"] is None
        (shown,) = until(lambda: letters(client), lambda nodes: nodes[0]["newsletterSentAt"])
        assert shown["newsletterSubject"] == "Rise"
        anonymous = {"query": SET_SUBJECT, "variables": {"input": known}}
        refused = client.post("/graphql", json=anonymous, headers={"Authorization": ""}).json()
        assert refused["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert "No problems" in installed.run("check")


def test_its_tables_come_and_go(installed: Installed) -> None:
    installed.run("migrate")
    assert "is up to date" in installed.run("migrate")
    installed.run("migrate", "--down", "newsletter@base")
    assert "applied newsletter_0001" in installed.run("migrate")


def test_without_it_everything_goes_on(installed: Installed) -> None:
    """What is not installed any more stands in nobody's way."""
    installed.run("migrate")
    variables = installed.uninstalled
    told = processes.run([PRESSROOM, "migrate"], installed.folder, variables)
    assert "is up to date" in told
    assert "No problems" in processes.run([PRESSROOM, "check"], installed.folder, variables)
    schema = processes.run([PRESSROOM, "schema"], installed.folder, variables)
    assert "newsletter" not in schema


def test_it_is_not_served_without_its_tables(installed: Installed) -> None:
    with pytest.raises(AssertionError, match="Run this first: pressroom migrate"):
        installed.run("check")


def until(read: Callable[[], Any], is_good: Callable[[Any], Any]) -> Any:
    """Read until it is as it will be, for half a minute at most."""
    last = time.monotonic() + 30
    while not is_good(found := read()):
        assert time.monotonic() < last, found
        time.sleep(0.05)
    return found

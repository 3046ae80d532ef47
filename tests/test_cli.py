import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pressroom.cms.cli import main
from pressroom.cms.settings import Settings
from pressroom.cms.store.sqlite import driver

Run = Callable[..., Result]

WXR = """<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:wxr_version>1.2</wp:wxr_version><item><title>A post</title><wp:post_id>1</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item></channel></rss>"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `pressroom` in a folder of its own, where there is nothing yet."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("PRESSROOM_")]:
        monkeypatch.delenv(name)

    def run(*arguments: object, **environment: str) -> Result:
        given = {f"PRESSROOM_{name}": value for name, value in environment.items()}
        return CliRunner().invoke(main, [str(argument) for argument in arguments], env=given)

    return run


def _one_line(result: Result, exit_code: int) -> str:
    assert (result.exit_code, result.stdout) == (exit_code, "")
    return result.stderr.strip().splitlines()[-1]


def test_migrate_makes_the_database_and_leaves_one_that_is_up_to_date(run: Run) -> None:
    first, second = run("migrate", "--json"), run("migrate", "--json")
    assert json.loads(first.stdout)["applied"]
    assert json.loads(second.stdout) == {"database": "sqlite:///var/pressroom.db", "applied": []}


def test_a_whole_turn(run: Run, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(WXR)
    assert run("migrate").exit_code == 0
    report = json.loads(run("import", "wordpress", "export.xml", "--json").stdout)
    assert report["taken"]["posts"] == 1
    assert json.loads(run("export", "out", "--json").stdout) == {"written": {"posts": 1}}
    assert (tmp_path / "out" / "posts" / "a-post.md").is_file()
    assert "already there" in run("import", "markdown", "out").stdout
    assert run("check", "--json").stdout == "[]\n"


def test_a_token_is_shown_once_listed_and_revoked(run: Run) -> None:
    run("migrate")
    made = json.loads(
        run("token", "create", "me", "--role", "admin", "--expires", "30d", "--json").stdout
    )
    assert (made["role"], made["secret"][:4]) == ("ADMIN", "prt_")
    listed = run("token", "list")
    assert "me" in listed.stdout
    assert made["secret"] not in listed.stdout
    assert run("token", "revoke", made["id"]).exit_code == 0
    (entry,) = json.loads(run("token", "list", "--json").stdout)
    assert entry["revokedAt"]


def test_the_audit_log_tells_who_did_what(run: Run, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(WXR)
    run("migrate")
    run("import", "wordpress", "export.xml")
    made = json.loads(run("token", "create", "me", "--role", "admin", "--json").stdout)
    assert " pressroom (ADMIN)  create  AccessToken:1 v1\n" in run("audit").stdout
    assert made["secret"] not in run("audit", "--json").stdout
    for chosen in (["--object", "Post:1"], ["--object", "UG9zdDox"], ["--action", "import"]):
        (entry,) = json.loads(run("audit", "--json", "--since", "1h", *chosen).stdout)
        assert (entry["nodeType"], entry["nodeId"]) == ("Post", "UG9zdDox")
        assert (entry["actor"], entry["role"], entry["version"]) == ("pressroom", "ADMIN", 1)
    for nothing in (["--actor", "ines"], ["--since", "2100-01-01"], ["--until", "1h"]):
        assert run("audit", *nothing).stdout == ""
    assert len(run("audit", "--limit", 1).stdout.splitlines()) == 1
    assert "neither a time" in _one_line(run("audit", "--since", "soon"), 2)


@pytest.mark.parametrize(
    "command",
    ["check", "audit", "export out", "import markdown .", "token list", "serve --port 0"],
)
def test_a_database_that_is_not_migrated_is_refused_and_not_made(
    run: Run, tmp_path: Path, command: str
) -> None:
    assert "Run this first: pressroom migrate" in _one_line(run(*command.split()), 1)
    assert not (tmp_path / "var").exists()


def test_a_database_with_other_tables_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    told = _one_line(run("check", DATABASE_URL="sqlite:///empty.db"), 1)
    assert "Run this first: pressroom migrate" in told


@pytest.mark.parametrize(
    ("environment", "exit_code", "problem"),
    [
        ({"GRAPHIQL": "maybe"}, 2, "PRESSROOM_GRAPHIQL: 'maybe'"),
        ({"DATABASE_URL": "mysql://localhost/x"}, 2, "PRESSROOM_DATABASE_URL: 'mysql'"),
        ({"DATABASE_URL": "://"}, 2, "PRESSROOM_DATABASE_URL: not an address"),
        ({"DATABASE_URL": "postgresql://u:hush@127.0.0.1:1/x"}, 1, "u:***@127.0.0.1:1/x cannot"),
    ],
)
def test_settings_that_lead_nowhere_are_told_in_a_line(
    run: Run, environment: dict[str, str], exit_code: int, problem: str
) -> None:
    assert problem in _one_line(run("migrate", **environment), exit_code)


def test_a_server_without_the_database_is_told_in_a_line(
    run: Run, settings: Settings, any_databases: object
) -> None:
    if not settings.database_url.startswith("postgresql"):
        pytest.skip("SQLite has no server")
    address = settings.database_url.replace("/pressroom_", "/missing_")
    assert "does not exist" in _one_line(run("migrate", DATABASE_URL=address), 1)


def test_a_file_that_cannot_be_read_is_told_in_a_line(run: Run, tmp_path: Path) -> None:
    run("migrate")
    (tmp_path / "bad.xml").write_text(WXR.replace("</item>", ""))
    assert "bad.xml:3: not well-formed XML" in _one_line(run("import", "wordpress", "bad.xml"), 1)


def test_a_port_that_is_taken_is_told_in_a_line(run: Run) -> None:
    run("migrate")
    with socket.create_server(("127.0.0.1", 0)) as other:
        told = _one_line(run("serve", "--port", other.getsockname()[1]), 1)
    assert "in use" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["token", "create", "me", "--role", "king"],
        ["token", "create", "me", "--role", "ADMIN", "--expires", "soon"],
        ["import", "wordpress", "missing.xml"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_use_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_problems_are_told_by_the_exit_code(run: Run, tmp_path: Path) -> None:
    run("migrate")
    with closing(driver.connect(str(tmp_path / "var" / "pressroom.db"))) as connection:
        connection.execute(
            "INSERT INTO authors (slug, name, name_key, bio, post_count, version)"
            " VALUES ('a', 'A', 'a', '', 7, 1)"
        )
    result = run("check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)


@pytest.mark.parametrize(
    "command", ["", "demo", "serve", "migrate", "check", "audit", "export", "token create"]
)
def test_help_is_there_for_every_command(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "pressroom" in result.stdout


def test_the_console_script_is_the_same() -> None:
    script = Path(sys.executable).parent / "pressroom"
    told = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("pressroom, version ")

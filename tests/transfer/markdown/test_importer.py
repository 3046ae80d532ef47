from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pressroom.cms.content import Author, Category, Comment, Post, PostStatus, Site
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session
from pressroom.cms.transfer.errors import Unreadable
from pressroom.cms.transfer.markdown import folder as folders
from pressroom.cms.transfer.markdown.importer import import_markdown
from pressroom.cms.transfer.report import Report

pytestmark = pytest.mark.anyio

Write = Callable[[dict[str, str | bytes]], Path]

SITE = 'format: "pressroom/1"\ntitle: "A site"\n'
POST = '---\ntitle: "A"\nstatus: "published"\npublished_at: "2020-01-01T00:00:00Z"\n---\n\nText.\n'
COMMENT = (
    '{"id": "%s", %s"status": "approved", "author": {"name": "B"}, '
    '"submitted_at": "2020-01-02T00:00:00Z", "body": "C"}\n'
)


@pytest.fixture
def settings(sqlite_database: Database) -> Settings:
    return Settings(database_url=str(sqlite_database.url))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(files: dict[str, str | bytes]) -> Path:
        for name, content in {"site.yaml": SITE, **files}.items():
            path = tmp_path / "export" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / "export"

    return write


async def _count(database: Database, table: type) -> int:
    async with reading_session(database) as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_parent_may_come_later_in_the_folder(
    sqlite_database: Database, settings: Settings, write: Write
) -> None:
    folder = write(
        {
            "categories/a.md": '---\nname: "A"\nparent: "b"\n---\n',
            "categories/b.md": '---\nname: "B"\n---\n',
        }
    )
    await import_markdown(sqlite_database, settings, folder)
    async with reading_session(sqlite_database) as session:
        below = select(Category.slug).where(Category.parent_id.is_not(None))
        assert (await session.scalars(below)).all() == ["a"]


async def test_dates_stay_as_they_are_given(
    sqlite_database: Database, settings: Settings, write: Write
) -> None:
    dated = POST.replace("title:", 'updated_at: "2021-06-01T12:00:00+02:00"\ntitle:')
    await import_markdown(sqlite_database, settings, write({"posts/a.md": dated}))
    async with reading_session(sqlite_database) as session:
        post = await session.scalar(select(Post))
    assert post is not None
    assert (post.status, post.updated_at.isoformat()) == (
        PostStatus.PUBLISHED,
        "2021-06-01T10:00:00+00:00",
    )


async def test_the_site_keeps_its_title_once_there_are_posts(
    sqlite_database: Database, settings: Settings, write: Write
) -> None:
    await import_markdown(sqlite_database, settings, write({"posts/a.md": POST}))
    renamed = write({"site.yaml": SITE.replace("A site", "Another")})
    await import_markdown(sqlite_database, settings, renamed)
    async with reading_session(sqlite_database) as session:
        assert await session.scalar(select(Site.title)) == "A site"


async def test_new_comments_join_those_that_are_there(
    sqlite_database: Database, settings: Settings, write: Write
) -> None:
    first = COMMENT % ("1", "")
    files = {"posts/a.md": POST, "posts/a.comments.jsonl": first}
    await import_markdown(sqlite_database, settings, write(files))
    files["posts/a.comments.jsonl"] = first + COMMENT % ("2", '"parent": "1", ')
    report = await import_markdown(sqlite_database, settings, write(files))
    assert (report.taken["comments"], report.present["comments"]) == (1, 1)
    assert await _count(sqlite_database, Comment) == 2


async def test_unknown_files_and_links_are_named_and_not_read(
    sqlite_database: Database, settings: Settings, write: Write, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(POST)
    folder = write({"notes.txt": "x", "posts/.hidden.md": "x", "posts/a.jpg": "x"})
    (folder / "posts" / "linked.md").symlink_to(outside)
    (folder / "authors").symlink_to(tmp_path)
    report = await import_markdown(sqlite_database, settings, folder)
    assert await _count(sqlite_database, Post) == 0
    assert _left_out(report) == {
        "notes.txt",
        "posts/.hidden.md",
        "posts/a.jpg",
        "posts/linked.md",
        "authors",
    }


def _left_out(report: Report) -> set[str]:
    return {name for entry in report.as_json()["left_out"] for name in entry["examples"]}


AUTHOR = '---\nname: "Ada"\n---\n'


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"site.yaml": 'format: "other/9"\n'}, "site.yaml:1: format: 'other/9' is not known"),
        ({"site.yaml": 'title: "A"\n'}, "site.yaml:1: format: required"),
        ({"posts/a.md": POST.replace("status", "state")}, "a.md:3: state: not a key"),
        ({"posts/a.md": POST.replace("published", "new", 1)}, "a.md:3: status: 'new' is none of"),
        ({"posts/a.md": POST.replace("Z", "")}, "a.md:4: published_at: '2020-01-01T00:00:00'"),
        ({"posts/a.md": POST.replace("2020-01-01T00:00:00Z", "now+3d")}, "a.md:4: published_at"),
        (
            {"posts/a.md": '---\ntitle: "A"\nauthors: ["x"]\n---\n'},
            "a.md: authors: no file describes 'x'",
        ),
        ({"posts/a.md": '---\ntitle: "A"\ntags: "x"\n---\n'}, "a.md:3: tags: is not an array"),
        ({"posts/a.md": POST.encode() + b"\xff"}, "a.md:8: not UTF-8"),
        ({"posts/a.md": POST + "\0"}, "a.md:8: has a NUL character"),
        ({"posts/a.comments.jsonl": ""}, "there is no a.md"),
        ({"categories/a.md": '---\nname: "A"\nparent: "a"\n---\n'}, "stands below itself"),
        (
            {"categories/a.md": '---\nname: "A"\nparent: "b"\n---\n'},
            "no file describes a category 'b'",
        ),
        ({"authors/b.md": '---\nname: ""\n---\n'}, "b.md: name: "),
        ({"posts/a.comments.jsonl": "[]\n"}, "a.comments.jsonl:1: not a JSON object"),
        ({"posts/a.comments.jsonl": "\n{\n"}, "a.comments.jsonl:2: not a JSON value"),
        (
            {"posts/a.comments.jsonl": COMMENT % ("1", '"parent": "9", ')},
            ":1: parent: no earlier line",
        ),
        ({"posts/a.comments.jsonl": COMMENT % ("1", "") * 2}, ":2: id: '1' is given twice"),
        ({"posts/a.comments.jsonl": COMMENT % ("", "")}, ":1: id: has not 1 to 64"),
        ({"posts/a.comments.jsonl": "x" * 300_000}, ":1: the line has more than"),
    ],
)
async def test_faults_are_named_and_leave_nothing(
    sqlite_database: Database,
    settings: Settings,
    write: Write,
    files: dict[str, str | bytes],
    told: str,
) -> None:
    needs_post = "posts/a.comments.jsonl" in files and files["posts/a.comments.jsonl"]
    given = {"authors/a.md": AUTHOR, **({"posts/a.md": POST} if needs_post else {}), **files}
    with pytest.raises(Unreadable) as refused:
        await import_markdown(sqlite_database, settings, write(given))
    assert told in str(refused.value)
    assert await _count(sqlite_database, Author) == 0


async def test_a_file_that_is_too_large_is_refused(
    sqlite_database: Database, settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MAX_FILE", 1_000)
    with pytest.raises(Unreadable, match="more than 1,000 bytes"):
        await import_markdown(sqlite_database, settings, write({"posts/a.md": POST + "x" * 1_000}))


async def test_a_folder_that_is_no_export_is_refused(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable, match=r"no site\.yaml"):
        await import_markdown(sqlite_database, settings, tmp_path)

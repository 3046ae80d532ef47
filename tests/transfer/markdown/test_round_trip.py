"""What is exported and imported into an empty database is exported as the same bytes."""

import dataclasses
import hashlib
from pathlib import Path

import databases
import factories
import pytest
from pictures import KINDS, SECRET, moving, photographed, picture
from sqlalchemy import select

from pressroom.cms.actors import SYSTEM
from pressroom.cms.content import CommentStatus, Image, Post, PostStatus, SourceFormat
from pressroom.cms.services import images
from pressroom.cms.services.comments.importing import ImportComment, import_comment
from pressroom.cms.services.images import AddImage
from pressroom.cms.services.posts.bodies import BodySource
from pressroom.cms.services.posts.importing import ImportPost, import_post
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work
from pressroom.cms.transfer.errors import Unreadable
from pressroom.cms.transfer.images import library_of
from pressroom.cms.transfer.markdown.exporter import export_folder
from pressroom.cms.transfer.markdown.importer import import_markdown
from pressroom.cms.transfer.sample import load_sample

pytestmark = pytest.mark.anyio


@pytest.fixture
def elsewhere(any_databases: databases.Databases, settings: Settings, tmp_path: Path) -> Settings:
    """Settings of another database of the same kind, which is empty, and of another storage."""
    url, media = any_databases.migrated(), tmp_path / "elsewhere"
    return dataclasses.replace(settings, database_url=url, media_dir=media)


async def _again(
    database: Database, settings: Settings, elsewhere: Settings, folder: Path
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Export, import elsewhere, export from there; give the files of both."""
    await export_folder(database, library_of(settings), folder / "first")
    other = Database(elsewhere)
    try:
        await import_markdown(other, elsewhere, folder / "first")
        await export_folder(other, library_of(elsewhere), folder / "second")
    finally:
        await other.close()
    return _files(folder / "first"), _files(folder / "second")


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


async def test_the_sample_comes_back(
    database: Database, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    await load_sample(database, settings)
    first, second = await _again(database, settings, elsewhere, tmp_path)
    assert first == second
    assert sum(name.startswith("posts/") for name in first) > 12


async def test_all_that_a_post_may_have_comes_back(
    database: Database, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    author = await factories.make_author(database, 'Zoë\u2028: # "Q"', bio="---\n\nBio\n")
    outer = await factories.make_category(database, "Outer")
    inner = await factories.make_category(database, "Inner", outer, slug="внутри")
    async with unit_of_work(database) as session:
        await import_post(
            session,
            SYSTEM,
            ImportPost(
                title="---",
                body=BodySource(format=SourceFormat.HTML, source="\n\n---\n<p>One</p>\r\n\n"),
                slug="con",
                excerpt="By hand\n\nin two",
                author_ids=(author.id,),
                category_ids=(inner.id, outer.id),
                tags=("C++", "c#"),
                sticky=True,
                comments_open=False,
                status=PostStatus.TRASHED,
                published_at=clock.now(),
                former_slugs=("older", "oldest"),
            ),
        )
    await factories.make_post(database, "Empty", "", publish=False)
    first, second = await _again(database, settings, elsewhere, tmp_path)
    assert first == second
    assert len(first) == 1 + 1 + 2 + 2 + ("tags.yaml" in first)


async def test_every_place_in_a_thread_comes_back(
    database: Database, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    post = await factories.make_post(database)
    await _thread(database, settings, post)
    first, second = await _again(database, settings, elsewhere, tmp_path)
    assert first == second
    assert first["posts/a-post.comments.jsonl"].count(b"\n") == 5 + 25


async def _thread(database: Database, settings: Settings, post: Post) -> None:
    async with unit_of_work(database) as session:

        async def add(status: CommentStatus, parent: int | None = None) -> int:
            given = ImportComment(
                post_id=post.id,
                parent_id=parent,
                author_name="Reader",
                author_email="reader@example.org",
                body="" if status is CommentStatus.REMOVED else "Said.",
                status=status,
                submitted_at=clock.now(),
                source_key=f"test:{clock.now().timestamp()}:{parent}:{status}",
            )
            return (await import_comment(session, settings, SYSTEM, given)).comment.id

        removed = await add(CommentStatus.REMOVED)
        await add(CommentStatus.SPAM)
        await add(CommentStatus.PENDING, removed)
        await add(CommentStatus.APPROVED)
        await add(CommentStatus.APPROVED, removed)
        deepest: int | None = None
        for _ in range(25):
            deepest = await add(CommentStatus.APPROVED, deepest)


async def _illustrate(database: Database, settings: Settings) -> dict[str, Image]:
    """Make images of all kinds, two of which are the same, and a post that shows some."""
    library, made = library_of(settings), {}
    author = await factories.make_author(database)
    contents = {kind: picture(kind) for kind in KINDS} | {"again": picture("png")}
    for name, content in {**contents, "moving": moving("gif")}.items():
        master = await images.take_in(library, content)
        author_id = author.id if name == "png" else None
        wanted = AddImage(master=master, alt=f"A {name}", caption="Käse\n", author_id=author_id)
        async with unit_of_work(database) as session:
            made[name] = await images.add(session, library, SYSTEM, wanted)
    shown = f"![A picture](/media/{made['avif'].sha256}/160.webp)"
    await factories.make_post(database, "Shown", shown, image_id=made["again"].id)
    return made


async def test_images_come_back_to_the_last_byte(
    database: Database, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    made = await _illustrate(database, settings)
    first, second = await _again(database, settings, elsewhere, tmp_path)
    assert first == second
    assert f"images/{made['again'].sha256}-2.md" in first
    assert f'image: "{made["again"].sha256}-2"' in first["posts/shown.md"].decode()
    for image in made.values():
        before, after = library_of(settings), library_of(elsewhere)
        assert await before.master(image.sha256) == await after.master(image.sha256)


async def test_images_that_were_not_written_by_an_export_are_written_anew(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await export_folder(database, library_of(settings), tmp_path / "export")
    content = photographed("jpeg")
    name = hashlib.sha256(content).hexdigest()
    (tmp_path / "export/images" / f"{name}.jpeg").write_bytes(content)
    (tmp_path / "export/images" / f"{name}.md").write_text(f'---\nfile: "{name}.jpeg"\n---\n')
    (tmp_path / "export/images/none.md").write_text('---\nfile: "../../secret.png"\n---\n')
    report = await import_markdown(database, settings, tmp_path / "export")
    assert report.taken["images"] == 1
    async with reading_session(database) as session:
        (image,) = await session.scalars(select(Image))
    kept = await library_of(settings).master(image.sha256)
    assert kept is not None
    assert SECRET.encode() not in kept.content


async def test_importing_where_it_was_exported_changes_nothing(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    post = await factories.make_post(database)
    await _thread(database, settings, post)
    await _illustrate(database, settings)
    await export_folder(database, library_of(settings), tmp_path / "export")
    report = await import_markdown(database, settings, tmp_path / "export")
    assert not sum(report.taken.values())
    assert report.present["comments"] == 30


async def test_commenters_addresses_are_not_written(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    post = await factories.make_post(database)
    await _thread(database, settings, post)
    await export_folder(database, library_of(settings), tmp_path / "export")
    assert not any(b"reader@" in content for content in _files(tmp_path / "export").values())


async def test_a_folder_with_something_in_it_is_refused(
    sqlite_database: Database, sqlite_settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(Unreadable, match="is not empty"):
        await export_folder(sqlite_database, library_of(sqlite_settings), tmp_path)
    assert _files(tmp_path) == {"kept.txt": b"kept"}

"""`pressroom export`."""

from pathlib import Path

import click
from sqlalchemy import func, select

from ..content import Post
from ..settings import Settings
from ..store.database import Database
from ..store.sessions import reading_session
from ..transfer.images import library_of
from ..transfer.markdown.exporter import export_folder
from ..transfer.report import Report
from .database import migrated_database, run
from .output import as_json, progress, write_json


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@as_json
def export(folder: Path, *, as_json: bool) -> None:
    """Write all content into a new folder, as Markdown with front matter.

    Posts of every status, their comments, images, authors, categories and tags, as they are at one
    instant. E-mail addresses of commenters, tokens and earlier versions are not written. `pressroom
    import markdown` reads the folder.

    \b
    Example:
      pressroom export backup/
    """
    report = run(_export(Settings.from_environment(), folder))
    if as_json:
        write_json({"written": dict(report.taken)})
    else:
        written = ", ".join(f"{count:,} {kind}" for kind, count in report.taken.items())
        click.echo(f"{folder}: {written or 'nothing but the site'}")


async def _export(settings: Settings, folder: Path) -> Report:
    async with migrated_database(settings) as database:
        with progress("Exporting", await _count_posts(database)) as advance:
            return await export_folder(database, library_of(settings), folder, advance=advance)


async def _count_posts(database: Database) -> int:
    async with reading_session(database) as session:
        return await session.scalar(select(func.count()).select_from(Post)) or 0

"""`pressroom import`."""

from collections.abc import Callable
from pathlib import Path

import click

from ..settings import Settings
from ..transfer.markdown.folder import Folder
from ..transfer.markdown.importer import import_markdown
from ..transfer.report import Report
from ..transfer.wordpress.importer import DEFAULT_PAGES_CATEGORY, import_wordpress
from .database import migrated_database, run
from .output import as_json, progress, write_json


@click.group(name="import")
def import_() -> None:
    """Bring content in from elsewhere, all of it or nothing."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--pages-category",
    metavar="SLUG",
    default=DEFAULT_PAGES_CATEGORY,
    show_default=True,
    help="Category that pages come into, as posts; made where it is missing.",
)
@click.option(
    "--uploads",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Copy of wp-content/uploads; the pictures in it come in too.",
)
@as_json
def wordpress(file: Path, *, pages_category: str, uploads: Path | None, as_json: bool) -> None:
    """Bring in a WordPress export (Tools > Export in WordPress).

    Posts and pages with their categories, tags, authors and comments; slugs, dates and statuses
    are kept. Pictures are shown from where they are, unless the folder of uploads is given; then
    their addresses begin with PRESSROOM_PUBLIC_URL, if that is set. Ends with a report of what was
    taken, changed and left out, and why. It is one transaction, and may be run again: what an
    earlier run brought is left as it is now.

    \b
    Examples:
      pressroom import wordpress export.xml
      pressroom import wordpress export.xml --uploads wp-content/uploads
      pressroom import wordpress export.xml --pages-category about --json > report.json
    """
    settings = Settings.from_environment()
    with progress("Importing", file.stat().st_size) as advance:
        report = run(_wordpress(settings, file, pages_category, uploads, advance))
    _show(report, as_json=as_json)


@import_.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_json
def markdown(folder: Path, *, as_json: bool) -> None:
    """Bring in a folder as `pressroom export` writes it.

    Markdown with front matter, and comments as JSON lines. Posts, categories and authors whose slug
    the database has already are left as they are; comments that are new come in under them.

    \b
    Example:
      pressroom import markdown backup/
    """
    settings = Settings.from_environment()
    with progress("Importing", len(Folder(folder).stems("posts"))) as advance:
        report = run(_markdown(settings, folder, advance))
    _show(report, as_json=as_json)


async def _wordpress(
    settings: Settings,
    file: Path,
    pages_category: str,
    uploads: Path | None,
    advance: Callable[[int], None],
) -> Report:
    async with migrated_database(settings) as database:
        return await import_wordpress(
            database,
            settings,
            file,
            pages_category=pages_category,
            uploads=uploads,
            advance=advance,
        )


async def _markdown(settings: Settings, folder: Path, advance: Callable[[int], None]) -> Report:
    async with migrated_database(settings) as database:
        return await import_markdown(database, settings, folder, advance=advance)


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        write_json(report.as_json())
    else:
        click.echo(report.as_text())

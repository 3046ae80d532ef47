"""`pressroom migrate`."""

import click

from ..settings import Settings
from . import database
from .output import as_json, write_json


@click.command()
@click.option(
    "--down",
    metavar="REVISION",
    help="Go back to a revision instead. What later ones store is lost.",
)
@as_json
def migrate(*, down: str | None, as_json: bool) -> None:
    """Make the database, or bring its tables up to this release and to installed plugins.

    Runs in one transaction, keeps the content, and may be run at any time: a database that is up to
    date is left alone. Before a plugin is uninstalled, `--down NAME@base` takes out what it stores.

    \b
    Examples:
      pressroom migrate
      PRESSROOM_DATABASE_URL=postgresql://localhost/pressroom pressroom migrate
      pressroom migrate --down newsletter@base
    """
    settings = Settings.from_environment()
    if down is not None:
        database.run(database.take_back(settings, down))
        applied = []
    else:
        applied = database.run(database.migrate(settings))
    address = database.shown_address(settings)
    if as_json:
        write_json({"database": address, "applied": applied})
    elif down is not None:
        click.echo(f"{address} is back at {down}")
    elif applied:
        click.echo(f"{address}: applied {', '.join(applied)}")
    else:
        click.echo(f"{address} is up to date")

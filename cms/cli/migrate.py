"""`pressroom migrate`."""

import click

from ..settings import Settings
from . import database
from .output import as_json, write_json


@click.command()
@as_json
def migrate(*, as_json: bool) -> None:
    """Make the database, or bring its tables up to this release.

    Runs in one transaction, keeps the content, and may be run at any time: a database that is up to
    date is left alone.

    \b
    Examples:
      pressroom migrate
      PRESSROOM_DATABASE_URL=postgresql://localhost/pressroom pressroom migrate
    """
    settings = Settings.from_environment()
    applied = database.run(database.migrate(settings))
    address = database.shown_address(settings)
    if as_json:
        write_json({"database": address, "applied": applied})
    elif applied:
        click.echo(f"{address}: applied {', '.join(applied)}")
    else:
        click.echo(f"{address} is up to date")

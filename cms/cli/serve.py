"""`pressroom serve`."""

import click

from ..server.listening import address_of, listen
from ..server.serving import serve_application, serve_with_workers
from ..settings import Settings
from .database import migrated_database, run

host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
port = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0: any free one.",
)


@click.command()
@host
@port
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; about one a core.",
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the API, until it is interrupted.

    The database must have been migrated. Behind a proxy, set PRESSROOM_PUBLIC_URL to the address
    at which the API is reached.

    \b
    Examples:
      pressroom serve
      pressroom serve --host 0.0.0.0 --port 80 --workers 4
    """
    settings = Settings.from_environment()
    run(_look(settings))
    socket = listen(host, port)
    click.echo(f"Pressroom listens at {address_of(socket)}/graphql", err=True)
    if workers > 1:
        serve_with_workers(settings, socket, workers)
    else:
        serve_application(settings, socket)


async def _look(settings: Settings) -> None:
    async with migrated_database(settings):
        pass

"""`pressroom schema`."""

import click

from ..plugins import installed_plugins, sdl_of


@click.command()
def schema() -> None:
    """Write the GraphQL schema, with its descriptions, in the schema definition language.

    For code generators, editors and reviews. Needs no database.

    \b
    Example:
      pressroom schema > schema.graphql
    """
    plugins = installed_plugins()
    click.echo(sdl_of(plugins)(plugins), nl=False)

"""The command line: `pressroom`, a command a file."""

import click

from .audit import audit
from .check import check
from .demo import demo
from .exporting import export
from .failures import Commands
from .importing import import_
from .migrate import migrate
from .schema import schema
from .serve import serve
from .token import token


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pressroom", prog_name="pressroom")
def main() -> None:
    """Pressroom: a headless CMS that serves its content over GraphQL.

    Settings are environment variables: PRESSROOM_DATABASE_URL (sqlite:///file or postgresql://…,
    default sqlite:///var/pressroom.db), PRESSROOM_MEDIA_DIR, PRESSROOM_SITE_URL and so on.

    \b
    To look around, with sample content:
      pressroom demo
    To run your own:
      pressroom migrate
      pressroom import wordpress export.xml
      pressroom token create editor --role EDITOR
      pressroom serve --host 0.0.0.0 --port 8000

    \b
    Exit status: 0 done, 1 failed or problems found, 2 called wrongly.
    """


for command in (demo, serve, migrate, check, audit, import_, export, token, schema):
    main.add_command(command)

"""`pressroom check`."""

import dataclasses

import click

from ..services import check as checks
from ..services.check import Problem
from ..settings import Settings
from ..store.sessions import reading_session
from .database import migrated_database, run
from .output import as_json, write_json


@click.command()
@as_json
def check(*, as_json: bool) -> None:
    """Look for what does not fit together in the database.

    Compares counts, archives, places of comments, old addresses, the journal and the full-text
    index with what they are made of. Changes nothing. The exit status is 1 where there are
    problems.

    \b
    Examples:
      pressroom check
      pressroom check --json | jq length
    """
    problems = run(_check(Settings.from_environment()))
    if as_json:
        write_json([dataclasses.asdict(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(f"{problem.where}: {problem.what}")
        click.echo(f"{len(problems):,} problems" if problems else "No problems")
    if problems:
        raise SystemExit(1)


async def _check(settings: Settings) -> list[Problem]:
    async with migrated_database(settings) as database, reading_session(database) as session:
        return await checks.check(session)

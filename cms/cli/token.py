"""`pressroom token`."""

from datetime import datetime, timedelta
from typing import Any

import click
from sqlalchemy import select

from ..actors import SYSTEM, Role
from ..content import AccessToken
from ..services import authors, tokens
from ..settings import Settings
from ..store import clock
from ..store.sessions import reading_session, unit_of_work
from .database import migrated_database, run
from .instants import Duration
from .output import as_json, write_json


@click.group()
def token() -> None:
    """Credentials by which editors and scripts say who they are."""


@token.command()
@click.argument("name")
@click.option("--role", type=click.Choice(Role, case_sensitive=False), required=True)
@click.option("--expires", type=Duration(), metavar="TIME", help="When it ends: 12h, 30d, 8w.")
@click.option("--author", metavar="SLUG", help="The author that its holder writes as.")
@as_json
def create(
    name: str, *, role: Role, expires: timedelta | None, author: str | None, as_json: bool
) -> None:
    """Make a token and show its secret, once.

    Send it as `Authorization: Bearer SECRET`. Only a hash of it is stored.

    \b
    Examples:
      pressroom token create deploy --role EDITOR --expires 30d
      pressroom token create admin --role ADMIN --json | jq -r .secret
    """
    expires_at = clock.now() + expires if expires else None
    made = run(_create(Settings.from_environment(), name, role, expires_at, author))
    if as_json:
        write_json({**_described(made.token), "secret": made.secret})
    else:
        click.echo(
            f"Token {made.token.id} for {name}, {role}. Keep the secret; it is not shown again:"
        )
        click.echo(made.secret)


@token.command(name="list")
@as_json
def list_(*, as_json: bool) -> None:
    """List all tokens, without their secrets."""
    described = [_described(token) for token in run(_list(Settings.from_environment()))]
    if as_json:
        write_json(described)
    for entry in [] if as_json else described:
        until = (entry["revokedAt"] and "revoked") or entry["expiresAt"] or "for ever"
        click.echo(f"{entry['id']:>5}  {entry['role']:<11}  {until:<32}  {entry['name']}")


@token.command()
@click.argument("token_id", metavar="ID", type=int)
def revoke(token_id: int) -> None:
    """End a token at once; `pressroom token list` shows the IDs."""
    run(_revoke(Settings.from_environment(), token_id))
    click.echo(f"Token {token_id} is revoked")


async def _create(
    settings: Settings, name: str, role: Role, expires_at: datetime | None, author: str | None
) -> tokens.CreatedToken:
    async with migrated_database(settings) as database, unit_of_work(database) as session:
        known = await authors.by_slug(session, [author]) if author else {}
        if author and author not in known:
            raise click.ClickException(f"There is no author with the slug {author!r}.")
        given = tokens.CreateToken(
            name=name,
            role=role,
            expires_at=expires_at,
            author_id=known[author].id if author else None,
        )
        return await tokens.create(session, SYSTEM, given)


async def _list(settings: Settings) -> list[AccessToken]:
    async with migrated_database(settings) as database, reading_session(database) as session:
        return list(await session.scalars(select(AccessToken).order_by(AccessToken.id)))


async def _revoke(settings: Settings, token_id: int) -> None:
    async with migrated_database(settings) as database, unit_of_work(database) as session:
        await tokens.revoke(session, SYSTEM, token_id)


def _described(token: AccessToken) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role.value,
        "createdAt": _instant(token.created_at),
        "expiresAt": _instant(token.expires_at),
        "lastUsedAt": _instant(token.last_used_at),
        "revokedAt": _instant(token.revoked_at),
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

from datetime import timedelta

import pytest
from factories import EDITOR
from sqlalchemy import update

from pressroom.cms.actors import Role
from pressroom.cms.content import AccessToken
from pressroom.cms.errors import Refused, Unauthenticated
from pressroom.cms.services import tokens
from pressroom.cms.services.tokens import CreatedToken, CreateToken
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def make(database: Database, **fields: object) -> CreatedToken:
    wanted = CreateToken(name="script", role=Role.EDITOR, **fields)  # type: ignore[arg-type] # each test gives its own fields
    async with unit_of_work(database) as session:
        return await tokens.create(session, EDITOR, wanted)


async def test_a_secret_opens_and_is_not_stored(database: Database) -> None:
    made = await make(database)
    assert made.secret.startswith("prt_")
    assert made.secret not in repr(vars(made.token))
    async with reading_session(database) as session:
        token = await tokens.authenticate(session, made.secret)
        assert tokens.actor_of(token).role is Role.EDITOR
        for wrong in ("", made.secret + "x", made.secret[:-1], "\ud800", "x" * 100_000):
            with pytest.raises(Unauthenticated):
                await tokens.authenticate(session, wrong)


async def test_a_revoked_or_expired_token_opens_nothing(database: Database) -> None:
    revoked = await make(database)
    expired = await make(database, expires_at=clock.now() + timedelta(days=1))
    async with unit_of_work(database) as session:
        await tokens.revoke(session, EDITOR, revoked.token.id)
        past = update(AccessToken).where(AccessToken.id == expired.token.id)
        await session.execute(past.values(expires_at=clock.now()))
    async with unit_of_work(database) as session:
        for made in (revoked, expired):
            with pytest.raises(Unauthenticated):
                await tokens.authenticate(session, made.secret)
        with pytest.raises(Refused):
            await tokens.revoke(session, EDITOR, revoked.token.id)


async def test_use_is_written_down_once_a_minute(database: Database) -> None:
    made = await make(database)
    async with unit_of_work(database) as session:
        token = await tokens.authenticate(session, made.secret)
        assert tokens.is_use_due(token)
        await tokens.mark_used(session, token.id)
    async with unit_of_work(database) as session:
        token = await tokens.authenticate(session, made.secret)
        first = token.last_used_at
        assert not tokens.is_use_due(token)
        await tokens.mark_used(session, token.id)
        await session.refresh(token)
        assert token.last_used_at == first


async def test_faults_are_named(sqlite_database: Database) -> None:
    with pytest.raises(Refused) as refused:
        await make(sqlite_database, expires_at=clock.now(), author_id=9)
    assert {error.path for error in refused.value.errors} == {("expiresAt",), ("authorId",)}

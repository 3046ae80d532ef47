"""Whether the application can serve: does its database answer, and has it its tables?"""

from collections.abc import Mapping, Sequence

from sqlalchemy import MetaData, literal, select
from sqlalchemy.exc import SQLAlchemyError

from .content import Site
from .store.database import Database
from .store.sessions import reading_session


async def problems(database: Database, tables: Mapping[str, MetaData]) -> Sequence[str]:
    """Tell what is wrong, in words fit to be shown; nothing when all is well.

    `tables` are those of plugins, by the plugins' names.
    """
    try:
        async with reading_session(database) as session:
            site = await session.scalar(select(Site.id))
    except (SQLAlchemyError, OSError):
        return ["The database does not answer, or has no tables: run `pressroom migrate`."]
    if not site:
        return ["The database has no site: run `pressroom migrate`."]
    lacking = [name for name, wanted in tables.items() if not await _has(database, wanted)]
    return [f"The database has no tables of {name}: run `pressroom migrate`." for name in lacking]


async def _has(database: Database, tables: MetaData) -> bool:
    try:
        async with reading_session(database) as session:
            for table in tables.tables.values():
                await session.execute(select(literal(1)).select_from(table).limit(1))
    except (SQLAlchemyError, OSError):
        return False
    return True

"""Whether the application can serve: does its database answer, and has it its tables?"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from .content import Site
from .store.database import Database
from .store.sessions import reading_session


async def problems(database: Database) -> Sequence[str]:
    """Tell what is wrong, in words fit to be shown; nothing when all is well."""
    try:
        async with reading_session(database) as session:
            site = await session.scalar(select(Site.id))
    except (SQLAlchemyError, OSError):
        return ["The database does not answer, or has no tables: run `pressroom migrate`."]
    return [] if site else ["The database has no site: run `pressroom migrate`."]

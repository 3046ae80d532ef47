"""The sample content that comes with Pressroom, with dates that are near whenever it is loaded."""

from collections.abc import Callable
from pathlib import Path

from ..settings import Settings
from ..store import clock
from ..store.database import Database
from .markdown.dates import relative_to
from .markdown.importer import import_markdown
from .report import Report

SAMPLE = Path(__file__).parent.parent / "sample"


async def load_sample(
    database: Database, settings: Settings, *, advance: Callable[[int], None] = lambda _: None
) -> Report:
    """Bring the sample content in; what an earlier load brought is left as it is."""
    dates = relative_to(clock.now())
    return await import_markdown(database, settings, SAMPLE, dates=dates, advance=advance)

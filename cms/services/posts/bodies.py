"""Bodies: rendered when they are saved, and never changed after."""

import asyncio
import dataclasses
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Body, SourceFormat
from ...text import document
from ...text.document import RenderedBody
from ..faults import Faults

MAX_SOURCE = document.MAX_SOURCE_CHARACTERS
LONG = 20_000
"""Characters from which on rendering is left to a thread, so that other requests go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySource:
    """A body as an editor writes it."""

    format: SourceFormat
    source: str


def check_body(faults: Faults, body: BodySource) -> None:
    """Check a body; it may be empty."""
    faults.lines(body.source, "body", body.format.value.lower(), limit=MAX_SOURCE)


async def render(body: BodySource) -> RenderedBody:
    """Render a body."""
    source_format = document.SourceFormat(body.format.value)
    if len(body.source) < LONG:
        return document.render_body(body.source, source_format)
    return await asyncio.to_thread(document.render_body, body.source, source_format)


async def store(session: AsyncSession, body: BodySource, rendered: RenderedBody) -> Body:
    """Store a body that was rendered."""
    row = Body(
        format=body.format,
        source=body.source,
        markdown=rendered.markdown,
        html=rendered.html,
        text=rendered.text,
        headings=[dataclasses.asdict(heading) for heading in rendered.headings],
        word_count=rendered.word_count,
        reading_minutes=rendered.reading_minutes,
    )
    session.add(row)
    await session.flush()
    return row


async def opening(session: AsyncSession, body_id: int) -> str:
    """Give the excerpt that follows from a stored body."""
    body = await session.get_one(Body, body_id)
    return (await render(BodySource(format=body.format, source=body.source))).excerpt

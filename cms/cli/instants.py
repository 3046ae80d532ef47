"""Times on the command line: how long, and when."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from ..store import clock


class Duration(click.ParamType[timedelta]):
    """A length of time: 90m, 12h, 30d, 8w."""

    name = "duration"
    _pattern = re.compile(r"([1-9][0-9]{0,3})([mhdw])")
    _units = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}  # noqa: RUF012 - never changed

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Read it."""
        match = self._pattern.fullmatch(str(value))
        if match is None:
            self.fail(f"{value!r} is not a length of time such as 12h, 30d or 8w", param, ctx)
        return timedelta(**{self._units[match[2]]: int(match[1])})


class Moment(click.ParamType[datetime]):
    """An instant (ISO 8601; UTC unless it says otherwise), or how long ago: 12h, 30d."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it."""
        try:
            instant = datetime.fromisoformat(str(value))
        except ValueError:
            try:
                return clock.now() - Duration().convert(value, param, ctx)
            except click.BadParameter:
                self.fail(f"{value!r} is neither a time such as 2026-01-31 nor 30d", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

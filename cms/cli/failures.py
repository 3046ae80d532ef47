"""Failures that can be expected, told in one line on the terminal."""

from typing import Any

import click
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from pressroom.migrations.branches import WrongBranch

from ..errors import PressroomError, Refused
from ..plugins import ClashingPlugins
from ..settings import InvalidSetting
from ..transfer.errors import explain


class Commands(click.Group):
    """A group whose commands fail without a traceback where the cause lies outside."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except InvalidSetting as error:
            raise click.UsageError(str(error)) from error
        except Refused as refusal:
            raise click.ClickException(explain(refusal)) from refusal
        except (PressroomError, CommandError, ClashingPlugins, WrongBranch) as error:
            raise click.ClickException(str(error)) from error
        except DBAPIError as error:
            raise click.ClickException(
                f"The database failed: {_in_one_line(error.orig)}"
            ) from error
        except OSError as error:
            raise click.ClickException(_in_one_line(error)) from error


def _in_one_line(error: BaseException | None) -> str:
    return " ".join(str(error).split()) or type(error).__name__

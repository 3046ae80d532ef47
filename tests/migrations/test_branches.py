"""Branches of plugins: each with names of its own, up and down by themselves."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from pressroom.cms.store.database import Database
from pressroom.migrations import migrate
from pressroom.migrations.branches import WrongBranch

pytestmark = pytest.mark.anyio

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {needed!r}


def upgrade():
    op.create_table({revision!r}, sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table({revision!r})
"""


def write(
    folder: Path,
    revision: str,
    down: str | None = None,
    labels: object = None,
    needed: str | None = None,
) -> Path:
    folder.mkdir(exist_ok=True)
    text = MIGRATION.format(revision=revision, down=down, labels=labels, needed=needed)
    (folder / f"{revision}.py").write_text(text, encoding="utf-8")
    return folder


async def tables(database: Database, name: str) -> set[str]:
    def look(connection: Connection) -> set[str]:
        return {table for table in inspect(connection).get_table_names() if name in table}

    async with database.engine.connect() as connection:
        return await connection.run_sync(look)


async def test_branches_go_up_and_down_by_themselves(
    empty_database: Database, tmp_path: Path
) -> None:
    news = write(tmp_path / "100%", "news_1", labels=("news",))
    branches = {"news": news, "polls": write(tmp_path / "polls", "polls_1", labels=("polls",))}
    await migrate.upgrade(empty_database, branches=branches)
    write(news, "news_2", down="news_1")
    assert await migrate.pending(empty_database, branches) == ["news_2"]
    await migrate.upgrade(empty_database, branches=branches)
    assert await tables(empty_database, "_") >= {"news_1", "news_2", "polls_1"}
    await migrate.downgrade(empty_database, "news@base", branches)
    assert await tables(empty_database, "news") == set()
    assert await migrate.pending(empty_database, branches) == ["news_1", "news_2"]
    await migrate.downgrade(empty_database, branches=branches)
    assert await tables(empty_database, "") <= {"alembic_version"}


async def test_what_is_not_installed_any_more_is_left_alone(
    empty_database: Database, tmp_path: Path
) -> None:
    branches = {"news": write(tmp_path / "news", "news_1", labels=("news",))}
    await migrate.upgrade(empty_database, branches=branches)
    assert await migrate.pending(empty_database) == []
    await migrate.upgrade(empty_database)
    assert await tables(empty_database, "news") == {"news_1"}


@pytest.mark.parametrize(
    ("revision", "labels", "told"),
    [
        ("0002", ("news",), "the migration 0002 of the plugin news must be called news_"),
        ("polls_1", ("news",), "the migration polls_1 of the plugin news must be called news_"),
        ("news_1", None, r"its branch_labels must be \('news',\)"),
        ("news_1", ("polls",), r"its branch_labels must be \('news',\)"),
    ],
)
async def test_a_migration_that_may_be_taken_for_anothers_is_refused(
    empty_database: Database, tmp_path: Path, revision: str, labels: object, told: str
) -> None:
    branches = {"news": write(tmp_path / "news", revision, labels=labels)}
    with pytest.raises(WrongBranch, match=told):
        await migrate.pending(empty_database, branches)


async def test_a_migration_depends_on_no_other_branch(
    empty_database: Database, tmp_path: Path
) -> None:
    branches = {"news": write(tmp_path / "news", "news_1", labels=("news",), needed="0002")}
    with pytest.raises(WrongBranch, match="news_1 of the plugin news must not depend on another"):
        await migrate.upgrade(empty_database, branches=branches)


async def test_a_folder_that_is_not_there_is_told(empty_database: Database, tmp_path: Path) -> None:
    with pytest.raises(WrongBranch, match="no folder of migrations at"):
        await migrate.upgrade(empty_database, branches={"news": tmp_path / "missing"})

"""The schema: up, down, and equal to the models, on both databases."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.util.exc import CommandError
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

import casemgr.db.tables  # noqa: F401
from casemgr.db.migrate import (
    configuration,
    downgrade,
    migrate,
    newest_revision,
)
from casemgr.db.schema import SCHEMA, refuse_old_schema, schema_of
from casemgr.db.session import open_engine
from casemgr.errors import Unusable


def test_an_empty_database_becomes_the_models_schema(bare_url: str) -> None:
    migrate(bare_url)

    engine = open_engine(bare_url)
    assert set(SQLModel.metadata.tables) <= set(inspect(engine).get_table_names())
    assert schema_of(engine) == newest_revision() == SCHEMA
    engine.dispose()
    try:
        command.check(configuration(bare_url))
    except CommandError as drift:  # pragma: no cover
        pytest.fail(f"models and migrations differ: {drift}")


def test_going_back_to_nothing_leaves_nothing_and_forward_again_works(bare_url: str) -> None:
    migrate(bare_url)
    downgrade(bare_url, "base")

    engine = open_engine(bare_url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrate(bare_url)


def test_migrating_twice_changes_nothing(bare_url: str) -> None:
    migrate(bare_url)
    migrate(bare_url)

    engine = open_engine(bare_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM history_head")).scalar() == 1
    engine.dispose()


def test_an_old_schema_is_refused_with_the_command(bare_url: str) -> None:
    engine = open_engine(bare_url)

    with pytest.raises(Unusable, match="casemgr migrate"):
        refuse_old_schema(engine)
    engine.dispose()


def test_a_failing_migration_leaves_nothing_behind(
    bare_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "alembic.runtime.migration.HeadMaintainer.update_to_step", _fall_over, raising=True
    )
    with pytest.raises(RuntimeError, match="pulled the plug"):
        migrate(bare_url)
    monkeypatch.undo()

    engine = open_engine(bare_url)
    assert _tables(engine) <= {"alembic_version"}
    engine.dispose()


def _fall_over(*_args: object) -> None:
    raise RuntimeError("pulled the plug")


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())

"""Indexes that no longer lead to every row are named, on either kind of database."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session

from casemgr.db import soundness
from casemgr.db.session import open_engine, transaction
from tests import makes

POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
# PostgreSQL's own extension is not on every server; it is asked by name, so this stands for it.
STAND_IN = """
CREATE FUNCTION bt_index_check(index regclass, heapallindexed boolean) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN
  IF index::text = '{damaged}' THEN RAISE EXCEPTION 'heap tuple lacks matching index tuple'; END IF;
END $$
"""
INDEX = "ix_matter_known_on"


def looked(engine: Engine) -> tuple[str, int, list[str]]:
    with transaction(engine, reads_only=True) as session:
        said = soundness.indexes_said(session)
        looked_at, wrong = soundness.indexes(session)
        # One that is damaged does not end the transaction: the other questions are asked too.
        assert session.execute(sa.text("SELECT 1")).scalar() == 1
        return said, looked_at, wrong


@POSTGRES
def test_a_server_without_the_check_says_so(engine: Engine) -> None:
    with transaction(engine) as session:
        _remove(session)

    assert looked(engine) == (soundness.NO_AMCHECK, 0, [])


@POSTGRES
@pytest.mark.parametrize("damaged", ["", "ix_task_matter_id"])
def test_every_index_is_looked_at_where_the_server_has_the_check(
    engine: Engine, damaged: str
) -> None:
    with transaction(engine) as session:
        _remove(session)
        session.execute(sa.text(STAND_IN.format(damaged=damaged)))
        count = session.execute(
            sa.text("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'")
        ).scalar()

    said, looked_at, wrong = looked(engine)

    assert (said, looked_at) == ("indexes lead to every row", count)
    assert [each.partition(":")[0] for each in wrong] == [f"index {damaged}"] * bool(damaged)
    assert all("matching index tuple. Type in psql: REINDEX INDEX" in each for each in wrong)


def _remove(session: Session) -> None:
    session.execute(sa.text("DROP FUNCTION IF EXISTS bt_index_check(regclass, boolean)"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_names_an_index_that_lost_a_row(engine: Engine, database_url: str) -> None:
    with transaction(engine) as session:
        makes.make_matter(session)
    said, looked_at, wrong = looked(engine)
    assert (said, wrong) == ("indexes lead to every row", [])
    assert looked_at > 50
    engine.dispose()
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as file:
        # It is made for no row at all, and the schema is told that it is for every row.
        file.executescript(
            f"DROP INDEX {INDEX}; CREATE INDEX {INDEX} ON matter (known_on) WHERE id IS NULL; "
            "PRAGMA writable_schema = ON; "
            "UPDATE sqlite_master SET sql = replace(sql, ' WHERE id IS NULL', '') "
            f"WHERE name = '{INDEX}'; PRAGMA writable_schema = RESET;"
        )
    spoilt = open_engine(database_url)

    _, _, wrong = looked(spoilt)

    spoilt.dispose()
    assert any(INDEX in each for each in wrong)

"""The role that serves an office on PostgreSQL adds to the history and does nothing else to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from casemgr import safety
from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine, transaction
from casemgr.shipped import shipped
from casemgr.usecases.seal import check_seal
from tests import makes
from tests.conftest import Postgres

pytestmark = pytest.mark.postgres

ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'casemgr') THEN
    CREATE ROLE casemgr LOGIN; CREATE ROLE casemgr_owner;
  END IF;
END $$
"""
AS_OWNER = "&options=-c%20role%3Dcasemgr_owner"


def say(url: str, statement: str) -> None:
    plain = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    """Give a database made as README says: the owner migrates, the file gives the other rights."""
    name = postgres.fresh()
    address = postgres.url(name)
    say(address, ROLES)
    say(address, f'ALTER DATABASE "{name}" OWNER TO casemgr_owner')
    say(address, "GRANT ALL ON SCHEMA public TO casemgr_owner")
    migrate(address + AS_OWNER)
    say(address, rights())
    yield address
    postgres.drop(name)


def rights() -> str:
    return (shipped("templates") / "running" / "postgresql.sql").read_text(encoding="utf-8")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_engine(url.replace("postgres:@", "casemgr:@"))
    yield opened
    opened.dispose()


def told(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(safety.too_much_power(connection))


SPOILS = [
    "UPDATE history_entry SET person_name = 'nobody'",
    "DELETE FROM history_entry",
    "TRUNCATE history_entry",
    "ALTER TABLE history_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER history_refuses_change ON history_entry",
    "DROP TABLE history_entry",
    "CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE sql AS ''",
    "SET session_replication_role = replica",
    "SET ROLE casemgr_owner",
    "DELETE FROM history_head",
    "UPDATE alembic_version SET version_num = 'x'",
    "CREATE TABLE mine (id int)",
]


def test_the_office_works_as_that_role_and_spoils_nothing(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
    desk = makes.make_desk(engine, tmp_path)
    with desk.work(makes.actor_of(cast.ada)) as work:
        work.record("matter.changed", matter, changes="nothing")

    for statement in SPOILS:
        refused = pytest.raises(DBAPIError, match=r"permission denied|must be owner")
        with refused, engine.begin() as connection:
            connection.execute(sa.text(statement))

    with desk.work(reads_only=True) as work:
        assert check_seal(work, []).last.seq == 1
    assert told(engine) == []
    migrate(str(engine.url.render_as_string(hide_password=False)))  # nothing is left to do


@pytest.mark.parametrize(
    "careless",
    [
        "GRANT UPDATE ON history_entry TO casemgr",
        "GRANT UPDATE (facts) ON history_entry TO casemgr",
        "GRANT DELETE ON history_entry TO PUBLIC",
        "GRANT TRUNCATE ON history_entry TO casemgr",
        "GRANT casemgr_owner TO casemgr",
        "ALTER TABLE history_entry OWNER TO casemgr",
    ],
)
def test_whatever_more_the_role_may_is_told_until_the_file_takes_it_away(
    engine: Engine, url: str, careless: str
) -> None:
    say(url, careless)

    found = told(engine)

    assert len(found) == 1
    assert "The role casemgr may change or delete the history" in found[0]
    assert "postgresql.sql" in found[0]
    say(url, "REVOKE casemgr_owner FROM casemgr")


def test_a_superuser_is_told_that_it_may_too_much(url: str) -> None:
    opened = open_engine(url)

    found = told(opened)

    opened.dispose()
    assert "The role postgres may change or delete the history" in found[0]

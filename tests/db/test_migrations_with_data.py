"""Migrations over real rows: nothing is lost, and a kill in the middle changes nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

from alembic.runtime.migration import HeadMaintainer
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from casemgr.db.dump import Loader, Tally, parts, tallies
from casemgr.db.migrate import configuration, copy_before, downgrade, migrate
from casemgr.db.session import open_engine, transaction
from casemgr.db.soundness import tables
from tests.db.rows import make_one_of_each

# Each revision with what its test loads. One that is not here fails the test below: write its
# test, with rows of the schema before it, up and down.
LOADED = {"0001": make_one_of_each}

FORK = multiprocessing.get_context("fork")


def held(url: str) -> dict[str, Any]:
    """Return what every table holds: how many rows, and a sum over their content."""
    engine = open_engine(url)
    with transaction(engine, reads_only=True) as session:
        found = tallies(session)
    engine.dispose()
    return found


def fill(url: str) -> None:
    engine = open_engine(url)
    with transaction(engine) as session:
        make_one_of_each(session)
    engine.dispose()


def names(url: str) -> set[str]:
    engine = open_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_every_revision_is_tried_with_data() -> None:
    scripts = ScriptDirectory.from_config(configuration(""))

    assert {each.revision for each in scripts.walk_revisions()} == set(LOADED)


def test_a_full_database_goes_down_and_up_and_takes_its_rows_back(
    bare_url: str,
) -> None:
    migrate(bare_url)
    fill(bare_url)
    before = held(bare_url)
    engine = open_engine(bare_url)
    with transaction(engine, reads_only=True) as session:
        kept = {each.name: b"".join(parts(session, each, Tally())) for each in tables()}
    engine.dispose()

    migrate(bare_url)
    assert held(bare_url) == before, "nothing to do, and nothing done"
    # A legal hold stands, and still the schema can be taken down: that is no route of ours.
    downgrade(bare_url, "base")
    assert names(bare_url) == {"alembic_version"}
    migrate(bare_url)
    assert {rows for rows, _ in held(bare_url).values()} == {0, 1}, "only the history's empty head"

    engine = open_engine(bare_url)
    with transaction(engine) as session:
        loader = Loader(session)
        for table in tables():
            loader.load(table, kept[table.name])
        loader.finish()
    engine.dispose()
    assert held(bare_url) == before
    assert all(rows == 1 for rows, _ in before.values())


def test_a_kill_in_the_middle_of_a_migration_leaves_the_database_as_it_was(
    bare_url: str, full_size: bool
) -> None:
    for _ in range(10 if full_size else 2):
        process = FORK.Process(target=_migrate_and_die, args=(bare_url,))
        process.start()
        process.join(120)
        assert process.exitcode == -signal.SIGKILL
        assert names(bare_url) <= {"alembic_version"}

    migrate(bare_url)
    fill(bare_url)
    assert all(rows == 1 for rows, _ in held(bare_url).values())


def _migrate_and_die(url: str) -> None:
    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    # Every statement of the revision has run by then; only the commit is missing.
    HeadMaintainer.update_to_step = die  # type: ignore[method-assign, assignment]
    migrate(url)


def test_an_sqlite_file_is_copied_before_an_upgrade_touches_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'casemgr.sqlite3'}"
    assert copy_before(url, "0001") is None, "there is nothing to copy yet"
    migrate(url)
    fill(url)
    assert copy_before(url, "0001") is None, "it stands there already"

    copy = copy_before(url, "0002")

    assert copy is not None
    assert copy.name == "casemgr.sqlite3.before-0002"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert held(f"sqlite:///{copy}") == held(url)
    with sqlite3.connect(copy) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    opened.close()

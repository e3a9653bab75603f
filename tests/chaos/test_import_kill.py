"""Kill -9 in the middle of an import: nothing of it is seen, and whoever comes next goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import FoiaRequest, ImportRow, SpreadsheetImport
from casemgr.domain.words import ImportState
from casemgr.usecases import imports
from casemgr.usecases.imports import StartInput
from tests import makes
from tests.usecases.sheets import Desked, csv_of

ROWS = 300
CHILD = """
import sys
from pathlib import Path
from casemgr.db.session import open_engine
from casemgr.usecases import import_jobs
from tests import makes
url, data, import_id = sys.argv[1:]
import_jobs.WRITTEN_AT_ONCE = 10
desk = makes.make_desk(open_engine(url), Path(data))
import_jobs.run(desk.work, desk.store, import_id, "the one who dies")
"""


def test_an_import_killed_in_the_middle_has_no_effect_until_another_ends_it(
    sqlite_template: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    desk = makes.make_desk(open_engine(url), tmp_path)
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.sam)
        makes.make_agency(session)
    office = Desked(desk, cast, matter)
    days = ["2010-02-03", "2010-02-09", "", ""]
    import_id = office.bring(csv_of(*(["", f"Letter {i}", "ICE", "", *days] for i in range(ROWS))))
    office.match(import_id)
    with desk.work(makes.actor_of(cast.sam)) as work:
        imports.start(work, import_id, StartInput())

    written = _kill_in_the_middle(office, url, tmp_path, import_id)

    assert 0 < written < ROWS
    assert office.row(import_id).state is ImportState.IMPORTING
    assert list(office.requests()) == []
    with desk.work() as work:  # three minutes later its lease is over
        row = work.session.get_one(SpreadsheetImport, import_id)
        row.lease_until = work.now - timedelta(seconds=1)
        work.session.add(row)
    office.go_on(import_id)
    titles = [each.title for each in office.requests()]
    assert sorted(titles) == sorted(f"Letter {i}" for i in range(ROWS))
    with desk.work(reads_only=True) as work:
        held = work.session.exec(select(sa.func.count()).select_from(FoiaRequest)).one()
    desk.engine.dispose()
    assert held == ROWS  # none was written twice


def _kill_in_the_middle(office: Desked, url: str, data: Path, import_id: str) -> int:
    child = subprocess.Popen([sys.executable, "-c", CHILD, url, str(data), import_id])
    count = select(sa.func.count()).where(
        ImportRow.import_id == import_id,
        ImportRow.request_id.is_not(None),  # type: ignore[union-attr]
    )
    for _ in range(6_000):
        with office.desk.work(reads_only=True) as work:
            written = work.session.exec(count).one()
        if written:
            break
        time.sleep(0.01)
    else:
        pytest.fail("the import never began")
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    with office.desk.work(reads_only=True) as work:
        return int(work.session.exec(count).one())

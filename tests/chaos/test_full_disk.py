"""A disk that fills up: nothing is lost or half done, reading goes on, and sending resumes.

On a real volume of 64 MiB where this machine grants one (to root, or to anybody), and everywhere
by SQLite's own limit of its file.
"""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr import alarm
from casemgr.app import build
from casemgr.backup import back_up
from casemgr.db.session import open_engine
from casemgr.db.tables import Matter, Person, SignIn
from casemgr.desk import Desk
from casemgr.domain.words import ReminderState
from casemgr.keeping import check_office
from casemgr.mail.server import MailServerPost
from casemgr.settings import MailServer
from casemgr.sweeping import sweep
from casemgr.usecases import health
from tests import makes
from tests.chaos.conftest import Fault
from tests.chaos.owed import LATER, MORNING, Owed, owe
from tests.chaos.volume import FORK, can_mount, fill, mount
from tests.reminders.office import Post as Kept
from tests.reminders.sink import Sink, mail_server

pytestmark = pytest.mark.chaos

COUNT = 60
API = "/api/v1"
ADA = {"email": "ada@example.org", "password": makes.PASSWORD}
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take the real volume only where there is one to be had."""
    if "kind" in metafunc.fixturenames:
        kinds = ["SQLite's own limit", *(["volume of 64 MiB"] if can_mount() else [])]
        metafunc.parametrize("kind", kinds)


def test_a_full_disk_loses_nothing_and_sending_resumes(
    kind: str, sqlite_template: Path, tmp_path: Path, fault: Fault
) -> None:
    act = by_its_limit if kind.startswith("SQLite") else on_a_volume
    with mail_server() as sink:
        became = apart(act, sqlite_template, tmp_path, sink.server)
        owed = Owed("sqlite", tmp_path, became["expected"], {})
        fault(
            f"F12 full disk ({kind})",
            owed.database,
            owed=COUNT,
            struck=1,
            lost=len(owed.lost(sink)),
            repeats=owed.repeats(sink),
            unexplained=owed.unexplained(sink, kills=1),
        )
        assert_nothing_lost(owed, sink, became)


def assert_nothing_lost(owed: Owed, sink: Sink, became: Mapping[str, Any]) -> None:
    assert "full" in became["while sweeping"]
    assert 0 < became["sent before"] < COUNT
    assert owed.lost(sink) == set()
    assert became["sweeps until all was sent"] <= 2
    assert owed.unexplained(sink, kills=1) == 0
    assert owed.unlabelled(sink) == []
    assert became["sound"] == "ok"
    if "answers" in became:
        assert became["answers"] == ANSWERS
        assert became["alarms"] == 1
        assert became["backup left"] == []
        assert became["wrong"] == []


def apart(act: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
    """Do something in a process of its own; return what it says, or raise how it failed."""
    there, here = FORK.Pipe()

    def run(here: Connection) -> None:
        try:
            here.send(act(*given))
        except BaseException:
            here.send({"failed": traceback.format_exc()})

    process = FORK.Process(target=run, args=(here,))
    process.start()
    here.close()
    found: dict[str, Any] = there.recv()
    process.join()
    there.close()
    assert "failed" not in found, found["failed"]
    return found


@dataclass
class Filling:
    """A post whose mails fill the disk: at the fifth there is no room left."""

    post: MailServerPost
    fills: Callable[[], object]
    taken: int = 0

    def deliver(self, message: EmailMessage) -> None:
        """Hand a mail over; then the disk may be full."""
        self.post.deliver(message)
        self.taken += 1
        if self.taken == 5:
            self.fills()


def sweep_until_full(
    desk: Desk, server: MailServer, fills: Callable[[], object]
) -> tuple[str, int]:
    """Sweep while the disk fills up; return what the database says, and how many were marked."""
    wrong = ""
    with MailServerPost(server) as post:
        try:
            sweep(desk, Filling(post, fills), at=MORNING + LATER)
        except OperationalError as full:
            wrong = str(full.orig)
    return wrong, marked(desk)


def marked(desk: Desk) -> int:
    with desk.engine.connect() as connection:
        sent = sa.text(
            "SELECT count(*) FROM reminder WHERE state = :state AND dedupe_key LIKE 'owed%'"
        )
        return int(connection.execute(sent, {"state": ReminderState.SENT.value}).scalar_one())


def sweep_on(desk: Desk, server: MailServer) -> int:
    """Sweep until all is sent; return how many sweeps that took."""
    for number in range(1, 5):
        with MailServerPost(server) as post:
            sweep(desk, post, at=MORNING + (number + 1) * LATER)
        if marked(desk) == COUNT:
            return number
    return 99


def soundness(desk: Desk) -> str:
    with desk.engine.connect() as connection:
        return str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())


# --- by SQLite's limit


def by_its_limit(template: Path, folder: Path, server: MailServer) -> dict[str, Any]:
    file = folder / "casemgr.sqlite3"
    file.write_bytes(template.read_bytes())
    owed = owe(f"sqlite:///{file}", folder, COUNT)
    engine = open_engine(owed.url)

    def fills() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE ballast (bytes BLOB)")
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            connection.commit()
            for size in (40_000, 4_000, 40):
                with suppress(OperationalError):
                    while True:
                        connection.exec_driver_sql(f"INSERT INTO ballast VALUES (zeroblob({size}))")
                        connection.commit()
                connection.rollback()

    desk = owed.desk(engine)
    wrong, before = sweep_until_full(desk, server, fills)
    engine.dispose()  # a new connection has no limit
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ballast")
    became = {
        "expected": owed.expected,
        "while sweeping": wrong,
        "sent before": before,
        "sweeps until all was sent": sweep_on(desk, server),
        "sound": soundness(desk),
    }
    engine.dispose()
    return became


# --- on a real volume

ANSWERS = {
    "due": 200, "due by its API": 200, "alive": 200, "task": 507, "upload": 507, "sign in": 507,
}  # fmt: skip


def on_a_volume(template: Path, folder: Path, server: MailServer) -> dict[str, Any]:
    volume = folder / "volume"
    volume.mkdir()
    mount(volume)
    file = volume / "casemgr.sqlite3"
    file.write_bytes(template.read_bytes())
    owed = owe(f"sqlite:///{file}", volume, COUNT)
    engine = open_engine(owed.url)
    desk = owed.desk(engine)
    asked, wrong_before = Asked(desk), found_wrong(desk)
    wrong, before = sweep_until_full(desk, server, lambda: fill(volume))
    became = {
        "expected": owed.expected,
        "while sweeping": wrong,
        "sent before": before,
        "answers": asked.answers(),
        "alarms": alarms(desk),
        "backup left": backup_left(desk, volume),
    }
    (volume / "ballast").unlink()
    became["sweeps until all was sent"] = sweep_on(desk, server)
    became["sound"] = soundness(desk)
    became["wrong"] = sorted(found_wrong(desk) - wrong_before)
    engine.dispose()
    return became


def found_wrong(desk: Desk) -> set[str]:
    """Return what breaks an invariant of the office, and what lies in its folders for nothing."""
    found, left_over = check_office(desk)
    return {str(each) for each in found if each.wrong} | set(left_over)


class Asked:
    """Somebody signed in, who reads and writes while there is no room."""

    def __init__(self, desk: Desk) -> None:
        with desk.work() as work:
            mira = work.session.exec(select(Person).where(Person.name == "Mira Castellan")).one()
            self.matter_id = work.session.exec(select(Matter.id)).one()
        cookie = makes.make_session(desk, mira)
        with desk.work() as work:  # long ago, so that a visit would be noted
            work.session.execute(
                sa.update(SignIn).values(seen_at=health.real_now() - timedelta(minutes=5))
            )
        self.client = TestClient(build(desk), base_url="http://127.0.0.1", headers=SAME_ORIGIN)
        self.client.cookies.set(desk.cookie, cookie)
        self.stranger = TestClient(
            self.client.app, base_url="http://127.0.0.1", headers=SAME_ORIGIN
        )

    def answers(self) -> dict[str, int]:
        """Return the status of each answer; what could not be served says when to try again."""
        task = {"matter_id": self.matter_id, "title": "Call", "due_on": "2010-11-05"}
        document = {"matter_id": self.matter_id, "document": '{"title": "A letter"}'}
        file = {"file": ("letter.pdf", b"%PDF-1.7\n%%EOF\n" + b"x" * 100_000)}
        found = {
            "due": self.client.get("/due"),
            "due by its API": self.client.get(f"{API}/deadlines"),
            "alive": self.client.get("/healthz"),
            "task": self.client.post(f"{API}/tasks", json=task),
            "upload": self.client.post(f"{API}/documents/upload", data=document, files=file),
            "sign in": self.stranger.post("/sign-in", data=ADA),
        }
        late = [name for name, each in found.items() if each.status_code == 507]
        assert all("Retry-After" in found[name].headers for name in late)
        return {name: each.status_code for name, each in found.items()}


def alarms(desk: Desk) -> int:
    """Return how many alarms go out within a quarter of an hour in which nothing can be noted."""
    post, now = Kept(), health.real_now() + timedelta(minutes=20)
    for minute in range(3):
        alarm.sound(desk, post, "Reminders do not go out.", now + timedelta(minutes=minute))
    return len(post.mails)


def backup_left(desk: Desk, volume: Path) -> list[str]:
    """Try to write a backup where there is no room; return what is left of it."""
    with pytest.raises((OSError, OperationalError), match=r"No space|full"):
        back_up(desk, volume / "office.backup", "a long enough passphrase")
    return [each.name for each in volume.iterdir() if "backup" in each.name]


@pytest.mark.parametrize(("journal", "whole"), [("OFF", False), ("DELETE", True)])
def test_the_check_sees_a_database_that_cannot_take_back_what_it_began(
    tmp_path: Path, journal: str, whole: bool
) -> None:
    """The control: without its journal a full disk leaves half of a transaction."""
    file = tmp_path / "x.sqlite3"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("CREATE TABLE said (words TEXT)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO said VALUES (?)", (("a" * 900,) for _ in range(400)))
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute("PRAGMA cache_size = 10")
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE said SET words = replace(words, 'a', 'b')")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        connection.executemany("INSERT INTO said VALUES (?)", (("b" * 900,) for _ in range(500)))
    connection.close()

    with closing(sqlite3.connect(file)) as again:
        half = again.execute("SELECT count(*) FROM said WHERE words LIKE 'b%'").fetchone()[0]
    assert (half == 0) is whole

"""Many reminders owed at one moment, what a mail server took of them, and sweeps that may die."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col

from casemgr.db.session import open_engine
from casemgr.db.tables import Deadline, Person, Reminder
from casemgr.desk import Desk
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState, Role, Side
from casemgr.mail.message import message_id
from casemgr.mail.server import MailServerPost
from casemgr.settings import MailServer
from casemgr.sweeping import sweep
from casemgr.usecases import owing
from tests import makes
from tests.reminders.sink import Sink

MORNING = datetime.combine(makes.TODAY, time(6), makes.ZONE)
LATER = timedelta(minutes=6)  # a lease has lapsed by then
EACH = 5  # dates for each person: one more, and they would come in one mail


@dataclass
class Owed:
    """An office that owes reminders, each the only one of its kind."""

    url: str
    data: Path
    expected: dict[str, str]  # Message-ID: dedupe key
    people: dict[str, str]  # address: id

    @property
    def database(self) -> str:
        """Return the name of the database it stands on."""
        return "SQLite" if self.url.startswith("sqlite") else "PostgreSQL"

    def desk(self, engine: Engine) -> Desk:
        """Return the desk of a process of its own."""
        return makes.make_desk(engine, self.data)

    def sent(self) -> set[str]:
        """Return which of what was owed is marked as sent."""
        return self._having(Reminder.state == ReminderState.SENT)

    def told_here(self) -> int:
        """Return how many were shown in the office."""
        return len(self._having(col(Reminder.told_at).is_not(None)))

    def _having(self, condition: Any) -> set[str]:
        engine = open_engine(self.url)
        with engine.connect() as connection:
            asked = sa.select(col(Reminder.dedupe_key)).where(condition)
            found = set(connection.execute(asked).scalars())
        engine.dispose()
        return found & set(self.expected.values())

    def states(self) -> Counter[ReminderState]:
        """Return how many of what was owed is where."""
        engine = open_engine(self.url)
        with engine.connect() as connection:
            asked = sa.select(Reminder.state).where(  # type: ignore[call-overload]
                sa.column("dedupe_key").in_(self.expected.values())
            )
            found = Counter(connection.execute(asked).scalars())
        engine.dispose()
        return found

    def lost(self, sink: Sink) -> set[str]:
        """Return what never arrived."""
        return set(self.expected) - set(sink.copies())

    def repeats(self, sink: Sink) -> int:
        """Return how many copies arrived beyond the first of each."""
        return sum(copies - 1 for id_, copies in sink.copies().items() if id_ in self.expected)

    def unexplained(self, sink: Sink, kills: int) -> int:
        """Return how many copies nobody can explain: beyond lost replies and kills."""
        return max(0, self.repeats(sink) - kills - sum(sink.silent.values()))

    def unlabelled(self, sink: Sink) -> list[str]:
        """Return the repeats that do not say that they are."""
        said = Counter(
            str(each["Message-ID"])
            for each in sink.took
            if str(each["Subject"]).startswith("(Possible repeat)")
        )
        return [
            id_ for id_, copies in sink.copies().items()
            if id_ in self.expected and copies - 1 > said[id_]
        ]  # fmt: skip


def owe(url: str, data: Path, count: int, *, days_ago: float = 0, each: int = EACH) -> Owed:
    """Make an office that owes so many reminders since a moment, `each` to one person."""
    engine = open_engine(url)
    desk = makes.make_desk(engine, data)
    with desk.work() as work:
        session = work.session
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.mira)
        dates: list[Deadline] = [
            makes.make_deadline(session, matter, whose=Side.OURS, title=f"Date {number}")
            for number in range(each)
        ]
        people: list[Person] = []
        for number in range(-(-count // each)):
            person = makes.make_person(session, f"P{number:04} Ames", Role.STAFF)
            makes.make_membership(session, person, matter)
            people.append(person)
        lines = [
            owing.line(
                kind=ReminderKind.DEADLINE,
                matter_id=matter.id,
                person_id=person.id,
                send_at=MORNING - timedelta(days=days_ago),
                key=f"owed:{row.id}:{person.id}",
                days_before=14,
                deadline_id=row.id,
                due_on=row.due,
            )
            for person in people
            for row in dates
        ][:count]
        owing.write(work, lines)
        found = Owed(
            url,
            data,
            {
                message_id(line["dedupe_key"], "office.invalid"): line["dedupe_key"]
                for line in lines
            },
            {person.email: person.id for person in people},
        )
    engine.dispose()
    return found


def run(url: str, data: Path, server: MailServer, at: datetime) -> None:
    """Sweep in a process of its own, until it is done or killed."""
    engine = open_engine(url)
    with MailServerPost(server) as post:
        sweep(makes.make_desk(engine, data), post, at=at)
    engine.dispose()

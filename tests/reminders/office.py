"""A matter in court, a date of ours, and sweeps at moments of our choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db import tables
from casemgr.db.tables import Deadline, Reminder
from casemgr.desk import Desk
from casemgr.domain.words import Side
from casemgr.sweeping import sweep
from casemgr.usecases import owing
from casemgr.usecases.work import Work
from tests import makes

DUE = makes.TODAY + timedelta(days=14)


@dataclass
class Post:
    """Takes mails away and keeps them; raises what it is told to, by address."""

    mails: list[EmailMessage] = field(default_factory=list)
    fails: dict[str, OSError] = field(default_factory=dict)

    def deliver(self, message: EmailMessage) -> None:
        """Keep a message, or fail."""
        [to] = message["To"].addresses
        if (why := self.fails.get(to.addr_spec)) is not None:
            raise why
        self.mails.append(message)

    def subjects(self, person: tables.Person | None = None) -> list[str]:
        """Return the subjects of the mails (to somebody), without the morning's lists."""
        return [
            str(each["Subject"])
            for each in self.mails
            if (person is None or person.email in str(each["To"]))
            and "What is due" not in str(each["Subject"])
        ]


@dataclass
class Office:
    """Ada and Mira are on the matter and Ada answers for it; the date is ours, in court."""

    desk: Desk
    cast: makes.Cast
    matter: tables.Matter
    lawsuit: tables.Lawsuit
    deadline: Deadline
    post: Post = field(default_factory=Post)

    def sweep(self, day: date, at: time = time(12)) -> int:
        """Sweep at a time of a day; return how many reminders went out."""
        return sweep(self.desk, self.post, at=moment(day, at))

    def reminders(self, **having: Any) -> Sequence[Reminder]:
        """Return the reminders whose columns have these values."""
        with self.desk.work(reads_only=True) as work:
            found = work.session.exec(select(Reminder).order_by(Reminder.send_at)).all()  # type: ignore[arg-type]
        return [each for each in found if all(getattr(each, k) == v for k, v in having.items())]


def moment(day: date, at: time = time(12)) -> datetime:
    """Return a time of a day in the office."""
    return datetime.combine(day, at, makes.ZONE)


def at_moment(work: Work, day: date, at: time = time(12)) -> Work:
    """Return the same work at a time of a day."""
    return replace(work, now=moment(day, at))


def make_office(engine: Engine, data: Path, due: date = DUE, **more: Any) -> Office:
    """Make the office; `more` are columns of the deadline."""
    desk = makes.make_desk(engine, data)
    with desk.work() as work:
        session = work.session
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.sam, cast.mira)
        makes.make_membership(session, cast.ada, matter, responsible=True)
        lawsuit = makes.make_lawsuit(session, matter)
        given = {"whose": Side.OURS, "lawsuit_id": lawsuit.id, **more}
        row = makes.make_deadline(session, matter, due, **given)
        owing.owe_reminders(work, row)
    return Office(desk, cast, matter, lawsuit, row)

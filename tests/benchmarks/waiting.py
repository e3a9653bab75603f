"""A great many reminders, written in seconds past the use cases: as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casemgr.db.tables import Reminder, Webhook
from casemgr.desk import Desk
from casemgr.domain.happenings import Happening
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import Role, Side
from casemgr.usecases import owing
from tests import makes

BATCH = 50_000
MORNING = datetime.combine(makes.TODAY, time(6), makes.ZONE)
_TABLE: Any = Reminder.__table__  # type: ignore[attr-defined]


def fill(desk: Desk, waiting: int, due: int, people: int) -> None:
    """Write so many reminders that wait for another year, and so many that are due."""
    matter_id, told, dates = _office(desk, people)
    lines = _lines(desk, waiting, due, matter_id, told, dates)
    with desk.engine.begin() as connection:
        for index in _TABLE.indexes:
            index.drop(connection)
        while batch := list(islice(lines, BATCH)):
            _write(connection, batch)
        for index in _TABLE.indexes:
            index.create(connection)
    if desk.engine.dialect.name == "postgresql":
        with desk.engine.begin() as connection:  # as autovacuum does, within a minute
            connection.exec_driver_sql("ANALYZE")


def _office(desk: Desk, people: int) -> tuple[str, list[str], list[str]]:
    with desk.work() as work:
        session = work.session
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.mira)
        dates = [
            makes.make_deadline(session, matter, whose=Side.OURS, title=f"Date {number}").id
            for number in range(50)
        ]
        told = [makes.make_person(session, f"P{n:04} Ames", Role.STAFF) for n in range(people)]
        for person in told:
            makes.make_membership(session, person, matter)
        session.add(
            Webhook(
                person_id=cast.mira.id,
                name="Chat",
                address="https://example.org/hook",
                happenings=[Happening.DATE_MOVED],
                salt="",
                made_at=work.now,
            )
        )
        return matter.id, [each.id for each in told], dates


def _lines(
    desk: Desk, waiting: int, due: int, matter_id: str, people: Sequence[str], dates: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    """Yield rows as the driver takes them; the moments and days are made ready once."""
    dialect = desk.engine.dialect
    ready = [
        each.type.bind_processor(dialect) or (lambda value: value)
        for each in (_TABLE.c[name] for name in _COLUMNS)
    ]
    when = [_moments(number) for number in range(701)]
    times = [tuple(make(at) for make, at in zip(ready[-2:], each, strict=True)) for each in when]
    whole = owing.line(
        kind=ReminderKind.DEADLINE, matter_id=matter_id, person_id="", send_at=MORNING, key=""
    )
    same = tuple(
        make(whole[name]) for make, name in zip(ready[:_SAME], _COLUMNS[:_SAME], strict=True)
    )
    for number in range(waiting + due):
        later = 0 if number < due else 1 + number % 700
        yield (
            *same,
            f"RM-{number:010d}",
            f"bench:{number:010d}",
            people[number % len(people)],
            dates[number // len(people) % len(dates)],
            *times[later],
        )


def _moments(later: int) -> tuple[datetime, date]:
    at = MORNING + timedelta(days=later)
    return at, at.date() + timedelta(days=7)


_OWN = ("id", "dedupe_key", "person_id", "deadline_id", "send_at", "due_on")
_COLUMNS = (
    "kind", "matter_id", "facts", "days_before", "channel", "state", "attempts", "unsure",
    "sent_to", "last_problem", *_OWN,
)  # fmt: skip
_SAME = len(_COLUMNS) - len(_OWN)


def _write(connection: Connection, batch: Sequence[tuple[object, ...]]) -> None:
    names = ", ".join(_COLUMNS)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(_COLUMNS))
        connection.exec_driver_sql(f"INSERT INTO reminder ({names}) VALUES ({marks})", list(batch))
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f"COPY reminder ({names}) FROM STDIN") as copy:
        for each in batch:
            copy.write_row(each)


def bare_claim(dialect: str) -> Any:
    """Return the least SQL that takes the same rows: no lease of others, no matter, no order kept
    but the same."""
    lock = "FOR UPDATE SKIP LOCKED" if dialect == "postgresql" else ""
    moment = Reminder.send_at.type  # type: ignore[attr-defined]
    return sa.text(_BARE.format(lock=lock)).bindparams(
        sa.bindparam("now", type_=moment), sa.bindparam("until", type_=moment)
    )


_BARE = """
UPDATE reminder SET state = 'claimed', claimed_by = 'bare', lease_until = :until,
  attempts = attempts + 1
WHERE id IN (SELECT id FROM reminder WHERE state IN ('pending', 'claimed') AND send_at <= :now
  AND (lease_until IS NULL OR lease_until <= :now) ORDER BY due_on, send_at, id LIMIT :most {lock})
"""

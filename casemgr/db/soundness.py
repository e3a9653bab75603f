"""What must be true of the rows as a whole, asked of the schema itself: no table is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, col

from casemgr.db import duties as lists
from casemgr.db.tables import Deadline, Lawsuit, LawsuitTrack, Reminder, Track
from casemgr.domain.reminders import MAIL
from casemgr.domain.words import ReminderState

Counted = tuple[int, list[str]]  # how many were looked at, and a sentence for each that is wrong
MOST = 20  # sentences of one kind; after that the number alone tells enough


def tables() -> list[sa.Table]:
    """Return every table, those that others refer to first."""
    return SQLModel.metadata.sorted_tables


def references(session: Session) -> Counted:
    """Check that what a row refers to is there, whatever the database was told to enforce."""
    looked, wrong = 0, list[str]()
    for table in tables():
        for column in table.columns:
            for key in column.foreign_keys:
                looked += 1
                wrong += _dangling(session, table, column, key.column)
    return looked, wrong


def _dangling(
    session: Session, table: sa.Table, column: sa.Column[str], wanted: sa.Column[str]
) -> list[str]:
    there = wanted.table.alias()
    asked = (
        sa.select(*table.primary_key.columns)
        .where(
            column.is_not(None),
            ~sa.exists().where(there.c[wanted.name] == column).correlate(table),
        )
        .limit(MOST)
    )
    return [
        f"{table.name} {'/'.join(map(str, row))}: its {column.name} is nowhere."
        for row in session.execute(asked)
    ]


_BTREES = """
SELECT c.oid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_am a ON a.oid = c.relam JOIN pg_class t ON t.oid = i.indrelid
WHERE a.amname = 'btree' AND t.relnamespace = current_schema()::regnamespace
  AND i.indisvalid AND i.indisready ORDER BY 1
"""
_AMCHECK = "SELECT to_regprocedure('bt_index_check(regclass, boolean)') IS NOT NULL"
NO_AMCHECK = (
    "indexes (no amcheck in this database)"  # templates/running/postgresql.sql puts it there
)


def indexes_said(session: Session) -> str:
    """Say whether the indexes can be looked at here: PostgreSQL needs its extension amcheck."""
    return "indexes lead to every row" if _reads_indexes(session) else NO_AMCHECK


def indexes(session: Session) -> Counted:
    """Check that every index is in order and leads to every row of its table."""
    if session.get_bind().dialect.name == "sqlite":
        names = session.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'index'"))
        return len(names.all()), _pages(session)
    if not _reads_indexes(session):
        return 0, []
    found = session.execute(sa.text(_BTREES)).scalars().all()
    return len(found), [says for name in found for says in _damaged(session, name)]


def _reads_indexes(session: Session) -> bool:
    sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite or bool(session.execute(sa.text(_AMCHECK)).scalar())


def _pages(session: Session) -> list[str]:
    """Return what SQLite finds wrong with its file: its pages, and every index of them."""
    said = session.execute(sa.text("PRAGMA integrity_check")).scalars().all()
    return [f"The file itself: {each}" for each in said if each != "ok"]


def _damaged(session: Session, index: str) -> Iterator[str]:
    """Ask in a savepoint: an index that is damaged ends the transaction otherwise."""
    try:
        with session.begin_nested():
            session.execute(
                sa.text("SELECT bt_index_check(CAST(:named AS regclass), true)"), {"named": index}
            )
    except DBAPIError as wrong:
        said = str(wrong.orig).splitlines()[0]
        yield f"index {index}: {said}. Type in psql: REINDEX INDEX {index}"


def versions(session: Session) -> Counted:
    """Check that no row that people edit stands at a version that nothing wrote."""
    looked = 0
    wrong: list[str] = []
    for table in tables():
        if "version" not in table.c:
            continue
        looked += _count(session, sa.select(sa.func.count()).select_from(table))
        asked = sa.select(*table.primary_key.columns).where(table.c.version < 1).limit(MOST)
        wrong += [f"{table.name} {row[0]}: it has no version." for row in session.execute(asked)]
    return looked, wrong


def matters(session: Session) -> Counted:
    """Check that whatever refers to another row of a matter is on the same matter."""
    looked = 0
    wrong: list[str] = []
    for table, column, other in _within_matters():
        looked += 1
        there = other.alias()
        asked = (
            sa.select(*table.primary_key.columns)
            .join(there, there.c.id == column)
            .where(there.c.matter_id != table.c.matter_id)
            .limit(MOST)
        )
        wrong += [
            f"{table.name} {row[0]}: its {column.name} is on another matter."
            for row in session.execute(asked)
        ]
    return looked + 1, wrong + _tracks_in_suit(session)


def _within_matters() -> Iterator[tuple[sa.Table, sa.Column[str], sa.Table]]:
    for table in tables():
        for column in table.columns if "matter_id" in table.c else ():
            for key in column.foreign_keys:
                if "matter_id" in key.column.table.c:
                    yield table, column, key.column.table


def _tracks_in_suit(session: Session) -> list[str]:
    asked = (
        sa.select(col(LawsuitTrack.lawsuit_id), col(LawsuitTrack.track_id))
        .join(Lawsuit, col(Lawsuit.id) == col(LawsuitTrack.lawsuit_id))
        .join(Track, col(Track.id) == col(LawsuitTrack.track_id))
        .where(col(Track.matter_id) != col(Lawsuit.matter_id))
    )
    return [
        f"lawsuit {lawsuit}: track {track} in suit is on another matter."
        for lawsuit, track in session.execute(asked)
    ]


def current_deadlines(session: Session) -> Counted:
    """Check that of each deadline one row at most is current, and that the others say why."""
    looked = _count(session, sa.select(sa.func.count(sa.distinct(col(Deadline.key)))))
    twice = (
        sa.select(col(Deadline.key))
        .where(col(Deadline.superseded_on).is_(None))
        .group_by(col(Deadline.key))
        .having(sa.func.count() > 1)
    )
    mute = sa.select(col(Deadline.id)).where(
        col(Deadline.superseded_on).is_not(None), col(Deadline.superseded_because) == ""
    )
    return looked, [
        *(f"deadline {key}: two rows are current." for key in session.scalars(twice)),
        *(f"deadline {each}: superseded, and nothing says why." for each in session.scalars(mute)),
    ]


def reminders(session: Session, today: date) -> Counted:
    """Check that only open deadlines are still to be reminded of, and that what went says when."""
    looked = _count(session, sa.select(sa.func.count()).select_from(Reminder))
    waiting = col(Reminder.state).in_([ReminderState.PENDING, ReminderState.CLAIMED])
    ended = sa.or_(col(Deadline.superseded_on) <= today, col(Deadline.done_on) <= today)
    owed = (
        sa.select(col(Reminder.id))
        .join(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
        .where(waiting, ended, col(Reminder.channel) == MAIL)
        .limit(MOST)
    )
    sent = sa.select(col(Reminder.id)).where(
        col(Reminder.state) == ReminderState.SENT, col(Reminder.sent_at).is_(None)
    )
    return looked, [
        *(f"reminder {each}: its deadline is no longer open." for each in session.scalars(owed)),
        *(f"reminder {each}: sent, and nothing says when." for each in session.scalars(sent)),
    ]


def duties(session: Session, today: date) -> Counted:
    """Check that for whatever is open somebody of its matter will be there on its day."""
    given = {"today": today, "floor": today}
    looked = int(session.execute(lists.HOW_MANY, given).scalar_one())
    alone = session.execute(lists.DUTIES_ALONE.limit(MOST), given)
    return looked, [
        f"{row.kind} {row.id}: nobody of its matter will be there "
        f"{'on ' + row.day.isoformat() if row.day and row.day >= today else 'to do it'}. "
        "Hand it over."
        for row in alone
    ]


def _count(session: Session, asked: sa.Select[int]) -> int:
    return int(session.execute(asked).scalar_one())

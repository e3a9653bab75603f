"""One row in every table, made from the schema itself: a new table cannot be forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

from casemgr.db.soundness import tables

Rows = dict[str, dict[str, Any]]

DAY = date(2010, 10, 29)
MOMENT = datetime(2010, 10, 29, 13, 30, 15, 123456, tzinfo=UTC)
THERE_ALREADY = {"history_head"}  # the migration makes it
SAMPLES: tuple[tuple[type[Any], Any], ...] = (
    (sa.Boolean, True),
    (sa.Integer, 1),
    (sa.Date, DAY),
    (UTCDateTime, MOMENT),
    (sa.JSON, [{"says": "“§”", "n": 1.5}]),
)
# Where a check of the database wants more than a value of the right type.
MEANT: Rows = {
    "closure": {"kind": "clerk_inaccessible", "court_id": "nysd", "agency_id": None},
    "deadline": {"kind": "rule"},
    "legal_hold": {
        "release_asked_by": None,
        "release_asked_at": None,
        "released_by": None,
        "released_at": None,
    },
    "wall": dict.fromkeys(
        ("up_by", "up_at", "lift_asked_by", "lift_asked_at", "down_by", "down_at")
    ),
    "emergency": dict.fromkeys(("opened_by", "opened_at", "until_at", "ended_by", "ended_at")),
    "reminder": {"task_id": None},
    "reminder_policy": {"person_id": None},
}


def make_one_of_each(session: Session) -> Rows:
    """Put one row into every table, each referring to the others wherever it can."""
    made: Rows = {}
    for table in tables():
        if table.name in THERE_ALREADY:
            continue
        values = {column.name: _value(column, made) for column in table.columns}
        made[table.name] = values | MEANT.get(table.name, {})
        session.execute(table.insert().values(made[table.name]))
    return made


def _value(column: sa.Column[Any], made: Rows) -> Any:
    for key in column.foreign_keys:
        above = key.column.table
        return None if above is column.table else made[above.name][key.column.name]
    kind = column.type
    if isinstance(kind, sa.Enum):
        return kind.enums[0]
    for meant, value in SAMPLES:
        if isinstance(kind, meant):
            return value
    length = getattr(kind, "length", None) or 60
    return "X-1" if column.primary_key else f"{column.table.name} “§”"[:length]

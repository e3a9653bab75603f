"""Read the sealed history as it is stored, a few thousand records at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from casemgr.db.tables import HistoryHead
from casemgr.domain.audit import SEALED, canonical
from casemgr.domain.chain import Head, Stored

AT_ONCE = 2000

_DECODE = json.JSONDecoder().raw_decode

# The stored words themselves, not what a type makes of them: a record that somebody spoilt must be
# named, not stop the check. Both give the moment as the seal has it.
_AT = {
    "sqlite": "replace(at, ' ', 'T') || '+00:00'",
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
}
_READ = (*(name for name in SEALED if name not in {"at", "facts"}), "at")

# How each database writes `audit.canonical` of a record out of what lies there: to put it together
# here, a hundred thousand times, is most of the whole check. The keys stand in their order. From
# SQLite it comes as bytes: a text that is no text any more is then a wrong record, and no error.
_WHOLE = {
    "sqlite": (
        "CAST(json_object('at', {at}, 'facts', json(facts), 'matter_id', matter_id, "
        "'person_id', person_id, 'person_name', person_name, 'seq', seq, 'subject_id', subject_id, "
        "'subject_kind', subject_kind, 'what', what) AS BLOB)"
    ),
    "postgresql": (
        """'{{"at":' || to_json({at}) || ',"facts":' || facts || ',"matter_id":' || """
        """coalesce(to_json(matter_id)::text, 'null') || ',"person_id":' || """
        """coalesce(to_json(person_id)::text, 'null') || ',"person_name":' || """
        """to_json(person_name) || ',"seq":' || seq || ',"subject_id":' || """
        """to_json(subject_id) || ',"subject_kind":' || to_json(subject_kind) || """
        """',"what":' || to_json(what) || '}}'"""
    ),
}


def newest(session: Session) -> Head:
    """Return the number and seal that the database says its newest record has."""
    head = session.exec(select(HistoryHead).where(col(HistoryHead.id) == 1)).one_or_none()
    return Head(0, "") if head is None else Head(head.seq, head.seal)


def stored(session: Session) -> Iterator[Stored]:
    """Yield every record in the order of the numbers."""
    last = None
    try:
        for record in _quickly(session):
            yield record
            last = record.seq
    except OperationalError:  # SQLite writes no JSON of what cannot be one: on, one by one
        yield from _one_by_one(session, last)


def _quickly(session: Session) -> Iterator[Stored]:
    dialect = session.get_bind().dialect.name
    whole = _WHOLE[dialect].format(at=_AT[dialect])
    asked = sa.text(f"SELECT seq, {whole}, seal FROM history_entry ORDER BY seq")  # noqa: S608 - ours
    # Closed by whoever stops early: the first record that is wrong ends the check.
    with session.execute(asked, execution_options={"yield_per": AT_ONCE}) as rows:
        for part in rows.partitions(AT_ONCE):
            for seq, sealed, seal in part:
                as_bytes = sealed.encode() if isinstance(sealed, str) else sealed
                yield Stored(seq, as_bytes, str(seal), partial(_anew, session, seq))


def _one_by_one(session: Session, after: int | None) -> Iterator[Stored]:
    asked = sa.text("SELECT seq, CAST(seal AS BLOB) FROM history_entry ORDER BY seq")
    for seq, seal in session.execute(asked).all():
        if after is None or seq > after:
            said = seal.decode(errors="replace") if isinstance(seal, bytes) else str(seal)
            yield Stored(seq, _anew(session, seq), said)


def _anew(session: Session, seq: int) -> bytes | None:
    """Return the canonical form of one record, whatever way its facts are laid out."""
    columns = _columns(session.get_bind().dialect.name)
    asked = sa.text(f"SELECT {columns} FROM history_entry WHERE seq = :seq")  # noqa: S608 - ours
    try:
        return _stored(session.execute(asked, {"seq": seq}).one()).sealed
    except OperationalError:  # SQLite holds a text that is none
        return None


def _columns(dialect: str) -> str:
    facts = "CAST(facts AS BLOB)" if dialect == "sqlite" else "facts::text"
    return f"{', '.join(_READ[:-1])}, {_AT[dialect]} AS at, {facts} AS facts, seal"


def of_matter(session: Session, matter_id: str) -> Iterator[tuple[str, Stored]]:
    """Yield every record of one matter, with the seal of the record before it.

    With both and the key anybody can check a record without the ones between, which are of others.
    """
    asked = sa.text(
        f"SELECT {_columns(session.get_bind().dialect.name)}, "  # noqa: S608 - ours
        "(SELECT b.seal FROM history_entry AS b WHERE b.seq = history_entry.seq - 1) AS before "
        "FROM history_entry WHERE matter_id = :matter_id ORDER BY history_entry.seq"
    ).bindparams(matter_id=matter_id)
    with session.execute(asked, execution_options={"yield_per": AT_ONCE}) as rows:
        for part in rows.partitions(AT_ONCE):
            for row in part:
                yield row[-1] or "", _stored(row[:-1])


def _stored(row: Sequence[Any]) -> Stored:
    """Return a record with its canonical form made anew, whatever way its facts are laid out."""
    *values, facts, seal = row
    try:
        said = dict(zip(_READ, values, strict=True)) | {"facts": _one_value(facts)}
        return Stored(row[0], canonical(said), str(seal))
    except (TypeError, ValueError):
        return Stored(row[0], None, str(seal))


def _one_value(facts: str | bytes) -> Any:
    """Return the one JSON value that a text is; nothing of it can stand for another column."""
    text = facts.decode() if isinstance(facts, bytes) else facts
    held, end = _DECODE(text)
    if end != len(text):
        raise ValueError("more than one value")
    return held

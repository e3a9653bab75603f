"""Read the sealed history as it is stored, a few thousand records at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from casemgr.db.tables import HistoryHead
from casemgr.domain.audit import SEALED, canonical
from casemgr.domain.chain import EMPTY, Head, Stored

AT_ONCE = 600

_DECODE = json.JSONDecoder().raw_decode

# The stored words themselves, not what a type makes of them: a record that somebody spoilt must be
# named, not stop the check. Both give the moment as the seal has it.
_AT = {
    "sqlite": "replace(at, ' ', 'T') || '+00:00'",
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
}
_LONG_AT = len("2010-10-29 20:13:41.028638")
_READ = (*(name for name in SEALED if name not in {"at", "facts"}), "at")

# Each database writes most of `audit.canonical` of a record out of what lies there: to put it all
# together here, a hundred thousand times, is most of the whole check. The keys stand in order.
# The facts are taken as they lie there: what stands around them is quoted or of one length, so no
# other record can come to the same words.
_AFTER_FACTS = sorted({*SEALED} - {"at", "facts"})
# As bytes: a text that is no text any more is then a wrong record, and no error.
_PARTS_OF_SQLITE = (
    "CAST(at AS BLOB), CAST(facts AS BLOB), CAST(json_object("
    + ", ".join(f"'{name}', {name}" for name in _AFTER_FACTS)
    + ") AS BLOB)"
)
_WHOLE_OF_POSTGRESQL = (
    f"""'{{"at":' || to_json({_AT["postgresql"]}) || ',"facts":' || facts || ',"matter_id":' || """
    """coalesce(to_json(matter_id)::text, 'null') || ',"person_id":' || """
    """coalesce(to_json(person_id)::text, 'null') || ',"person_name":' || """
    """to_json(person_name) || ',"seq":' || seq || ',"subject_id":' || """
    """to_json(subject_id) || ',"subject_kind":' || to_json(subject_kind) || """
    """',"what":' || to_json(what) || '}'"""
)


_NEWEST = sa.select(col(HistoryHead.seq), col(HistoryHead.seal)).where(col(HistoryHead.id) == 1)


def newest(session: Session) -> Head:
    """Return the number and seal that the database says its newest record has."""
    head = session.execute(_NEWEST).one_or_none()
    return EMPTY if head is None else Head(*head)


def stored(session: Session) -> Iterator[Stored]:
    """Yield every record in the order of the numbers."""
    last = None
    try:
        for record in _quickly(session):
            yield record
            last = record.seq
    except sqlite3.OperationalError:  # it writes no JSON of what cannot be one: on, one by one
        yield from _one_by_one(session, last)


def _quickly(session: Session) -> Iterator[Stored]:
    again = partial(_anew, session)
    sqlite = session.get_bind().dialect.name == "sqlite"
    # Closed by whoever stops early: the first record that is wrong ends the check.
    with closing((_of_sqlite if sqlite else _of_postgresql)(session)) as parts:
        for part in parts:
            for seq, sealed, seal in part:
                yield Stored(seq, sealed, seal, again)


_Parts: TypeAlias = Generator[list[tuple[int, bytes | None, str]], None, None]


def _of_sqlite(session: Session) -> _Parts:
    # As the driver gives them: to make rows of them is a sixth of the whole check.
    cursor = session.connection().connection.cursor()
    try:
        cursor.execute(f"SELECT seq, {_PARTS_OF_SQLITE}, seal FROM history_entry ORDER BY seq")  # noqa: S608 - ours
        while part := cursor.fetchmany(AT_ONCE):
            yield [(seq, _joined(at, facts, more), seal) for seq, at, facts, more, seal in part]
    finally:
        with suppress(sqlite3.ProgrammingError):  # who stopped early may have closed all of it
            cursor.close()


def _joined(at: bytes, facts: bytes, more: bytes) -> bytes | None:
    # SQLite takes longer to write a moment as the seal has it than this does. One of another
    # length is not as we write it; that record is looked at again, value by value.
    if len(at) != _LONG_AT:
        return None
    return b'{"at":"%bT%b+00:00","facts":%b,%b' % (at[:10], at[11:], facts, more[1:])


def _of_postgresql(session: Session) -> _Parts:
    asked = sa.text(f"SELECT seq, {_WHOLE_OF_POSTGRESQL}, seal FROM history_entry ORDER BY seq")  # noqa: S608 - ours
    with session.execute(asked, execution_options={"yield_per": AT_ONCE}) as rows:
        for part in rows.partitions(AT_ONCE):
            yield [(seq, sealed and sealed.encode(), seal) for seq, sealed, seal in part]


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

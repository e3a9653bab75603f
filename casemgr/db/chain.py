"""Read the sealed history as it is stored, a few thousand records at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casemgr.db.tables import HistoryHead
from casemgr.domain.audit import SEALED
from casemgr.domain.chain import Head, Stored

AT_ONCE = 2000

_text = json.encoder.encode_basestring  # a JSON string, other signs than ASCII left as they are
_DECODE = json.JSONDecoder().raw_decode
_ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode

# The stored words themselves, not what a type makes of them: a record that somebody spoilt must be
# named, not stop the check. Both give the moment as the seal has it.
_AT = {
    "sqlite": "replace(at, ' ', 'T') || '+00:00'",
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
}
_COLUMNS = ", ".join(name for name in SEALED if name not in {"at", "facts"})


def newest(session: Session) -> Head:
    """Return the number and seal that the database says its newest record has."""
    head = session.exec(select(HistoryHead).where(col(HistoryHead.id) == 1)).one_or_none()
    return Head(0, "") if head is None else Head(head.seq, head.seal)


def stored(session: Session) -> Iterator[Stored]:
    """Yield every record in the order of the numbers."""
    at = _AT[session.get_bind().dialect.name]
    asked = sa.text(
        f"SELECT {_COLUMNS}, {at} AS at, CAST(facts AS TEXT) AS facts, seal "  # noqa: S608 - ours
        "FROM history_entry ORDER BY seq"
    )
    # Closed by whoever stops early: the first record that is wrong ends the check.
    with session.execute(asked, execution_options={"yield_per": AT_ONCE}) as rows:
        for part in rows.partitions(AT_ONCE):
            yield from map(_as_it_lies, part)


def of_matter(session: Session, matter_id: str) -> Iterator[tuple[str, Stored]]:
    """Yield every record of one matter, with the seal of the record before it.

    With both and the key anybody can check a record without the ones between, which are of others.
    """
    at = _AT[session.get_bind().dialect.name]
    asked = sa.text(
        f"SELECT {_COLUMNS}, {at} AS at, CAST(facts AS TEXT) AS facts, seal, "  # noqa: S608 - ours
        "(SELECT b.seal FROM history_entry AS b WHERE b.seq = history_entry.seq - 1) AS before "
        "FROM history_entry WHERE matter_id = :matter_id ORDER BY history_entry.seq"
    ).bindparams(matter_id=matter_id)
    with session.execute(asked, execution_options={"yield_per": AT_ONCE}) as rows:
        for part in rows.partitions(AT_ONCE):
            for row in part:
                yield row[-1] or "", _stored(row[:-1])


def _as_it_lies(row: Sequence[Any]) -> Stored:
    """Take the facts word for word: to write them anew is half of the whole check, and the seal
    says whether they are in the one form it was made over."""
    facts = row[8] if _is_one_value(row[8]) else None
    sealed = None if facts is None else _sealed(row, facts)
    return Stored(row[0], sealed, str(row[9]), lambda: _stored(row).sealed)


def _stored(row: Sequence[Any]) -> Stored:
    try:
        facts = _compact(row[8])
    except (TypeError, ValueError):
        return Stored(row[0], None, str(row[9]))
    return Stored(row[0], _sealed(row, facts), str(row[9]))


def _sealed(row: Sequence[Any], facts: str) -> bytes | None:
    seq, person_id, person_name, what, matter_id, subject_kind, subject_id, at, _, _ = row
    try:
        # `audit.canonical`, written out: a hundred thousand times, going through a dict is half
        # of the whole check. A test holds the two forms to each other.
        return (
            f'{{"at":{_text(at)},"facts":{facts},"matter_id":{_text_or_null(matter_id)},'
            f'"person_id":{_text_or_null(person_id)},"person_name":{_text(person_name)},'
            f'"seq":{seq:d},"subject_id":{_text(subject_id)},"subject_kind":{_text(subject_kind)},'
            f'"what":{_text(what)}}}'
        ).encode()
    except (TypeError, ValueError):
        return None


def _text_or_null(value: str | None) -> str:
    return "null" if value is None else _text(value)


def _is_one_value(facts: Any) -> bool:
    """Say whether a text is one whole JSON value: nothing of it can stand for another column."""
    try:
        return bool(_DECODE(facts)[1] == len(facts))
    except (TypeError, ValueError):
        return False


def _compact(facts: str) -> str:
    held, end = _DECODE(facts)
    if end != len(facts):
        raise ValueError("more than one value")
    return _ENCODE(held)

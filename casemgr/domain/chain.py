"""Follow the seals of the history from the first record to the newest, and name the first bad one.

A chain alone does not show that its end was cut off: who holds the database can put the head back
too. So heads are kept elsewhere (a file, day by day), and the chain is held against them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from casemgr.domain import audit


class Head(NamedTuple):
    """How far the history reached at a moment: the newest record's number and its seal."""

    seq: int
    seal: str
    at: datetime | None = None


EMPTY = Head(0, "")
Seals: TypeAlias = Callable[[str, bytes], str]


def _unreadable(_seq: int) -> bytes | None:
    return None


class Stored(NamedTuple):
    """One record as the database holds it; `sealed` is None where it cannot even be read.

    `sealed` is its canonical form (`audit.canonical`): what its seal was made over. It may be taken
    from what lies there word for word; `again` then makes that of a number anew, for a database
    that lays facts out in another way.
    """

    seq: int
    sealed: bytes | None
    seal: str
    again: Callable[[int], bytes | None] = _unreadable


@dataclass(frozen=True, slots=True)
class Broken:
    """The first record that is not as it was written, and in what way."""

    seq: int
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What following the chain found. `last` is the newest record that is certainly right."""

    last: Head
    heads: int
    broken: Broken | None = None

    @property
    def holds(self) -> bool:
        """Say whether every record is as it was written, and none is gone."""
        return self.broken is None

    @property
    def says(self) -> str:
        """Return what was found, in a sentence."""
        if self.broken is not None:
            return self.broken.says
        kept = "1 kept head" if self.heads == 1 else f"{self.heads:,} kept heads"
        return f"The seal holds: {self.last.seq:,} records are as written, held against {kept}."


def follow(
    key: bytes, stored: Iterable[Stored], newest: Head, kept: Sequence[Head] = ()
) -> Checked:
    """Check every record's number and seal, then the head, then the heads kept elsewhere.

    `stored` comes in the order of the numbers; `newest` is what the database says its newest
    record is. The first thing that is wrong is named and nothing after it is looked at.
    """
    wanted: dict[int, list[Head]] = {}
    for head in kept:
        wanted.setdefault(head.seq, []).append(head)
    seq, seal, seals = EMPTY.seq, EMPTY.seal, audit.sealer(key)
    for record in stored:
        number, sealed, its_seal, _ = record
        # Nearly every record is right at once: to ask no further saves a tenth of the time.
        right = number == seq + 1 and sealed is not None and seals(seal, sealed) == its_seal
        if not right or number in wanted:
            last = Head(seq, seal)
            broken = _wrong(seals, last, record) or _unlike(record, wanted.get(number, ()))
            if broken is not None:
                return Checked(last, len(kept), broken)
        seq, seal = number, its_seal
    last = Head(seq, seal)
    return Checked(last, len(kept), _cut_off(last, newest, kept))


def _wrong(seals: Seals, last: Head, record: Stored) -> Broken | None:
    if record.seq != last.seq + 1:
        return Broken(
            last.seq + 1,
            f"Record {last.seq + 1:,} is missing: number {record.seq:,} comes after {last.seq:,}.",
        )
    if not _fits(seals, last, record):
        return Broken(
            record.seq,
            f"Record {record.seq:,} is not as it was written: its seal does not fit. "
            + (
                "As it is the first, this may also be another office's history.key."
                if record.seq == 1
                else "What comes after it proves nothing."
            ),
        )
    return None


def _fits(seals: Seals, last: Head, record: Stored) -> bool:
    if record.sealed is not None and seals(last.seal, record.sealed) == record.seal:
        return True
    anew = record.again(record.seq)
    return anew is not None and seals(last.seal, anew) == record.seal


def _unlike(record: Stored, heads: Sequence[Head]) -> Broken | None:
    other = next((head for head in heads if head.seal != record.seal), None)
    if other is None:
        return None
    return Broken(
        record.seq, f"Record {record.seq:,} is not the one whose seal was kept{_when(other)}."
    )


def _cut_off(last: Head, newest: Head, kept: Sequence[Head]) -> Broken | None:
    if (newest.seq, newest.seal) != (last.seq, last.seal):
        return Broken(
            last.seq + 1,
            f"The records end at {last.seq:,}, and the database says its newest is "
            f"{newest.seq:,}: what came after {last.seq:,} was taken away or put in.",
        )
    beyond = [head for head in kept if head.seq > last.seq]
    if not beyond:
        return None
    first = min(beyond, key=lambda head: head.seq)
    return Broken(
        last.seq + 1,
        f"The records end at {last.seq:,}, but there were {first.seq:,}{_when(first)}: the end was "
        "cut off, or an older copy of the database was put in its place.",
    )


def _when(head: Head) -> str:
    return "" if head.at is None else f" on {head.at:%Y-%m-%d}"

"""The entries of one case on their way in: every row at once, each tied to what it answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.tables import DocketEntry, DocketLine, DocketPaper, Lawsuit
from casemgr.dockets.shapes import EntryRead
from casemgr.domain.docket_merge import Placed, fullest
from casemgr.domain.docket_text import OF_THE_COURT, EntryText, read_entry
from casemgr.domain.docket_ties import Named, Tie, ties
from casemgr.domain.names import alike as same_name
from casemgr.domain.words import Certainty, Confidence, EntryKind, Side
from casemgr.fields import new_code
from casemgr.usecases import lawsuit_facts, records
from casemgr.usecases.work import Work

_ENTRIES: Any = DocketEntry.__table__  # type: ignore[attr-defined]
_LINES: Any = DocketLine.__table__  # type: ignore[attr-defined]
_TIED = (
    sa.update(_ENTRIES)
    .where(_ENTRIES.c.id == sa.bindparam("of"))
    .values(answers_id=sa.bindparam("answers"), decides_ids=sa.bindparam("decides"))
)
_READINGS = sa.select(
    _LINES.c.docket_entry_id, _LINES.c.filed_on, _LINES.c.entered_on, _LINES.c.says
).where(_LINES.c.docket_entry_id.in_(sa.bindparam("ids", expanding=True)))
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class New:
    """An entry as it was written: enough to name it in the history."""

    __tablename__: ClassVar[str] = "docket_entry"

    id: str
    matter_id: str
    number: int | None
    part: int | None
    kind: EntryKind
    filed_on: date
    certainty: Certainty


class Taking:
    """The lines of one case: what is new is added, what reads otherwise is kept beside ours.

    Rows are written as columns and all together: a docket has thousands, and making an object of
    each would cost more than everything else.
    """

    def __init__(
        self,
        work: Work,
        lawsuit: Lawsuit,
        paper: DocketPaper,
        source: str,
        sides: Sequence[tuple[str, Side]],
    ) -> None:
        self.work, self.lawsuit, self.paper, self.source = work, lawsuit, paper, source
        self.sides = sides
        self.rows: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.texts: dict[str, EntryText] = {}
        self.beside: set[str] = set()
        self.done = Counter({"new": 0, "joined": 0, "read otherwise": 0})

    def add(self, at: int, line: EntryRead) -> None:
        """Add a line as an entry of its own."""
        read = read_entry(line.says)
        row = self._row(line, read)
        self.rows.append(row)
        self.texts[row["id"]] = read
        self._read(at, line, row["id"])
        self.done["new"] += 1

    def keep_beside(self, at: int, line: EntryRead, placed: Placed) -> None:
        """Keep what the paper says beside the entry on file, which stays as it is."""
        assert placed.entry_id is not None
        self._read(at, line, placed.entry_id)
        self.beside.add(placed.entry_id)
        self.done["read otherwise"] += 1

    def join(self, at: int, line: EntryRead, placed: Placed) -> None:
        """Give an entry whose number nobody knew the number the paper has for it."""
        assert placed.entry_id is not None
        entry = self.work.session.get_one(DocketEntry, placed.entry_id)
        known = {"number": line.number, "court_document": line.court_document}
        records.assign(self.work, entry, {**known, "entered_on": _entered(line, self.work.today)})
        self._read(at, line, entry.id)
        self.done["joined"] += 1

    def finish(self) -> Counter[str]:
        """Write the rows, tie each to what it answers and decides, and say what was done."""
        self.work.session.flush()
        if self.rows:
            self.work.session.execute(_ENTRIES.insert(), self.rows)
        if self.lines:
            self.work.session.execute(_LINES.insert(), self.lines)
        self._show_fullest()
        self._tie()
        for row in self.rows:
            new = New(**{name: row[name] for name in New.__slots__})
            self.work.record("docket_entry.recorded", new, title=lawsuit_facts.name(new))
        return self.done

    def _row(self, line: EntryRead, read: EntryText) -> dict[str, Any]:
        # A judgment goes against somebody: until a person says whom, both are told the time.
        both = [Side.OURS.value, Side.THEIRS.value]
        return {
            "id": new_code("DE"),
            "version": 1,
            "matter_id": self.lawsuit.matter_id,
            "lawsuit_id": self.lawsuit.id,
            "number": line.number,
            "part": line.part,
            "kind": EntryKind.OTHER if line.part is not None else read.kind,
            "filed_by": self._side(read.kind, read.filers),
            "filed_on": line.filed_on,
            "entered_on": _entered(line, self.work.today),
            "until_on": None,
            "certainty": Certainty.EXACT,
            "says": line.says[:LONGEST],
            "court_document": line.court_document,
            "answers_id": None,
            "hurts": both if read.kind is EntryKind.JUDGMENT else [],
            "document_id": None,
            "decides_ids": [],
            "source": self.source,
            "confidence": Confidence.OURS,
            "known_on": self.work.today,
        }

    def _read(self, at: int, line: EntryRead, entry_id: str) -> None:
        self.lines.append(
            {
                "id": new_code("DL"),
                "docket_paper_id": self.paper.id,
                "docket_entry_id": entry_id,
                "position": at,
                "filed_on": line.filed_on,
                "entered_on": line.entered_on,
                "says": line.says[:LONGEST],
            }
        )

    def _side(self, kind: EntryKind, filers: str) -> Side:
        if kind in OF_THE_COURT:
            return Side.COURT
        found = next((side for name, side in self.sides if _named_in(name, filers)), None)
        if found is not None:
            return found
        return {EntryKind.COMPLAINT: Side.OURS, EntryKind.ANSWER: Side.THEIRS}.get(kind, Side.COURT)

    def _show_fullest(self) -> None:
        """Let an entry that papers read differently show the fullest reading; all are kept.

        What somebody typed or corrected is no paper's reading and stays.
        """
        read: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self.work.session.execute(_READINGS, {"ids": sorted(self.beside)}):
            read[row.docket_entry_id].append(row)
        for entry_id, readings in read.items():
            entry = self.work.session.get_one(DocketEntry, entry_id)
            shown = fullest(readings)
            if entry.says != shown.says and any(each.says == entry.says for each in readings):
                self._show(entry, shown, readings)
        self.work.session.flush()

    def _show(self, entry: DocketEntry, shown: Any, readings: Sequence[Any]) -> None:
        before, after = read_entry(entry.says), read_entry(shown.says)
        if entry.kind is before.kind and entry.part is None:
            entry.kind = after.kind
        if entry.filed_by is self._side(before.kind, before.filers):
            entry.filed_by = self._side(after.kind, after.filers)
        if any(each.filed_on == entry.filed_on for each in readings):
            entry.filed_on = shown.filed_on
        if any(each.entered_on == entry.entered_on for each in readings):
            entry.entered_on = shown.entered_on
        entry.says = shown.says
        self.work.session.add(entry)

    def _tie(self) -> None:
        """Tie the entries to what they answer and decide, new ones and those on file.

        Of an entry on file only that is tied anew which its text names since these lines came in,
        and only where nobody had tied it otherwise than its text did before.
        """
        if not self.texts:
            return
        stands = {row.id: row for row in self._on_file()}
        docket = [self._named(row) for row in stands.values()]
        before = ties(each for each in docket if each.id not in self.texts)
        changed = [
            {"of": entry_id, "answers": answers_id, "decides": decides}
            for entry_id, tie in ties(docket).items()
            for answers_id, decides in [self._tied(stands[entry_id], tie, before.get(entry_id))]
            if (answers_id, decides) != (stands[entry_id].answers_id, stands[entry_id].decides_ids)
        ]
        if changed:
            self.work.session.execute(_TIED, changed)

    def _tied(self, row: Any, tie: Tie, before: Tie | None) -> tuple[str | None, list[str]]:
        if before is None:
            return tie.answers_id, list(tie.decides_ids)
        more = [each for each in tie.decides_ids if each in self.texts]
        decides = [*row.decides_ids, *(each for each in more if each not in row.decides_ids)]
        by_its_text = row.answers_id in (None, before.answers_id)
        if by_its_text and tie.answers_id not in (None, before.answers_id):
            return tie.answers_id, decides
        return row.answers_id, decides

    def _named(self, row: Any) -> Named:
        read = self.texts.get(row.id)
        if read is None and row.filed_on >= self._first_on:
            read = read_entry(row.says)  # of an older entry nothing new is answered or decided
        return Named(
            row.id,
            row.number,
            row.part,
            row.kind,
            row.filed_on,
            answers=read.answers if read else (),
            decides=read.decides if read else (),
            answers_id=row.answers_id,
        )

    @cached_property
    def _first_on(self) -> date:
        days: list[date] = [row["filed_on"] for row in self.rows]
        return min(days, default=date.min)

    def _on_file(self) -> Iterator[Any]:
        columns = ("id", "number", "part", "kind", "filed_on", "says", "answers_id", "decides_ids")
        yield from self.work.session.execute(
            sa.select(*(_ENTRIES.c[name] for name in columns)).where(
                col(DocketEntry.lawsuit_id) == self.lawsuit.id
            )
        )


def _named_in(name: str, filers: str) -> bool:
    if not filers:
        return False
    return name.casefold() in filers.casefold() or same_name(name, filers)


def _entered(line: EntryRead, today: date) -> date | None:
    return line.entered_on if line.entered_on and line.entered_on <= today else None

"""The list of requests as a file, CSV or workbook: what the filters leave, all of it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ClassVar, Literal

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.tables import Track, TrackingNumber
from casemgr.files.sheet_writer import CSV, XLSX, Value, write_csv, write_xlsx
from casemgr.usecases.letters import Opens
from casemgr.usecases.views import request_list
from casemgr.usecases.views.request_list import Asked, Line
from casemgr.usecases.work import Work

AT_ONCE = 1_000
PART = 256 * 1024
Format = Literal["csv", "xlsx"]
MEDIA = {"csv": CSV, "xlsx": XLSX}

# Programs read these by name: they stay as they are.
HEADERS = (
    "Code", "Reference", "Title", "Matter", "Asked on", "State", "Late", "Next date",
    "Their next date", "Fee waiver asked", "Responsible", "Components", "Tracking numbers",
    "Day asked on is",
)  # fmt: skip

_NUMBERS = (
    sa.select(col(Track.request_id), col(TrackingNumber.number))
    .join(TrackingNumber, col(TrackingNumber.track_id) == col(Track.id))
    .where(
        col(Track.request_id).in_(sa.bindparam("ids", expanding=True)),
        col(Track.known_on) <= sa.bindparam("today", type_=sa.Date()),
        col(TrackingNumber.known_on) <= sa.bindparam("today", type_=sa.Date()),
    )
    .order_by(col(Track.request_id), col(TrackingNumber.number))
)


@dataclass(frozen=True)
class _OfMatter:
    """A matter as the subject of a line of history, without its row."""

    __tablename__: ClassVar[str] = "matter"
    id: str


@dataclass
class ListFile:
    """A list that was written to a file of its own, which is gone once it was given out."""

    file: IO[bytes]
    name: str
    media_type: str
    rows: int
    size: int

    def parts(self) -> Iterator[bytes]:
        """Yield the file's bytes, then let it go."""
        with self.file as file:
            file.seek(0)
            while part := file.read(PART):
                yield part


def export(opens: Opens, asked: Asked, kind: Format, folder: Path | None = None) -> ListFile:
    """Write the requests that somebody may see and the filters leave; who took them is recorded.

    A page at a time, each in a transaction of its own, so that nobody waits for the whole.
    """
    counted: Counter[str] = Counter()
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - given on, and closed by `parts`
    try:
        rows = _rows(opens, asked, counted)
        if kind == "csv":
            write_csv(file, HEADERS, rows)
        else:
            write_xlsx(file, HEADERS, rows, "Requests")
        with opens() as work:
            _tell(work, counted, asked)
            name = f"requests-{work.today.isoformat()}.{kind}"
    except BaseException:
        file.close()
        raise
    return ListFile(file, name, MEDIA[kind], counted.total(), file.tell())


def _rows(opens: Opens, asked: Asked, counted: Counter[str]) -> Iterator[tuple[Value, ...]]:
    after = ""
    while True:
        with opens(reads_only=True) as work:
            found = request_list.look(work, asked, after=after, most=AT_ONCE)
            numbers = _numbers(work, [line.id for line in found.lines])
            rows = [_row(line, numbers.get(line.id, ""), work) for line in found.lines]
        counted.update(line.matter_id for line in found.lines)
        yield from rows
        after = found.after
        if not after:
            return


def _numbers(work: Work, ids: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    given: dict[str, Any] = {"ids": ids, "today": work.today}
    for request_id, number in work.session.execute(_NUMBERS, given) if ids else ():
        found.setdefault(request_id, []).append(number)
    return {each: "; ".join(numbers) for each, numbers in found.items()}


def _row(line: Line, numbers: str, work: Work) -> tuple[Value, ...]:
    return (
        line.id,
        line.reference,
        line.title,
        line.matter,
        line.requested_on,
        line.stage.value.replace("_", " "),
        "yes" if line.is_late(work.today) else "no",
        line.next_due_on,
        line.their_due_on,
        "yes" if line.fee_waiver else "no",
        line.owner or "",
        "; ".join(line.names.split(", ")) if line.components else "",
        numbers,
        line.certainty.value,
    )


def _tell(work: Work, counted: Counter[str], asked: Asked) -> None:
    """Record on each matter how many of its requests were taken away."""
    by = ", ".join(f"{name} {value}" for name, value in asked.narrowed().items()) or "no filter"
    for matter_id, count in sorted(counted.items()):
        work.record("requests.exported", _OfMatter(matter_id), count=count, filters=by[:300])

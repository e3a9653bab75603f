"""The ledger as CSV: a spreadsheet takes no cell of it for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from casemgr.files.sheet_writer import safe
from casemgr.usecases.views.exhaustion import FOOTINGS, KINDS, LedgerPage, Line

HEAD = (
    "Request", "Reference", "Component", "Claim", "Today", "Since", "Until", "Why", "Authority",
    "What would close it", "In suit since", "As of",
)  # fmt: skip


def write(page: LedgerPage) -> str:
    """Return the ledger as CSV with a line of headings; days as year-month-day."""
    return sheet(HEAD, (tuple(_cells(page, line)) for line in page.lines))


def sheet(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV with a line of headings, no cell of it a formula."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(head)
    table.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cells(page: LedgerPage, line: Line) -> Iterator[str]:
    track, claim = line.track, line.claim
    yield from (track.title, track.reference or track.request_id, track.short_name)
    yield from (KINDS[claim.kind], FOOTINGS[claim.footing])
    for day in (claim.since, claim.until):
        yield day.isoformat() if day else ""
    yield from (claim.why, claim.authority, claim.closes)
    yield track.in_suit_on.isoformat() if track.in_suit_on else ""
    yield page.as_of.isoformat()

"""The search log as CSV: a spreadsheet takes no cell of it for a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casemgr.domain.searches import Aspect, Row, Words
from casemgr.usecases.ledger_csv import sheet
from casemgr.usecases.views.searches import SearchLog

NOT_SAID = "Not said"
NAMES = {
    Aspect.TERMS: "Search terms",
    Aspect.DATES: "Dates of the records",
    Aspect.METHOD: "How",
    Aspect.WHO: "Who searched",
}
HEAD = (
    "Component", "Custodian", "System", "Searched, says the agency",
    *(f"{name}, {what}" for name in NAMES.values() for what in ("asked for", "told")),
    "Terms asked for and not used", "Empty cells", "As of",
)  # fmt: skip


def write(page: SearchLog) -> str:
    """Return the log as CSV: each cell with its source in brackets, or `Not said`."""
    return sheet(HEAD, (tuple(_cells(page, row)) for row in page.rows))


def _cells(page: SearchLog, row: Row) -> Iterator[str]:
    yield from (each or NOT_SAID for each in (row.component, row.custodian, row.system))
    yield "yes" if row.searched else NOT_SAID
    for cell in row.cells.values():
        yield _said(page, cell.asked)
        yield _said(page, cell.told) or NOT_SAID
    yield "; ".join(row.terms_not_used)
    yield str(len(row.empties))
    yield page.as_of.isoformat()


def _said(page: SearchLog, words: Sequence[Words]) -> str:
    return "; ".join(
        f"{each.says.replace(chr(10), ' | ')} [{page.noted[each.statement.id].paper}]"
        for each in words
    )

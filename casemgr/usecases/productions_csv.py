"""Productions as CSV: one release a line, and what its numbers leave out or bring again."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.usecases.ledger_csv import sheet
from casemgr.usecases.views.productions import ProductionsPage, Release

HEAD = (
    "Produced", "Title", "Component", "Lawsuit", "First number", "Last number", "Came before",
    "Pages in full", "Pages in part", "Pages withheld", "Pages referred", "Exemptions",
    "Missing after it", "Also in", "Source", "As of",
)  # fmt: skip
NOT_SAID = "Not said"


def write(page: ProductionsPage) -> str:
    """Return the releases as CSV, in the order in which they came; days as year-month-day."""
    return sheet(HEAD, (tuple(_cells(page, each)) for each in page.releases))


def _cells(page: ProductionsPage, each: Release) -> Iterator[str]:
    yield each.produced_on.isoformat() if each.produced_on else NOT_SAID
    yield from (each.title, each.agency or NOT_SAID, each.cited_as or "")
    yield from (each.bates_first, each.bates_last, "yes" if each.again else "")
    for pages in (
        each.pages_released,
        each.pages_in_part,
        each.pages_withheld,
        each.pages_referred,
    ):
        yield NOT_SAID if pages is None else str(pages)
    yield "; ".join(each.exemptions)
    yield "; ".join(gap.says for gap in page.gaps if gap.after.id == each.id)
    yield "; ".join(_also_in(page, each))
    yield from (each.source, page.as_of.isoformat())


def _also_in(page: ProductionsPage, each: Release) -> Iterator[str]:
    for both in page.overlaps:
        if each.id in (both.one.id, both.other.id):
            other = both.other.id if both.one.id == each.id else both.one.id
            yield f"{both.says} in {page.release(other).title}"

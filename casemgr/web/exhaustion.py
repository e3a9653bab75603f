"""The exhaustion ledger of a matter: a page to read and print, and the same as CSV."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.downloads import saved
from casemgr.usecases import ledger_csv
from casemgr.usecases.views import exhaustion
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/matters/{matter_id}/exhaustion")
def show_ledger(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show what can be pleaded on a matter today, track by track."""
    seen = exhaustion.look(work, matter_id)
    return page(http, "matter_exhaustion", work, seen=seen, matter=seen.matter)


@router.get("/matters/{matter_id}/exhaustion.csv")
def download_ledger(work: WorkDep, matter_id: str) -> Response:
    """Give the ledger as CSV."""
    seen = exhaustion.look(work, matter_id)
    named = f"exhaustion-{seen.matter.line.id}-{seen.as_of}.csv"
    return saved(ledger_csv.write(seen), "text/csv; charset=utf-8", named)

"""Export a matter whole: what that is, and the file itself."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.downloads import saved, saved_in_parts
from casemgr.usecases import origins, packing
from casemgr.usecases.views import matters
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/matters/{matter_id}/export")
def tell(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show what leaves the office with an export, to whoever may export the matter now."""
    _, matter = matters.head(work, matter_id)
    packing.may_export(work, matter_id)
    return page(http, "matter_export", work, matter=matter)


@router.get("/matters/{matter_id}/package")
def export(opens: OpensDep, desk: DeskDep, matter_id: str) -> Response:
    """Give the whole matter as one file, to be saved."""
    made = packing.export_matter(opens, desk.store, desk.office, desk.settings.data, matter_id)
    return saved_in_parts(made, "application/zip")


@router.get("/origins/{origin_id}/history")
def open_former_history(work: WorkDep, desk: DeskDep, origin_id: str) -> Response:
    """Give the history of the office that had a matter before, to be saved."""
    origin, data = origins.open_history(work, origin_id, desk.store)
    return saved(data, "application/jsonl", f"{origin.id}.jsonl")

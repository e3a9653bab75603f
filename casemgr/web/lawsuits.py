"""Lawsuits: the docket, and the form that records an entry."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.domain.words import EntryKind, Side
from casemgr.usecases import litigation
from casemgr.usecases.litigation import DocketEntryInput
from casemgr.usecases.views import history, lawsuit_records, lawsuits
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router("/lawsuits")


@router.get("/{lawsuit_id}")
def show_lawsuit(
    http: Request,
    work: WorkDep,
    lawsuit_id: str,
    recorded: str = "",
    part: int = 1,
    entry: str = "",
) -> Response:
    """Show a lawsuit, and what moved if an entry was just recorded.

    A long docket comes in parts: `part` names one, `entry` the one with that entry.
    """
    moves = history.moved_with(work, recorded) if recorded else None
    return _lawsuit(http, work, lawsuit_id, moves=moves, part=part, entry=entry or recorded)


@router.post("/{lawsuit_id}/docket")
def record_entry(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Record a row of the docket, or show the form again."""
    form = read_form(DocketEntryInput, sent, work.today)
    done = attempt_form(work, form, partial(litigation.record_docket_entry, work, lawsuit_id))
    if isinstance(done, Problems):
        shown: dict[str, Any] = {"typed": form.typed, "problems": done, "status": done.status}
        return _lawsuit(http, work, lawsuit_id, moves=None, **shown)
    return see(f"/lawsuits/{lawsuit_id}?recorded={done.id}#{done.id}")


def _lawsuit(
    http: Request, work: Work, lawsuit_id: str, part: int = 1, entry: str = "", **shown: Any
) -> Response:
    seen = lawsuits.look(work, lawsuit_id)
    given: dict[str, Any] = {
        "seen": seen,
        "shown_part": seen.part_of_docket(part, entry),
        "same": lawsuit_records.same_number(work, seen),
        "documents": lawsuit_records.documents(work, seen),
        "kinds": list(EntryKind),
        "sides": list(Side),
        **shown,
    }
    return page(http, "lawsuit", work, **given)

"""File a declaration: look through its papers, clear what was found, and take the package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.access import Right, may
from casemgr.downloads import saved
from casemgr.errors import Malformed, WrongMoment
from casemgr.usecases import filing_checks, filing_packages
from casemgr.usecases.filing_checks import ClearInput
from casemgr.usecases.filing_packages import PackageInput
from casemgr.usecases.views import declarations as views
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
)

router = page_router("/declarations/{declaration_id}/filing")


@router.get("")
def show_filing(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Show every file that would be filed, what was found in it, and what still stops it."""
    return _shown(http, work, declaration_id)


@router.post("/check")
def look_through(
    opens: OpensDep,
    desk: DeskDep,
    declaration_id: str,
    sent: Fields,  # noqa: ARG001 the form carries its key
) -> Response:
    """Make the paper, and look through every file that was not looked through yet."""
    filing_checks.check(opens, desk.store, declaration_id)
    return see(f"/declarations/{declaration_id}/filing")


@router.post("/{filing_check_id}/clear")
def clear(
    http: Request, work: WorkDep, declaration_id: str, filing_check_id: str, sent: Fields
) -> Response:
    """Clear by name what was found in one file, with the reason."""
    form = read_form(ClearInput, sent, work.today)
    done = attempt_form(
        work,
        form,
        lambda given: filing_checks.clear(work, filing_check_id, given, version=form.version),
    )
    if isinstance(done, Problems):
        return _shown(
            http, work, declaration_id, clearing=filing_check_id, typed=form.typed,
            problems=done, status=done.status,
        )  # fmt: skip
    return see(f"/declarations/{declaration_id}/filing")


@router.post("/package")
def take_package(
    http: Request, opens: OpensDep, desk: DeskDep, declaration_id: str, sent: Fields
) -> Response:
    """Give the whole filing as one zip, to be saved."""
    with opens(reads_only=True) as work:
        form = read_form(PackageInput, sent, work.today)
    problems: Mapping[str, str] = form.problems
    if form.value is not None:
        try:
            made = filing_packages.make(opens, desk.store, declaration_id, form.value)
        except Malformed as wrong:
            problems = wrong.problems
        except WrongMoment as early:
            problems = {"": str(early)}
        else:
            return saved(made.data, "application/zip", made.name)
    with opens(reads_only=True) as work:
        return _shown(http, work, declaration_id, typed=form.typed, problems=problems, status=422)


def _shown(
    http: Request, work: Work, declaration_id: str, *, clearing: str = "", **more: Any
) -> Response:
    filing = filing_checks.gather(work, declaration_id)
    line = views.look(work, declaration_id).line
    given: dict[str, Any] = {
        "filing": filing,
        "line": line,
        "clearing": clearing,
        "may_log": may(work.actor.role, Right.LOG) and line.closed_on is None,
        "may_clear": may(work.actor.role, Right.SIGN_OFF) and line.closed_on is None,
        "left": any(each.check is None for each in filing.parts),
    }
    return page(http, "declaration_filing", work, **given, **more)

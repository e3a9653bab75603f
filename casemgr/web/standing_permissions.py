"""Who may release letters of a matter, and the form with which an attorney lets staff do it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.db.tables import StandingPermission
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.errors import Malformed
from casemgr.usecases import standing_permissions
from casemgr.usecases.letter_kinds import KINDS
from casemgr.usecases.standing_permissions import PermissionInput, TakenBack
from casemgr.usecases.views import standing_permissions as views
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()

TICKED = "kind-"  # a box for each kind of letter, since a form names a field once
KINDS_TO_CHOOSE = [(kind.value, each.name) for kind, each in KINDS.items()]


@router.get("/matters/{matter_id}/releases")
def show_releases(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show who may release letters of a matter, and what staff released without asking."""
    return _shown(http, work, matter_id)


def _shown(
    http: Request,
    work: Work,
    matter_id: str,
    typed: Mapping[str, str] | None = None,
    problems: Problems | None = None,
) -> Response:
    seen = views.look(work, matter_id)
    shown = {"seen": seen, "typed": typed or {}, "problems": problems or {}}
    status = problems.status if problems is not None else 200
    return page(http, "matter_releases", work, status=status, kinds=KINDS_TO_CHOOSE, **shown)


@router.post("/matters/{matter_id}/standing-permissions")
def give_permission(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Let a member of staff release letters of some kinds without asking."""
    form = read_form(PermissionInput, _with_ticks(sent), work.today)
    done = attempt_form(work, form, partial(standing_permissions.give_permission, work, matter_id))
    if isinstance(done, Problems):
        return _shown(http, work, matter_id, sent, done)
    return see(f"/matters/{matter_id}/releases#{done.id}")


def _with_ticks(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of the form with the ticked kinds in one."""
    ticked = [name.removeprefix(TICKED) for name in sent if name.startswith(TICKED)]
    rest = {name: text for name, text in sent.items() if not name.startswith(TICKED)}
    return {**rest, "kinds": " ".join(ticked)}


@router.get("/standing-permissions/{standing_permission_id}")
def find_permission(work: WorkDep, standing_permission_id: str) -> Response:
    """Go to a standing permission on the page of its matter."""
    row = doors.open_door(
        work.session,
        work.actor,
        StandingPermission,
        standing_permission_id,
        Right.READ,
        work.today,
    )
    return see(f"/matters/{row.matter_id}/releases#{row.id}")


@router.post("/standing-permissions/{standing_permission_id}/taking-back")
def take_back(work: WorkDep, standing_permission_id: str, sent: Fields) -> Response:
    """End a permission from now on."""
    form = read_form(TakenBack, sent, work.today)
    if form.value is None:
        raise Malformed({"because": "Say why this permission is taken back."})
    row = standing_permissions.take_back(
        work, standing_permission_id, form.value, version=form.version
    )
    return see(f"/matters/{row.matter_id}/releases#{row.id}")

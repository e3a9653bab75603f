"""The hand-over: who leaves, and one page each on which their duties go to others."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from fastapi import Request
from pydantic import ValidationError
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.errors import Malformed
from casemgr.fields import Day, Input
from casemgr.usecases import handover
from casemgr.usecases.handover import Handed, HandOverInput
from casemgr.usecases.views import handover as views
from casemgr.usecases.views import matters
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt, page, page_router, read_form, see

router = page_router("/hand-over")

# A field for each duty: what it is, and the version of its record that the page showed.
DUTY = re.compile(r"(?P<kind>[a-z]{1,20})\.(?P<id>[A-Z]{1,4}-[0-9A-Z]{4,16})\.(?P<version>\d{1,9})")
CHOOSE = "Choose somebody for at least one duty."
NOTE = "What the next person should know is too long. Use at most 2,000 characters."
AGAIN = "Something on this page cannot be read. Load it again, then choose."


class BeforeInput(Input):
    """The day before which somebody leaves."""

    before: Day | None = None


@router.get("")
def show_leavers(http: Request, work: WorkDep, before: str = "") -> Response:
    """Show who leaves before a day, with what they have to do."""
    form = read_form(BeforeInput, {"before": before}, work.today)
    day = form.value.before if form.value else None
    seen = views.look_at_all(work, day)
    shown_day = f"{seen.before.month}/{seen.before.day}/{seen.before.year}"
    typed = {"before": before or shown_day}
    status = 422 if form.problems else 200
    shown = {"seen": seen, "typed": typed, "problems": form.problems}
    return page(http, "hand_over", work, status=status, **shown)


@router.get("/{person_id}")
def show_hand_over(http: Request, work: WorkDep, person_id: str) -> Response:
    """Show what one person has to do, and who could take each."""
    return _hand_over(http, work, person_id)


def _hand_over(http: Request, work: Work, person_id: str, **form: Any) -> Response:
    given = {"typed": {}, "problems": {}, "matter_id": "", **form}
    status = given["problems"].status if given["problems"] else 200
    seen = views.look(work, person_id)
    return page(http, "hand_over_person", work, status=status, seen=seen, **given)


@router.post("/{person_id}/{matter_id}")
def hand_over(
    http: Request, work: WorkDep, person_id: str, matter_id: str, sent: Fields
) -> Response:
    """Give what was chosen on one matter to others, all or nothing."""
    matters.head(work, matter_id)
    done = attempt(work, partial(_give, work, sent))
    if isinstance(done, Problems):
        shown = {"typed": sent, "problems": done, "matter_id": matter_id}
        return _hand_over(http, work, person_id, **shown)
    return see(f"/hand-over/{person_id}#handed")


def _give(work: Work, sent: dict[str, str]) -> handover.HandedOver:
    """Give each duty to who was chosen for it, or to who was chosen for all the others."""
    named = ((DUTY.fullmatch(name), to or sent.get("all", "")) for name, to in sent.items())
    chosen = [(found, to) for found, to in named if found and to]
    if not chosen:
        raise Malformed({"": CHOOSE})
    try:
        wanted = [Handed.model_validate_strings({**m.groupdict(), "to_id": to}) for m, to in chosen]
        given = HandOverInput(duties=wanted, note=sent.get("note", ""))
    except ValidationError as wrong:
        noted = any(each["loc"][:1] == ("note",) for each in wrong.errors())
        raise Malformed(NOTE if noted else AGAIN) from wrong
    return handover.hand_over(work, given)

"""Show the pages of a new request: the one sheet, the questions, and the check before saving."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db.tables import RequestDraft
from casemgr.domain.words import FeeCategory, Intake, SendMethod
from casemgr.usecases import drafts, duplicates
from casemgr.usecases.duplicates import Asking
from casemgr.usecases.intake import ClockWillDo, Ready, what_the_clock_will_do
from casemgr.usecases.requests import NewRequest
from casemgr.usecases.views import intake as views
from casemgr.usecases.work import Work
from casemgr.web import intake_form, speak
from casemgr.web.intake_form import PARTS, Reading, lines
from casemgr.web.intake_lines import rows
from casemgr.web.page import (
    Problems,
    attempt,
    page,
)

HOW = [(each.value, speak.words(each.value)) for each in SendMethod if each.value != "unknown"]
FEES = [
    (FeeCategory.OTHER.value, "Other, or not sure"),
    (FeeCategory.EDUCATIONAL.value, "Educational or scientific institution"),
    (FeeCategory.NEWS_MEDIA.value, "News media"),
    (FeeCategory.COMMERCIAL.value, "Commercial use"),
]


def first_words(work: Work, matter_id: str | None) -> dict[str, str]:
    """Return what need not be typed: the matter, and who asked in its last request."""
    if matter_id is None:
        return {}
    asking = enumerate(views.usual_askers(work, matter_id), start=1)
    return {"matter_id": matter_id, **{f"requester_{n}": each for n, each in asking}}


def at_draft(draft: RequestDraft, part: str = "") -> str:
    """Return the address of a draft, or of one of its questions."""
    return f"/requests/new/{draft.id}" + (f"/{part}" if part else "")


def sheet(http: Request, work: Work, draft: RequestDraft, **given: Any) -> Response:
    """Show the one page of a request that was sent."""
    return _shown(http, work, draft, "request_new_sent", offices=views.offices(work), **given)


def _shown(http: Request, work: Work, draft: RequestDraft, name: str, **given: Any) -> Response:
    said = given.pop("typed", draft.typed)
    problems = given.pop("problems", {})
    status = given.pop("status", getattr(problems, "status", 422) if problems else 200)
    found = views.matters(work)
    shown = {
        "draft": draft,
        "typed": {**said, "matter_id": said.get("matter_id") or draft.for_matter_id or ""},
        "problems": intake_form.in_order(problems),
        "matters": [(each.id, each.title) for each in found],
        "matter": next((each for each in found if each.id == draft.for_matter_id), None),
        "askers": [(each.id, each.name) for each in views.askers(work)],
        "rows": partial(rows, said),
        "echo": intake_form.echoes(said, work.today),
        "me": work.actor.name,
        "token": secrets.token_urlsafe(9),
        "HOW": HOW,
        "FEES": FEES,
        "at": "",
        **given,
    }
    return page(http, name, work, status=status, **shown)


def tasks(http: Request, work: Work, draft: RequestDraft, **given: Any) -> Response:
    """Show the list of questions of a new request: what is done, and what comes next."""
    reading = intake_form.read(draft.typed, draft.intake, work.today)
    done = {
        "records": not reading.of("records"),
        "offices": not reading.of("offices"),
        "asking": bool(draft.typed.get("seen_asking")) and not reading.of("asking"),
    }
    begun = {part: any(map(intake_form.of_part(part), draft.typed)) for part in PARTS}
    for_whom = views.supervisor(work, draft.for_matter_id) if draft.for_matter_id else ""
    first = next((part for part, is_done in done.items() if not is_done), "check")
    shown = {"done": done, "begun": begun, "first": first, "for_whom": for_whom, **given}
    return _shown(http, work, draft, "request_new_tasks", **shown)


def part_of(http: Request, work: Work, draft: RequestDraft, part: str, **given: Any) -> Response:
    """Show one question of a new request."""
    said = given.get("typed", draft.typed)
    more = _BESIDE[part](work, said) if part in _BESIDE else {}
    if part == "asking" and not said.get("seen_asking") and not lines(said, "requester"):
        asked = first_words(work, draft.for_matter_id)
        given["typed"] = {**said, **{n: v for n, v in asked.items() if n != "matter_id"}}
    return _shown(http, work, draft, f"request_new_{part}", **{**more, **given})


def _beside_records(work: Work, said: Mapping[str, str]) -> dict[str, Any]:
    return {"past": views.past(work, said.get("past", ""))}


def _beside_offices(work: Work, said: Mapping[str, str]) -> dict[str, Any]:
    every, chosen = views.offices(work), intake_form.offices(said)
    found = [e for e in views.matching(every, said.get("q", "")) if e.id not in chosen]
    shown = [each for each in every if each.id in chosen]
    return {
        "chosen": shown,
        "found": found,
        "last": views.last_asked(work, [each.id for each in (*shown, *found)]),
        "near": _near(work, said),
    }


_BESIDE: Mapping[str, Callable[[Work, Mapping[str, str]], dict[str, Any]]] = {
    "records": _beside_records,
    "offices": _beside_offices,
}


def _near(work: Work, said: Mapping[str, str]) -> list[duplicates.Near]:
    """Return what the office asked before in nearly the same words and is not known as another."""
    agencies = intake_form.offices(said)
    agencies += [text for n in lines(said, "office") if (text := said[f"office_{n}"])]
    items = [said[f"item_{number}"][:8000] for number in lines(said, "item")]
    known = {each.id for each in views.offices(work)}
    asking = Asking(
        title=said.get("title", "")[:200],
        items=items[:100],
        agency_ids=[each for each in agencies if each in known][:100],
    )
    others = intake_form.different(said)
    return [each for each in duplicates.near(work, asking) if each.id not in others]


def check(http: Request, work: Work, draft: RequestDraft) -> Response:
    """Show what is about to be saved, what is near to it and what its clocks will do."""
    reading = read(work, draft)
    if reading.ready is None:
        return wrong(http, work, draft, reading.problems)
    ready = reading.ready
    clock = _clock(work, ready) if draft.intake is Intake.SENT else None
    if isinstance(clock, Problems):
        told = intake_form.beside_fields(clock, draft.typed, draft.intake)
        return wrong(http, work, draft, told)
    shown = {
        "request": ready.request,
        "asked_by": [*_names(work, ready.request), *ready.new_requesters],
        "clock": clock,
        "near": _near(work, draft.typed),
        "offices": {each.id: each for each in views.offices(work)},
        "for_whom": views.supervisor(work, ready.matter_id),
    }
    return _shown(http, work, draft, "request_new_check", **shown)


def _clock(work: Work, ready: Ready) -> ClockWillDo | Problems:
    return attempt(work, partial(what_the_clock_will_do, work, ready.matter_id, ready.request))


def read(work: Work, draft: RequestDraft) -> Reading:
    """Read a draft; a matter that is closed, or that its owner is not on, is told as a problem."""
    reading = intake_form.read(draft.typed, draft.intake, work.today)
    ready = reading.ready
    if ready is not None and ready.matter_id not in {each.id for each in views.matters(work)}:
        return Reading(problems={"matter_id": drafts.NO_MATTER})
    return reading


def _names(work: Work, request: NewRequest) -> list[str]:
    known = {each.id: each.name for each in views.askers(work)}
    return [known[each] for each in request.requester_ids if each in known]


def wrong(http: Request, work: Work, draft: RequestDraft, problems: Mapping[str, str]) -> Response:
    """Show the page on which what is wrong can be put right."""
    told = Problems(problems)
    if draft.intake is Intake.SENT:
        return sheet(http, work, draft, problems=told)
    return tasks(http, work, draft, problems=told)

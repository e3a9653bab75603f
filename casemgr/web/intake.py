"""A new request: two doors, the drafts behind them, and what is left to do once it is saved."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response

from casemgr.db import doors
from casemgr.db.tables import RequestDraft
from casemgr.desk import DeskDep, WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import FeeCategory, Intake, SendMethod
from casemgr.errors import Malformed, NotFound, Overtaken
from casemgr.files.kinds import Upload
from casemgr.usecases import drafts, duplicates, intake, requests
from casemgr.usecases.drafts import DraftInput, NewDraft
from casemgr.usecases.duplicates import Asking
from casemgr.usecases.requests import NewRequest, RequestInput
from casemgr.usecases.views import intake as views
from casemgr.usecases.work import Work
from casemgr.web import intake_form, speak
from casemgr.web.intake_form import PARTS, Reading, lines
from casemgr.web.page import (
    Fields,
    Problems,
    attempt,
    page,
    page_router,
    see,
    version_in,
)
from casemgr.web.repeats import FIELD

router = page_router()

LARGEST_LETTER = 50 * 1024 * 1024
LARGEST_FORM = LARGEST_LETTER + 2 * 1024 * 1024
HOW = [(each.value, speak.words(each.value)) for each in SendMethod if each.value != "unknown"]
FEES = [
    (FeeCategory.OTHER.value, "Other, or not sure"),
    (FeeCategory.EDUCATIONAL.value, "Educational or scientific institution"),
    (FeeCategory.NEWS_MEDIA.value, "News media"),
    (FeeCategory.COMMERCIAL.value, "Commercial use"),
]
OTHER_WINDOW = (
    "This draft was changed in another window. What you typed is still here and is not saved yet. "
    "Save again to keep yours, or open the draft anew to see the other."
)


async def draft_fields(http: Request) -> dict[str, str]:
    """Return the text fields of a draft's form; the file, if one was chosen, waits beside them."""
    async with http.form(max_files=1, max_fields=drafts.MOST_FIELDS) as sent:
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
        chosen = sent.get("file")
        http.state.upload = None
        if isinstance(chosen, UploadFile) and chosen.filename:
            data = await chosen.read()
            http.state.upload = Upload(chosen.filename, data)
            fields["file"] = sha256(data).hexdigest()
    # Whoever turns out to be signed out gets it back: see `page.problem_page`.
    http.state.typed = dict(fields)
    setattr(http.state, FIELD, fields.pop(FIELD, ""))
    return fields


DraftFields = Annotated[dict[str, str], Depends(draft_fields)]


# --- the two doors


@router.get("/requests/new")
def choose_door(http: Request, work: WorkDep, matter: str = "", kept: str = "") -> Response:
    """Show the two ways a request comes in, and the drafts that wait to be gone on with."""
    doors.allow(work.actor, Right.LOG)
    waiting = [each for each in drafts.mine(work) if not _is_empty(each)]
    found = views.matters(work)
    chosen = next((each for each in found if each.id == matter), None)
    names = {each.id: each.title for each in found}
    shown: dict[str, Any] = {"drafts": waiting, "matters": found, "matter": chosen, "kept": kept}
    return page(http, "request_new", work, names=names, **shown)


@router.post("/requests/new")
def begin(work: WorkDep, sent: Fields) -> Response:
    """Begin a draft, or go on with one in which nothing was typed yet."""
    doors.allow(work.actor, Right.LOG)
    door = Intake.NEW if sent.get("intake") == Intake.NEW.value else Intake.SENT
    matter_id = _matter(work, sent)
    said = _first_words(work, matter_id)
    empty = next((e for e in drafts.mine(work) if e.intake is door and _is_empty(e)), None)
    if empty is not None:
        drafts.keep(work, empty.id, DraftInput(typed=said, for_matter_id=matter_id))
        return see(_at(empty))
    made = drafts.begin(work, NewDraft(intake=door, typed=said, for_matter_id=matter_id))
    return see(_at(made))


def _first_words(work: Work, matter_id: str | None) -> dict[str, str]:
    """Return what need not be typed: the matter, and who asked in its last request."""
    if matter_id is None:
        return {}
    asking = enumerate(views.usual_askers(work, matter_id), start=1)
    return {"matter_id": matter_id, **{f"requester_{n}": each for n, each in asking}}


_PREFILLED = ("matter_id", "page", "requester_")


def _is_empty(draft: RequestDraft) -> bool:
    typed = (name for name, said in draft.typed.items() if said.strip())
    return draft.sha256 is None and all(name.startswith(_PREFILLED) for name in typed)


def _matter(work: Work, said: Mapping[str, str]) -> str | None:
    """Return the matter that was chosen, or the only one there is to choose."""
    found = [each.id for each in views.matters(work)]
    if said.get("matter_id") in found:
        return said["matter_id"]
    return found[0] if len(found) == 1 else None


def _at(draft: RequestDraft, part: str = "") -> str:
    return f"/requests/new/{draft.id}" + (f"/{part}" if part else "")


# --- what is typed


@router.get("/requests/new/{draft_id}")
def show_draft(http: Request, work: WorkDep, draft_id: str, at: str = "") -> Response:
    """Show a draft: the page of the first door, or the list of the second."""
    draft = drafts.open_draft(work, draft_id)
    if draft.intake is Intake.SENT:
        return _sheet(http, work, draft, at=at)
    return _tasks(http, work, draft)


def _sheet(http: Request, work: Work, draft: RequestDraft, **given: Any) -> Response:
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
        "rows": partial(_rows, said),
        "echo": intake_form.echoes(said, work.today),
        "me": work.actor.name,
        "token": secrets.token_urlsafe(9),
        "HOW": HOW,
        "FEES": FEES,
        "at": "",
        **given,
    }
    return page(http, name, work, status=status, **shown)


def _rows(said: Mapping[str, str], *names: str) -> list[int]:
    """Return the numbers of the lines to show: at least one, so that there is where to type."""
    return lines(said, *names) or [1]


@router.post("/requests/new/{draft_id}", max_body_size=LARGEST_FORM)
def keep_sheet(
    http: Request, sent: DraftFields, work: WorkDep, desk: DeskDep, draft_id: str
) -> Response:
    """Keep what was typed of a request that was sent, and do what the button says."""
    draft = drafts.open_draft(work, draft_id)
    if draft.intake is not Intake.SENT:
        raise NotFound
    do = sent.get("do", "check")
    said, at = _edited(_merged(draft, sent, ""), do)
    done = _keep(work, draft, said, sent)
    if not isinstance(done, Problems):
        done = _keep_file(http, work, desk, draft, do)
    if isinstance(done, Problems):
        return _sheet(http, work, draft, typed=said, problems=done)
    if do == "draft":
        return see(f"/requests/new?kept={draft.id}")
    if do == "check":
        return _check(http, work, draft)
    return see(f"{_at(draft)}?at={at}#{at and f'f-{at}'}")


def _keep_file(
    http: Request, work: Work, desk: Any, draft: RequestDraft, do: str
) -> RequestDraft | Problems:
    if http.state.upload is not None:
        return attempt(work, partial(drafts.attach, work, draft.id, desk.store, http.state.upload))
    return drafts.detach(work, draft.id) if do == "remove_file" else draft


def _merged(draft: RequestDraft, sent: Mapping[str, str], part: str) -> dict[str, str]:
    """Return everything typed so far, with the fields of one page as they are now."""
    is_of = intake_form.of_part(part) if part else lambda name: not name.startswith("other_")
    kept = {name: said for name, said in draft.typed.items() if not is_of(name)}
    known = {name: said for name, said in sent.items() if intake_form.is_known(name)}
    return {**kept, **{name: said for name, said in known.items() if is_of(name)}}


def _keep(
    work: Work, draft: RequestDraft, said: dict[str, str], sent: Mapping[str, str]
) -> RequestDraft | Problems:
    """Keep what was typed, unless the draft was changed meanwhile from another window."""

    def act() -> RequestDraft:
        same_page = bool(said.get("page")) and draft.typed.get("page") == said.get("page")
        if version_in(sent) not in {None, draft.version} and not same_page:
            raise Overtaken
        matter_id = _matter(work, said)
        return drafts.keep(work, draft.id, DraftInput(typed=said, for_matter_id=matter_id))

    done = attempt(work, act)
    if isinstance(done, Problems) and done.status == 409:
        done[""] = OTHER_WINDOW
    return done


def _edited(said: dict[str, str], do: str) -> tuple[dict[str, str], str]:
    """Return the fields with a line added or removed, and the field to go on in."""
    act, _, rest = do.partition("_")
    kind, _, number = rest.partition("_")
    if kind not in _COLUMNS or act not in {"add", "remove"}:
        return said, ""
    if act == "remove":
        gone = {f"{name}_{number}" for name in _COLUMNS[kind]}
        left = {name: text for name, text in said.items() if name not in gone}
        return left, f"{kind}_{_rows(left, kind)[0]}"
    return _with_line(said, kind)


# What a line is made of; what comes after the first is taken over into the next line.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "item": ("item",),
    "office": ("office", "sent", "how", "about", "proof"),
    "requester": ("requester",),
}
_TAKEN_OVER = ("sent", "how", "about")


def _with_line(said: dict[str, str], kind: str) -> tuple[dict[str, str], str]:
    there = _rows(said, kind)
    last, new = there[-1], there[-1] + 1
    taken = {f"{name}_{new}": said.get(f"{name}_{last}", "") for name in _COLUMNS[kind]}
    empty = {name: "" for name in taken if name.rpartition("_")[0] not in _TAKEN_OVER}
    first = {f"{kind}_{last}": said.get(f"{kind}_{last}", "")}
    more = {name: text for name, text in taken.items() if text}
    return {**first, **said, **more, **empty}, f"{kind}_{new}"


@router.post("/requests/new/{draft_id}/typed")
def autosave(sent: DraftFields, work: WorkDep, draft_id: str) -> Response:
    """Keep what stands in the form of an open page while somebody types; say when it was kept."""
    draft = drafts.open_draft(work, draft_id)
    part = sent.get("part", "")
    said = _merged(draft, sent, part if part in PARTS else "")
    if version_in(sent) != draft.version:
        return JSONResponse({"says": "Changed in another window; not saved here."}, 409)
    done = _keep(work, draft, said, sent)
    if isinstance(done, Problems):
        return JSONResponse({"says": f"Not saved. {' '.join(done.values())}"}, 422)
    there = work.now.astimezone(work.zone)
    at = f"{there.hour % 12 or 12}:{there:%M} {'am' if there.hour < 12 else 'pm'}"
    told = {"version": done.version, "says": f"Saved {at}"}
    return JSONResponse({**told, "echo": intake_form.echoes(said, work.today)})


@router.post("/requests/new/{draft_id}/remove")
def remove(work: WorkDep, draft_id: str, sent: Fields) -> Response:
    """Take a draft away."""
    drafts.remove(work, draft_id, version=version_in(sent))
    return see("/requests/new")


# --- the second door: one question a page


def _tasks(http: Request, work: Work, draft: RequestDraft, **given: Any) -> Response:
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


@router.get("/requests/new/{draft_id}/{part}")
def show_part(http: Request, work: WorkDep, draft_id: str, part: str, at: str = "") -> Response:
    """Show one question of a new request, or the page on which it is checked."""
    draft = drafts.open_draft(work, draft_id)
    if draft.intake is not Intake.NEW or part not in {*PARTS, "check"}:
        raise NotFound
    if part == "check":
        return _check(http, work, draft)
    return _part(http, work, draft, part, at=at)


def _part(http: Request, work: Work, draft: RequestDraft, part: str, **given: Any) -> Response:
    said = given.get("typed", draft.typed)
    more = _BESIDE[part](work, said) if part in _BESIDE else {}
    if part == "asking" and not said.get("seen_asking") and not lines(said, "requester"):
        asked = _first_words(work, draft.for_matter_id)
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


@router.post("/requests/new/{draft_id}/check")
def check_again(http: Request, sent: DraftFields, work: WorkDep, draft_id: str) -> Response:
    """Note that a request that was found near is another one, and check again."""
    draft = drafts.open_draft(work, draft_id)
    do = sent.get("do", "")
    if do.startswith("other_") and intake_form.is_known(do):
        typed = {**draft.typed, do: "1"}
        drafts.keep(work, draft.id, DraftInput(typed=typed, for_matter_id=draft.for_matter_id))
    if draft.intake is Intake.NEW:
        return see(_at(draft, "check"))
    return _check(http, work, draft)


@router.post("/requests/new/{draft_id}/{part}")
def keep_part(
    http: Request, sent: DraftFields, work: WorkDep, desk: DeskDep, draft_id: str, part: str
) -> Response:
    """Keep the answer to one question, or save the whole."""
    draft = drafts.open_draft(work, draft_id)
    if part == "save":
        return _save(http, work, desk, draft, sent)
    if draft.intake is not Intake.NEW or part not in PARTS:
        raise NotFound
    do = sent.get("do", "next")
    said, at = _edited(_used(work, _merged(draft, sent, part), do), do)
    done = _keep(work, draft, said, sent)
    if isinstance(done, Problems):
        return _part(http, work, draft, part, typed=said, problems=done)
    if do == "draft":
        return see(f"/requests/new?kept={draft.id}")
    if do != "next":
        return see(f"{_at(draft, part)}{f'?at={at}#f-{at}' if at else '#found'}")
    wrong = intake_form.read(said, draft.intake, work.today).of(part)
    if wrong:
        return _part(http, work, draft, part, problems=wrong)
    return see(_at(draft))


def _used(work: Work, said: dict[str, str], do: str) -> dict[str, str]:
    """Return the fields with the items of an earlier request added, where one was chosen."""
    earlier = views.past_one(work, do.removeprefix("use_")) if do.startswith("use_") else None
    if earlier is None:
        return said
    there = [number for number in lines(said, "item") if said[f"item_{number}"].strip()]
    kept = {n: text for n, text in said.items() if not n.startswith("item_") or text.strip()}
    begin = max(there, default=0) + 1
    more = {f"item_{n}": text for n, text in enumerate(earlier.items, start=begin)}
    return {**kept, "title": said.get("title", "").strip() or earlier.title, **more}


# --- check and save


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


def _check(http: Request, work: Work, draft: RequestDraft) -> Response:
    """Show what is about to be saved, what is near to it and what its clocks will do."""
    reading = _read(work, draft)
    if reading.ready is None:
        return _wrong(http, work, draft, reading.problems)
    clock = None
    if draft.intake is Intake.SENT:
        ready = reading.ready
        clock = attempt(
            work,
            partial(intake.what_the_clock_will_do, work, ready.matter_id, ready.request),
        )
        if isinstance(clock, Problems):
            wrong = intake_form.beside_fields(clock, draft.typed, draft.intake)
            return _wrong(http, work, draft, wrong)
    shown = {
        "request": reading.ready.request,
        "asked_by": [*_names(work, reading.ready.request), *reading.ready.new_requesters],
        "clock": clock,
        "near": _near(work, draft.typed),
        "offices": {each.id: each for each in views.offices(work)},
        "for_whom": views.supervisor(work, reading.ready.matter_id),
    }
    return _shown(http, work, draft, "request_new_check", **shown)


def _read(work: Work, draft: RequestDraft) -> Reading:
    """Read a draft; a matter that is closed, or that its owner is not on, is told as a problem."""
    reading = intake_form.read(draft.typed, draft.intake, work.today)
    ready = reading.ready
    if ready is not None and ready.matter_id not in {each.id for each in views.matters(work)}:
        return Reading(problems={"matter_id": drafts.NO_MATTER})
    return reading


def _names(work: Work, request: NewRequest) -> list[str]:
    known = {each.id: each.name for each in views.askers(work)}
    return [known[each] for each in request.requester_ids if each in known]


def _wrong(http: Request, work: Work, draft: RequestDraft, problems: Mapping[str, str]) -> Response:
    """Show the page on which what is wrong can be put right."""
    told = Problems(problems)
    if draft.intake is Intake.SENT:
        return _sheet(http, work, draft, problems=told)
    return _tasks(http, work, draft, problems=told)


def _save(
    http: Request, work: Work, desk: Any, draft: RequestDraft, sent: Mapping[str, str]
) -> Response:
    version = version_in(sent)
    if version is not None and version != draft.version:
        return _wrong(http, work, draft, {"": CHECK_AGAIN})
    reading = _read(work, draft)
    if reading.ready is None:
        return _wrong(http, work, draft, reading.problems)
    done = attempt(work, partial(intake.save, work, draft.id, reading.ready, desk.store))
    if isinstance(done, Problems):
        wrong = intake_form.beside_fields(done, draft.typed, draft.intake)
        return _wrong(http, work, draft, wrong)
    return see(f"/requests/{done.id}/saved")


CHECK_AGAIN = "The draft was changed after you checked it, so nothing was saved. Check it again."


# --- once it is saved


@router.get("/requests/{request_id}/saved")
def show_saved(http: Request, work: WorkDep, request_id: str) -> Response:
    """Say that a request was saved, and what is left to do."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.READ, work.today)
    return page(
        http,
        "request_saved",
        work,
        foia=foia,
        sent=requests.is_sent(work, foia.id),
        for_whom=views.supervisor(work, foia.matter_id),
    )


ARGUED = {"fee-waiver": "fee_waiver_because", "faster": "expedition_because"}


@router.get("/requests/{request_id}/ask/{what}")
def show_argument(http: Request, work: WorkDep, request_id: str, what: str) -> Response:
    """Show the page on which somebody writes why fees should be waived, or why it is urgent."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    if what not in ARGUED:
        raise NotFound
    typed = {"because": getattr(foia, ARGUED[what]), "version": str(foia.version)}
    return page(http, "request_argument", work, foia=foia, what=what, typed=typed)


@router.post("/requests/{request_id}/ask/{what}")
def keep_argument(
    http: Request, work: WorkDep, request_id: str, what: str, sent: Fields
) -> Response:
    """Keep why fees should be waived, or why it is urgent."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    if what not in ARGUED:
        raise NotFound
    because = sent.get("because", "").strip()

    def act() -> object:
        if len(because) > 8000:
            raise Malformed({"because": "This is too long. Use at most 8,000 characters."})
        facts = {name: getattr(foia, name) for name in RequestInput.model_fields}
        given = RequestInput.model_validate({**facts, ARGUED[what]: because})
        return requests.change_request(work, foia.id, given, version=version_in(sent))

    done = attempt(work, act)
    if isinstance(done, Problems):
        kept = {"because": because, "version": str(foia.version)}
        shown = {"foia": foia, "what": what, "typed": kept, "problems": done}
        return page(http, "request_argument", work, status=done.status, **shown)
    return see(f"/requests/{foia.id}/saved")

"""A new request: two doors, the drafts behind them, and the page on which one is checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import JSONResponse, Response

from casemgr.db import doors
from casemgr.db.tables import RequestDraft
from casemgr.desk import DeskDep, WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import Intake
from casemgr.errors import Malformed, NotFound, Overtaken
from casemgr.fields import readable
from casemgr.usecases import drafts, intake
from casemgr.usecases.drafts import DraftInput, NewDraft
from casemgr.usecases.views import intake as views
from casemgr.usecases.work import Work
from casemgr.web import intake_form
from casemgr.web import intake_pages as pages
from casemgr.web.intake_form import PARTS, lines
from casemgr.web.intake_lines import edited
from casemgr.web.page import (
    Fields,
    Problems,
    attempt,
    page,
    page_router,
    see,
    version_in,
    with_key_aside,
)
from casemgr.web.uploads import fields_with_file

router = page_router()

LARGEST_LETTER = 50 * 1024 * 1024
LARGEST_FORM = LARGEST_LETTER + 2 * 1024 * 1024
OTHER_WINDOW = (
    "This draft was changed in another window. What you typed is still here and is not saved yet. "
    "Save again to keep yours, or open the draft anew to see the other."
)


async def draft_fields(http: Request) -> dict[str, str]:
    """Return the text fields of a draft's form; the file, if one was chosen, waits beside them."""
    sent = await fields_with_file(http, drafts.MOST_FIELDS)
    fields = {name: readable(text) for name, text in sent.items()}
    # Whoever turns out to be signed out gets it back: see `page.problem_page`.
    http.state.typed = dict(fields)
    return with_key_aside(http, fields)


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
    said = pages.first_words(work, matter_id)
    empty = next((e for e in drafts.mine(work) if e.intake is door and _is_empty(e)), None)
    if empty is not None:
        drafts.keep(work, empty.id, DraftInput(typed=said, for_matter_id=matter_id))
        return see(pages.at_draft(empty))
    made = drafts.begin(work, NewDraft(intake=door, typed=said, for_matter_id=matter_id))
    return see(pages.at_draft(made))


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


# --- what is typed


@router.get("/requests/new/{draft_id}")
def show_draft(http: Request, work: WorkDep, draft_id: str, at: str = "") -> Response:
    """Show a draft: the page of the first door, or the list of the second."""
    draft = drafts.open_draft(work, draft_id)
    if draft.intake is Intake.SENT:
        return pages.sheet(http, work, draft, at=at)
    return pages.tasks(http, work, draft)


@router.post("/requests/new/{draft_id}", max_body_size=LARGEST_FORM)
def keep_sheet(
    http: Request, sent: DraftFields, work: WorkDep, desk: DeskDep, draft_id: str
) -> Response:
    """Keep what was typed of a request that was sent, and do what the button says."""
    draft = drafts.open_draft(work, draft_id)
    if draft.intake is not Intake.SENT:
        raise NotFound
    do = sent.get("do", "check")
    said, at = edited(_merged(draft, sent, ""), do)
    done = _keep(work, draft, said, sent)
    if not isinstance(done, Problems):
        done = _keep_file(http, work, desk, draft, do)
    if isinstance(done, Problems):
        return pages.sheet(http, work, draft, typed=said, problems=done)
    if do == "draft":
        return see(f"/requests/new?kept={draft.id}")
    if do == "check":
        return pages.check(http, work, draft)
    return see(f"{pages.at_draft(draft)}?at={at}#{at and f'f-{at}'}")


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
        if len(said) > drafts.MOST_FIELDS:
            raise Malformed("These are more lines than one request can have. Remove some.")
        matter_id = _matter(work, said)
        return drafts.keep(work, draft.id, DraftInput(typed=said, for_matter_id=matter_id))

    done = attempt(work, act)
    if isinstance(done, Problems) and done.status == 409:
        done[""] = OTHER_WINDOW
    return done


@router.post("/requests/new/{draft_id}/typed")
def autosave(sent: DraftFields, work: WorkDep, draft_id: str) -> Response:
    """Keep what stands in the form of an open page while somebody types; say when it was kept."""
    draft = drafts.open_draft(work, draft_id)
    part = sent.get("part", "")
    if (part in PARTS) is not (draft.intake is Intake.NEW):
        raise NotFound
    said = _merged(draft, sent, part)
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


@router.get("/requests/new/{draft_id}/{part}")
def show_part(http: Request, work: WorkDep, draft_id: str, part: str, at: str = "") -> Response:
    """Show one question of a new request, or the page on which it is checked."""
    draft = drafts.open_draft(work, draft_id)
    if draft.intake is not Intake.NEW or part not in {*PARTS, "check"}:
        raise NotFound
    if part == "check":
        return pages.check(http, work, draft)
    return pages.part_of(http, work, draft, part, at=at)


@router.post("/requests/new/{draft_id}/check")
def check_again(http: Request, sent: DraftFields, work: WorkDep, draft_id: str) -> Response:
    """Note that a request that was found near is another one, and check again."""
    draft = drafts.open_draft(work, draft_id)
    do = sent.get("do", "")
    if do.startswith("other_") and intake_form.is_known(do):
        done = _keep(work, draft, {**draft.typed, do: "1"}, {})
        if isinstance(done, Problems):
            return pages.wrong(http, work, draft, done)
    if draft.intake is Intake.NEW:
        return see(pages.at_draft(draft, "check"))
    return pages.check(http, work, draft)


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
    said, at = edited(_used(work, _merged(draft, sent, part), do), do)
    done = _keep(work, draft, said, sent)
    if isinstance(done, Problems):
        return pages.part_of(http, work, draft, part, typed=said, problems=done)
    if do == "draft":
        return see(f"/requests/new?kept={draft.id}")
    if do != "next":
        return see(f"{pages.at_draft(draft, part)}{f'?at={at}#f-{at}' if at else '#found'}")
    wrong = intake_form.read(said, draft.intake, work.today).of(part)
    if wrong:
        return pages.part_of(http, work, draft, part, problems=wrong)
    return see(pages.at_draft(draft))


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


def _save(
    http: Request, work: Work, desk: Any, draft: RequestDraft, sent: Mapping[str, str]
) -> Response:
    version = version_in(sent)
    if version is not None and version != draft.version:
        return pages.wrong(http, work, draft, {"": CHECK_AGAIN})
    reading = pages.read(work, draft)
    if reading.ready is None:
        return pages.wrong(http, work, draft, reading.problems)
    done = attempt(work, partial(intake.save, work, draft.id, reading.ready, desk.store))
    if isinstance(done, Problems):
        wrong = intake_form.beside_fields(done, draft.typed, draft.intake)
        return pages.wrong(http, work, draft, wrong)
    return see(f"/requests/{done.id}/saved")


CHECK_AGAIN = "The draft was changed after you checked it, so nothing was saved. Check it again."

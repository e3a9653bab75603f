"""Letters: what may be written about a track, a letter with its check list, release and sending."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.words import SendMethod, Tone
from casemgr.errors import Malformed
from casemgr.usecases import letter_drafts, letters, releases, sendings
from casemgr.usecases.letter_drafts import DraftChange, DraftInput
from casemgr.usecases.letter_kinds import FOLDED, GivenUp, SentBack, Typed
from casemgr.usecases.papers import METHODS
from casemgr.usecases.releases import ReleaseInput
from casemgr.usecases.sendings import SendingInput, SendingProof
from casemgr.usecases.views import letters as views
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
    version_in,
)

router = page_router()

TICKED = "argument-"  # a box for each argument, since a form names a field once
METHODS_TO_CHOOSE = [(each.value, METHODS[each]) for each in SendMethod if each in METHODS]
TONES = [
    (Tone.FIRST.value, "First: a friendly question"),
    (Tone.SECOND.value, "Second: we asked before"),
    (Tone.LAST.value, "Last: a suit may follow"),
]


@router.get("/requests/{request_id}/{track_id}/letters")
def show_letters(http: Request, work: WorkDep, request_id: str, track_id: str) -> Response:
    """Show the letters about a track, and which may be written now."""
    return page(http, "letters", work, seen=views.look_at_track(work, request_id, track_id))


@router.post("/requests/{request_id}/{track_id}/letters")
def begin(work: WorkDep, request_id: str, track_id: str, sent: Fields) -> Response:  # noqa: ARG001 the address names it
    """Begin a letter about a track."""
    form = read_form(DraftInput, sent, work.today)
    if form.value is None:
        raise Malformed(form.problems)
    draft = letter_drafts.begin_draft(work, track_id, form.value)
    return see(f"/letters/{draft.id}")


@router.get("/letters/{letter_draft_id}")
def show_letter(http: Request, work: WorkDep, letter_draft_id: str, edit: str = "") -> Response:
    """Show a letter: what is typed, what is missing, how far it is; `edit` opens a released one."""
    return _shown(http, work, letter_draft_id, edit=bool(edit))


def _shown(
    http: Request,
    work: Work,
    draft_id: str,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
    *,
    edit: bool = False,
) -> Response:
    seen = views.look(work, draft_id)
    shown: dict[str, Any] = {
        "seen": seen,
        "typed": typed if typed is not None else seen.typed,
        "problems": problems or {},
        "methods": METHODS_TO_CHOOSE,
        "tones": TONES,
        "status": status,
        "edit": edit,
        "folded": FOLDED,
    }
    return page(http, "letter", work, **shown)


@router.post("/letters/{letter_draft_id}")
def save(http: Request, work: WorkDep, letter_draft_id: str, sent: Fields) -> Response:
    """Save what was typed, or show it again with what is wrong."""
    form = read_form(Typed, _with_ticks(sent), work.today)
    done = attempt_form(
        work,
        form,
        lambda given: letter_drafts.change_draft(
            work,
            letter_draft_id,
            DraftChange(event_id=given.event_id, typed=given.parts),
            version=form.version,
        ),
    )
    if isinstance(done, Problems):
        return _shown(http, work, letter_draft_id, form.typed, done, done.status, edit=True)
    return see(f"/letters/{letter_draft_id}")


def _with_ticks(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of the form with the ticked arguments in one."""
    ticked = [name.removeprefix(TICKED) for name in sent if name.startswith(TICKED)]
    rest = {name: text for name, text in sent.items() if not name.startswith(TICKED)}
    return {**rest, "arguments": " ".join(ticked)} if ticked else rest


@router.post("/letters/{letter_draft_id}/hand-in")
def hand_in(work: WorkDep, letter_draft_id: str, sent: Fields) -> Response:
    """Hand a letter in for release."""
    letter_drafts.hand_in(work, letter_draft_id, version=version_in(sent))
    return see(f"/letters/{letter_draft_id}")


@router.post("/letters/{letter_draft_id}/send-back")
def send_back(http: Request, work: WorkDep, letter_draft_id: str, sent: Fields) -> Response:
    """Send a letter back to its writer with a note."""
    form = read_form(SentBack, sent, work.today)
    act = partial(letter_drafts.send_back, work, letter_draft_id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _shown(http, work, letter_draft_id, None, done, done.status)
    return see(f"/letters/{letter_draft_id}")


@router.post("/letters/{letter_draft_id}/give-up")
def give_up(http: Request, work: WorkDep, letter_draft_id: str, sent: Fields) -> Response:
    """Give a letter up before it is sent."""
    form = read_form(GivenUp, sent, work.today)
    act = partial(letter_drafts.give_up, work, letter_draft_id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _shown(http, work, letter_draft_id, None, done, done.status)
    return see(f"/letters/{letter_draft_id}")


@router.post("/letters/{letter_draft_id}/preview")
def preview(opens: OpensDep, desk: DeskDep, letter_draft_id: str, sent: Fields) -> Response:
    """Make the letter as it stands, marked as a draft, as PDF or for Word."""
    letter, _ = letters.make(opens, desk.store, letter_drafts.preview(letter_draft_id))
    return see(f"/letters/{letter.id}.{'docx' if sent.get('form') == 'word' else 'pdf'}")


@router.post("/letters/{letter_draft_id}/release")
def release(
    http: Request, opens: OpensDep, desk: DeskDep, letter_draft_id: str, sent: Fields
) -> Response:
    """Release the letter as it was read, or say what is missing."""
    try:
        given = ReleaseInput(fingerprint=sent.get("fingerprint", "") or "0" * 64)
        version = version_in(sent)
        releases.release(opens, desk.store, letter_draft_id, given, version=version)
    except Malformed as missing:
        with opens(reads_only=True) as work:
            problems = {"": str(missing)}
            return _shown(http, work, letter_draft_id, None, problems, 422)
    return see(f"/letters/{letter_draft_id}")


@router.post("/letter-releases/{letter_release_id}/sending")
def record_sending(http: Request, work: WorkDep, letter_release_id: str, sent: Fields) -> Response:
    """Record how a released letter was sent; the dates that follow move at once."""
    draft_id = letter_drafts.draft_of_release(work, letter_release_id)
    form = read_form(SendingInput, sent, work.today)
    act = partial(sendings.record_sending, work, letter_release_id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _shown(http, work, draft_id, form.typed, done, done.status)
    return see(f"/letters/{draft_id}")


@router.post("/sendings/{sending_id}")
def change_sending(work: WorkDep, sending_id: str, sent: Fields) -> Response:
    """Add what proves a sending."""
    form = read_form(SendingProof, sent, work.today)
    if form.value is None:
        raise Malformed(form.problems)
    value = form.value
    row = attempt(
        work, lambda: sendings.change_sending(work, sending_id, value, version=form.version)
    )
    if isinstance(row, Problems):
        raise Malformed(row)
    return see(f"/letters/{letter_drafts.draft_of_release(work, row.release_id)}")

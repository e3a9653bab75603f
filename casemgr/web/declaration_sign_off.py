"""From a draft to the court: sent to the witness, read, signed off, signed in ink, filed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.access import Right, may
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.files.kinds import Upload
from casemgr.usecases import (
    declaration_sign_off,
    declaration_signing,
    declaration_versions,
    documents,
    exhibit_words,
)
from casemgr.usecases import declarations as usecases
from casemgr.usecases.declaration_sign_off import SignOffInput
from casemgr.usecases.declaration_signing import FiledInput, SignedInput
from casemgr.usecases.declaration_versions import NameInput, WitnessRead
from casemgr.usecases.documents import DocumentInput
from casemgr.usecases.views import declaration_editor, declaration_standing, declarations
from casemgr.usecases.views.lens import lens
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
from casemgr.web.uploads import FieldsAndFile

router = page_router("/declarations/{declaration_id}")

LARGEST_SCAN = 50 * 1024 * 1024
LARGEST_FORM = LARGEST_SCAN + 1024 * 1024


@router.get("/sign-off")
def show_sign_off(http: Request, opens: OpensDep, desk: DeskDep, declaration_id: str) -> Response:
    """Show how the newest version stands for its sign-off, and what comes after."""
    exhibit_words.read_new(opens, desk.store, desk.words, declaration_id)
    with opens(reads_only=True) as work:
        return _shown(http, work, declaration_id)


def _shown(
    http: Request,
    work: Work,
    declaration_id: str,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    seen = declarations.look(work, declaration_id)
    if seen.open is None:
        raise WrongMoment("We know of this paper and hold no text of it. Begin a version first.")
    now, why = None, ""
    try:
        now = declaration_standing.standing(work, seen.open.id)
    except WrongMoment as not_yet:
        why = str(not_yet)
    shown: dict[str, Any] = {
        "seen": seen,
        "now": now,
        "why": why,
        "sign_offs": declarations.sign_offs(work, declaration_id),
        "may_sign_off": may(work.actor.role, Right.SIGN_OFF) and seen.may_log,
        "documents": declaration_editor.documents(lens(work), seen.line.matter_id),
        "typed": typed or {},
        "problems": problems or {},
        "status": status,
    }
    return page(http, "declaration_sign_off", work, **shown)


@router.post("/sign-off")
def sign_off(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Sign the newest version off, exactly as the page showed it."""
    given = {"fingerprint": sent.get("fingerprint", "")}
    form = read_form(SignOffInput, given, work.today)
    return _done(http, work, declaration_id, sent, form, declaration_sign_off.sign_off)


@router.post("/named")
def name_version(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Name the newest version; its words stand from then on."""
    form = read_form(NameInput, _only(sent, "name"), work.today)
    return _done(http, work, declaration_id, sent, form, declaration_versions.name_version)


@router.post("/sent")
def send(work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Freeze the newest version because it goes to the witness to be read."""
    version_id = _version(work, declaration_id, sent)
    declaration_versions.send_for_reading(work, version_id, version=version_in(sent))
    return see(f"/declarations/{declaration_id}/sign-off")


@router.post("/read")
def record_reading(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Record that the witness has read the version, and when."""
    form = read_form(WitnessRead, _only(sent, "read_on"), work.today)
    return _done(http, work, declaration_id, sent, form, declaration_versions.record_reading)


@router.post("/signed", max_body_size=LARGEST_FORM)
def keep_signed(
    http: Request, work: WorkDep, desk: DeskDep, declaration_id: str, sent: FieldsAndFile
) -> Response:
    """Keep the signed pages beside the version: a scan, or a document that is on file already."""
    version_id = _version(work, declaration_id, sent)
    scan: Upload | None = http.state.upload

    def act() -> object:
        given = dict(_only(sent, "document_id", "executed_on", "executed_at"))
        if scan is not None:
            row = usecases.opened(work, declaration_id)
            about = DocumentInput(title=f"{row.title}, signed"[:300], kind="declaration")
            kept = documents.add_document(work, row.matter_id, about, desk.store, scan)
            given["document_id"] = kept.id
        form = read_form(SignedInput, given, work.today)
        if form.value is None:
            raise Malformed(form.problems)
        return declaration_signing.keep_signed(
            work, version_id, form.value, version=version_in(sent)
        )

    done = attempt(work, act)
    if isinstance(done, Problems):
        return _shown(http, work, declaration_id, sent, done, done.status)
    return see(f"/declarations/{declaration_id}/sign-off")


@router.post("/filed")
def record_filing(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Record the filing on the docket; every date it opens is there at once."""
    form = read_form(FiledInput, _only(sent, "filed_on", "number"), work.today)
    return _done(http, work, declaration_id, sent, form, declaration_signing.record_filing)


def _done(
    http: Request,
    work: Work,
    declaration_id: str,
    sent: Mapping[str, str],
    form: Any,
    act: Callable[..., object],
) -> Response:
    version_id = _version(work, declaration_id, sent)
    done = attempt_form(work, form, partial(act, work, version_id, version=version_in(sent)))
    if isinstance(done, Problems):
        return _shown(http, work, declaration_id, sent, done, done.status)
    return see(f"/declarations/{declaration_id}/sign-off")


def _version(work: Work, declaration_id: str, sent: Mapping[str, str]) -> str:
    """Return the version that the page showed, of this declaration; else its newest."""
    row = usecases.opened(work, declaration_id)
    wanted = sent.get("version_id") or None
    version = declaration_versions.version_of(work, row.id, wanted)
    if version.declaration_id != row.id:
        raise NotFound
    return version.id


def _only(sent: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: sent[name] for name in names if name in sent}

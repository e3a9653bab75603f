"""Who declares, what for, in which lawsuit: asked once, and asked again on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import DeclarationKind, Lettering
from casemgr.errors import NotFound
from casemgr.usecases import declaration_exhibits, declarations
from casemgr.usecases.declarations import DeclarationInput, VersionInput
from casemgr.usecases.views import declaration_editor as views
from casemgr.usecases.work import Work
from casemgr.web import speak
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()

SHOWN = ("title", "declarant", "kind", "purpose", "lettering", "lawsuit_id", "note")

KINDS = [
    (DeclarationKind.FACT.value, "Facts: what a witness knows"),
    (DeclarationKind.ATTORNEY.value, "Attorney: the papers of the case as exhibits"),
    (DeclarationKind.EXPERT.value, "Expert"),
    (DeclarationKind.SUMMARY_JUDGMENT.value, "For summary judgment: the delay, from the clocks"),
    (DeclarationKind.INJUNCTION.value, "For a preliminary injunction"),
    (DeclarationKind.FEES.value, "For attorney fees"),
    (DeclarationKind.AGENCY.value, "Of the agency: a paper of theirs"),
]
LETTERINGS = [
    (Lettering.FIRST_MENTION.value, "As the text first mentions them"),
    (Lettering.FIXED.value, "As we letter them ourselves"),
]


# --- begin one


@router.get("/matters/{matter_id}/declarations/new")
def show_new(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Ask who declares, what for and in which lawsuit."""
    return _asked(http, work, matter_id, {"lettering": Lettering.FIRST_MENTION.value}, {})


@router.post("/matters/{matter_id}/declarations/new")
def begin(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Begin a declaration, and go on to its text."""
    doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    form = read_form(DeclarationInput, _titled(sent), work.today)
    done = attempt_form(work, form, partial(declarations.begin_declaration, work, matter_id))
    if isinstance(done, Problems):
        return _asked(http, work, matter_id, form.typed, done, done.status)
    return see(f"/declarations/{done.id}/write")


def _titled(sent: Mapping[str, str]) -> dict[str, str]:
    name = sent.get("declarant", "").strip()
    titled = f"Declaration of {name}"[:200] if name and not sent.get("title", "").strip() else ""
    return {**sent, **({"title": titled} if titled else {})}


def _asked(
    http: Request,
    work: Work,
    matter_id: str,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    shown: dict[str, Any] = {
        "matter_row": matter,
        "typed": typed,
        "problems": problems,
        "status": status,
    }
    return page(http, "declaration_new", work, **_choices(work, matter.id), **shown)


def _choices(work: Work, matter_id: str) -> dict[str, Any]:
    lawsuits = views.lawsuits(work, matter_id)
    return {"kinds": KINDS, "letterings": LETTERINGS, "lawsuits": lawsuits}


# --- who declares and what for


@router.get("/declarations/{declaration_id}/about")
def show_about(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Ask again who declares, what for, in which lawsuit, and how exhibits are lettered."""
    row = declarations.opened(work, declaration_id)
    names = (*DeclarationInput.model_fields, "version")
    typed = {name: speak.typed_again(getattr(row, name)) for name in names}
    return _about(http, work, declaration_id, typed, {})


@router.post("/declarations/{declaration_id}/about")
def keep_about(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Keep who declares and what for; exhibits are lettered again where that is wished."""
    row = declarations.opened(work, declaration_id)
    stands = {name: getattr(row, name) for name in DeclarationInput.model_fields}
    rest = {n: speak.typed_again(v) for n, v in stands.items() if n not in SHOWN}
    numbered = "true" if sent.get("exhibits_numbered") else "false"
    form = read_form(DeclarationInput, {**rest, **sent, "exhibits_numbered": numbered}, work.today)

    act = partial(
        declaration_exhibits.change_declaration, work, declaration_id, version=form.version
    )
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _about(http, work, declaration_id, form.typed, done, done.status)
    return see(f"/declarations/{declaration_id}")


@router.post("/declarations/{declaration_id}/version")
def keep_version(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Keep where and when the newest version is to be signed; its text stays as it is."""
    row = declarations.opened(work, declaration_id)
    version = declarations.newest(work, row.id)
    if version is None:
        raise NotFound
    asked = ("executed_on", "executed_at", "version")
    given: dict[str, str] = {name: sent[name] for name in asked if name in sent}
    abroad = "true" if sent.get("abroad") else "false"
    stands = {"name": version.name, "opening": version.opening}
    form = read_form(VersionInput, {**stands, **given, "abroad": abroad}, work.today)
    act = partial(declarations.change_version, work, version.id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        typed = {name: speak.typed_again(getattr(row, name)) for name in (*SHOWN, "version")}
        return _about(http, work, declaration_id, {**typed, **sent}, done, done.status)
    return see(f"/declarations/{declaration_id}/about")


def _about(
    http: Request,
    work: Work,
    declaration_id: str,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    row = declarations.opened(work, declaration_id)
    last = declarations.newest(work, row.id)
    shown: dict[str, Any] = {"row": row, "typed": typed, "problems": problems, "status": status}
    shown["last"] = last if last is not None and not last.frozen else None
    return page(http, "declaration_about", work, **_choices(work, row.matter_id), **shown)

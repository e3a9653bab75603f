"""The checks of a declaration, sentences from the record, and two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.access import Right, may
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.usecases import (
    declaration_checks,
    declaration_facts,
    declaration_typing,
    exhibit_words,
)
from casemgr.usecases import declarations as usecases
from casemgr.usecases.declaration_checks import AcceptInput, FixInput
from casemgr.usecases.views import declaration_standing, declarations
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
    up_to,
)

router = page_router("/declarations/{declaration_id}")

MOST_BOXES = 2_000
TICKED = "fact-"  # a box for each fact, since a form names a field once
GROUPS = (
    ("chronology", "Delay: every component in one table"),
    ("track", "Clocks: how long nobody answered"),
    ("event", "Timeline"),
    ("docket_entry", "Docket"),
    ("document", "Documents, each as an exhibit"),
)


TickedFields = Annotated[dict[str, str], up_to(MOST_BOXES)]


# --- the checks


@router.get("/checks")
def show_checks(http: Request, opens: OpensDep, desk: DeskDep, declaration_id: str) -> Response:
    """Show what the checks find in the newest version, its exhibits read first."""
    exhibit_words.read_new(opens, desk.store, desk.words, declaration_id)
    with opens(reads_only=True) as work:
        return _checks(http, work, declaration_id)


@router.post("/checks")
def act_on_finding(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Mend a finding, let it stand with a reason, or take the reason back."""
    version = _newest(work, declaration_id)
    if sent.get("do") == "back":
        declaration_checks.take_back(work, sent.get("note_id", ""))
        return see(f"/declarations/{declaration_id}/checks")
    if sent.get("do") == "fix":
        row = declaration_checks.fix(work, version, FixInput(sha256=sent.get("sha256", "")))
        return see(f"/declarations/{declaration_id}/write#says-{row.id}")
    fields: dict[str, str] = {n: sent[n] for n in ("sha256", "because") if n in sent}
    form = read_form(AcceptInput, fields, work.today)
    done = attempt_form(work, form, lambda given: declaration_checks.accept(work, version, given))
    if isinstance(done, Problems):
        return _checks(http, work, declaration_id, done, done.status)
    return see(f"/declarations/{declaration_id}/checks")


def _newest(work: Work, declaration_id: str) -> str:
    row = usecases.opened(work, declaration_id)
    version = usecases.newest(work, row.id)
    if version is None:
        raise NotFound
    return version.id


def _checks(
    http: Request,
    work: Work,
    declaration_id: str,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    seen = declarations.look(work, declaration_id)
    now, why = None, ""
    if seen.open is not None:
        try:
            now = declaration_standing.standing(work, seen.open.id)
        except WrongMoment as not_yet:
            why = str(not_yet)
    shown: dict[str, Any] = {
        "seen": seen,
        "now": now,
        "why": why,
        "may_let_problems_stand": may(work.actor.role, Right.SIGN_OFF),
        "problems": problems or {},
        "status": status,
    }
    return page(http, "declaration_checks", work, **shown)


# --- from the record


@router.get("/insert")
def show_facts(http: Request, work: WorkDep, declaration_id: str, after: str = "") -> Response:
    """Offer what the record has to say, as ready sentences."""
    row = usecases.opened(work, declaration_id)
    facts = declaration_standing.facts(work, declaration_id)
    shown: dict[str, Any] = {
        "row": row,
        "facts": facts,
        "groups": GROUPS,
        "after": after,
        "ticked": (),
    }
    return page(http, "declaration_insert", work, about=None, **shown)


@router.post("/insert")
def insert(work: WorkDep, declaration_id: str, sent: TickedFields) -> Response:
    """Add a paragraph for each ticked fact."""
    version = _newest(work, declaration_id)
    after = sent.get("after") or None
    added = declaration_facts.insert(work, version, _ticked(sent), after_id=after)
    place = f"#says-{added[0].id}" if added else ""
    return see(f"/declarations/{declaration_id}/write{place}")


@router.get("/paragraphs/{paragraph_id}/sources")
def show_sources(http: Request, work: WorkDep, declaration_id: str, paragraph_id: str) -> Response:
    """Ask which facts a paragraph rests on."""
    about, _, row = declaration_typing.opened(work, paragraph_id)
    if row.id != declaration_id:
        raise NotFound
    facts = declaration_standing.facts(work, declaration_id)
    ticked = {f"{each.get('kind')}:{each.get('id')}" for each in about.sources}
    shown: dict[str, Any] = {
        "row": row,
        "facts": facts,
        "groups": GROUPS,
        "after": "",
        "ticked": ticked,
    }
    return page(http, "declaration_insert", work, about=about, **shown)


@router.post("/paragraphs/{paragraph_id}/sources")
def keep_sources(
    work: WorkDep, declaration_id: str, paragraph_id: str, sent: TickedFields
) -> Response:
    """Keep which facts a paragraph rests on, as they stand today."""
    usecases.opened(work, declaration_id)
    declaration_facts.set_sources(work, paragraph_id, _ticked(sent))
    return see(f"/declarations/{declaration_id}/write#says-{paragraph_id}")


def _ticked(sent: Mapping[str, str]) -> list[str]:
    return [name.removeprefix(TICKED) for name in sent if name.startswith(TICKED)]


# --- two versions


@router.get("/compare")
def show_comparison(
    http: Request, work: WorkDep, declaration_id: str, before: str = "", after: str = ""
) -> Response:
    """Show two versions as one text, with the words that were added and removed."""
    seen = declarations.look(work, declaration_id)
    if len(seen.versions) < 2:
        raise WrongMoment("There is one version only, so there is nothing to compare it with.")
    ids = {each.id: each for each in seen.versions}
    first = ids.get(before or seen.versions[1].id)
    second = ids.get(after or seen.versions[0].id)
    if first is None or second is None:
        raise Malformed({"before": "There is no such version of this declaration."})
    rows = declaration_standing.compared(work, first.id, second.id)
    shown: dict[str, Any] = {"seen": seen, "first": first, "second": second, "rows": rows}
    return page(http, "declaration_compare", work, **shown)

"""A docket entry on pages: the dates it makes or moves are shown before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.db.tables import DocketEntry
from casemgr.desk import WorkDep
from casemgr.domain.access import Right, may
from casemgr.domain.words import EntryKind, Side
from casemgr.fields import Code
from casemgr.usecases import dated_entries, duties, litigation
from casemgr.usecases.dated_entries import MadeDate
from casemgr.usecases.litigation import DocketEntryInput
from casemgr.usecases.preview import preview
from casemgr.usecases.views import lawsuits
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Form,
    Problems,
    attempt,
    page,
    page_router,
    read_form,
    see,
)

router = page_router()

SHOWN = (
    "number", "part", "kind", "filed_by", "filed_on", "entered_on", "until_on", "certainty",
    "says", "document_id", "answers_id", "source",
)  # fmt: skip


class EntryForm(DocketEntryInput):
    """A docket entry as the form sends it: what the use case takes as lists comes one by one."""

    decides_id: Code | None = None
    hurts_ours: bool = False
    hurts_theirs: bool = False


def _split(sent: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Part the fields of the entry from the choices about its dates."""
    of_dates = ("keep-", "seen-", "owner-", "second-", "confirmed")
    choices = {name: text for name, text in sent.items() if name.startswith(of_dates)}
    return {name: text for name, text in sent.items() if name not in choices}, choices


def _entry(
    form: EntryForm, choices: Mapping[str, str], stands: DocketEntry | None
) -> DocketEntryInput:
    """Return the entry as the use case takes it; what the form does not show stays as it is."""
    hurts = [side for side in (Side.OURS, Side.THEIRS) if getattr(form, f"hurts_{side.value}")]
    decides = list(stands.decides_ids) if stands else []
    if form.decides_id and form.decides_id not in decides:
        decides = [*decides, form.decides_id] if len(decides) != 1 else [form.decides_id]
    seen = [name.removeprefix("seen-") for name in choices if name.startswith("seen-")]
    left_out = [rule for rule in seen if f"keep-{rule}" not in choices]
    kept = [rule for rule in (stands.without_rules if stands else []) if rule not in seen]
    return DocketEntryInput.model_validate(
        {
            **{name: getattr(form, name) for name in SHOWN},
            "hurts": hurts,
            "decides_ids": decides,
            "without_rules": [*kept, *left_out],
        }
    )


# --- a new entry


@router.get("/lawsuits/{lawsuit_id}/docket/new")
def ask_for_entry(http: Request, work: WorkDep, lawsuit_id: str) -> Response:
    """Show the form of a docket entry."""
    litigation.lawsuit_to_change(work, lawsuit_id)
    return _page(http, work, lawsuit_id, {"certainty": "exact"})


@router.post("/lawsuits/{lawsuit_id}/docket/dates")
def show_dates(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Show the dates an entry would make, each with its proof; nothing is saved."""
    litigation.lawsuit_to_change(work, lawsuit_id)
    given, choices = _split(sent)
    form = read_form(EntryForm, given, work.today)

    def act(entry: DocketEntryInput, aside: Work) -> object:
        everything = entry.model_copy(update={"without_rules": []})
        return litigation.record_docket_entry(aside, lawsuit_id, everything)

    return _previewed(http, work, lawsuit_id, form, choices, act)


@router.post("/lawsuits/{lawsuit_id}/docket/save")
def save_entry(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Save an entry with what was decided about its dates, or show the form again."""
    litigation.lawsuit_to_change(work, lawsuit_id)
    given, choices = _split(sent)
    form = read_form(EntryForm, given, work.today)
    if form.value is None:
        return _page(http, work, lawsuit_id, form.typed, problems=Problems(form.problems))
    save = partial(
        dated_entries.record_with_dates,
        work,
        lawsuit_id,
        _entry(form.value, choices, None),
        list(_owners(choices)),
        confirmed="confirmed" in choices,
    )
    done = attempt(work, save)
    if isinstance(done, Problems):
        return _page(http, work, lawsuit_id, form.typed, problems=done, choices=choices)
    return see(f"/lawsuits/{lawsuit_id}?recorded={done.id}#{done.id}")


def _owners(choices: Mapping[str, str]) -> list[MadeDate]:
    """Read who sees to which date: `owner-RULE-SIDE` and `second-RULE-SIDE`."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, person in choices.items():
        role, _, rest = name.partition("-")
        rule, _, whose = rest.rpartition("-")
        if role in ("owner", "second") and person and whose in {"ours", "theirs"}:
            found.setdefault((rule, whose), {})[f"{role}_id"] = person
    return [
        MadeDate.model_validate({"rule": rule, "whose": whose, **who})
        for (rule, whose), who in found.items()
    ]


# --- an entry on file: what would move


@router.get("/docket-entries/{entry_id}/change")
def ask_for_change(http: Request, work: WorkDep, entry_id: str) -> Response:
    """Show the form that corrects an entry, or tries what a correction would move."""
    row = _row(work, entry_id)
    typed = {name: _typed(getattr(row, name)) for name in SHOWN}
    typed |= {f"hurts_{side}": "true" for side in row.hurts}
    typed["decides_id"] = row.decides_ids[0] if row.decides_ids else ""
    return _page(http, work, row.lawsuit_id, typed, row=row)


@router.post("/docket-entries/{entry_id}/what-if")
def show_what_moves(http: Request, work: WorkDep, entry_id: str, sent: Fields) -> Response:
    """Show every date, reminder and proof that a correction would change; nothing is saved."""
    row = _row(work, entry_id)
    given, choices = _split(sent)
    form = read_form(EntryForm, given, work.today)

    def act(entry: DocketEntryInput, aside: Work) -> object:
        return litigation.change_docket_entry(aside, entry_id, entry)

    return _previewed(http, work, row.lawsuit_id, form, choices, act, row)


@router.post("/docket-entries/{entry_id}/change")
def change_entry(http: Request, work: WorkDep, entry_id: str, sent: Fields) -> Response:
    """Correct an entry and move what follows from it, or show the form again."""
    row = _row(work, entry_id)
    given, choices = _split(sent)
    form = read_form(EntryForm, given, work.today)
    if form.value is None:
        problems = Problems(form.problems)
        return _page(http, work, row.lawsuit_id, form.typed, problems=problems, row=row)
    entry = _entry(form.value, choices, row)
    act = partial(litigation.change_docket_entry, work, entry_id, entry, version=form.version)
    done = attempt(work, act)
    if isinstance(done, Problems):
        return _page(http, work, row.lawsuit_id, form.typed, problems=done, row=row)
    return see(f"/lawsuits/{done.lawsuit_id}?recorded={done.id}#{done.id}")


def _row(work: Work, entry_id: str) -> DocketEntry:
    return doors.docket_entry(work.session, work.actor, entry_id, Right.LOG, work.today)


def _typed(value: object) -> str:
    return "" if value is None else str(value)


# --- the page


def _previewed(
    http: Request,
    work: Work,
    lawsuit_id: str,
    form: Form[EntryForm],
    choices: Mapping[str, str],
    act: Callable[[DocketEntryInput, Work], object],
    row: DocketEntry | None = None,
) -> Response:
    if form.value is None:
        problems = Problems(form.problems)
        return _page(http, work, lawsuit_id, form.typed, problems=problems, row=row)
    entry = _entry(form.value, choices, row)
    moves = attempt(work, lambda: preview(work, partial(act, entry)))
    if isinstance(moves, Problems):
        return _page(http, work, lawsuit_id, form.typed, problems=moves, row=row)
    return _page(http, work, lawsuit_id, form.typed, moves=moves, choices=choices, row=row)


def _page(
    http: Request,
    work: Work,
    lawsuit_id: str,
    typed: Mapping[str, str],
    *,
    problems: Problems | None = None,
    row: DocketEntry | None = None,
    moves: Any = None,
    choices: Mapping[str, str] | None = None,
) -> Response:
    seen = lawsuits.look(work, lawsuit_id)
    stays = duties.stays(work, [seen.line.matter_id])[seen.line.matter_id]
    shown: dict[str, Any] = {
        "seen": seen,
        "typed": typed,
        "problems": problems or {},
        "row": row,
        "moves": moves,
        "choices": choices or {},
        "kinds": list(EntryKind),
        "people": [(each.person_id, each.name) for each in stays if each.there_on(work.today)],
        "may_confirm": may(work.actor.role, Right.CONFIRM),
    }
    return page(http, "docket_entry", work, status=problems.status if problems else 200, **shown)

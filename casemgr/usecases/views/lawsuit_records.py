"""What the forms of a lawsuit show: what can be chosen, and the same number on another matter."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.db import court_lists as lists
from casemgr.db import doors
from casemgr.domain.access import Right
from casemgr.usecases import courts
from casemgr.usecases.views import lawsuits, matters
from casemgr.usecases.views.lawsuits import LawsuitPage
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.work import Work

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LawsuitForm:
    """What the form of a lawsuit offers: courts on file, the other federal courts, its siblings."""

    matter: matters.Matter
    courts: list[Option]
    others: list[Option]
    lawsuits: list[Option]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A lawsuit, and what the forms of its parts offer."""

    seen: LawsuitPage
    matter: matters.Matter
    contacts: list[Option]
    organisations: list[Option]
    agencies: list[Option]
    tracks: list[Option]
    colleagues: list[Option]


def form(work: Work, matter_id: str) -> LawsuitForm:
    """Return what the form of a lawsuit on this matter offers."""
    seen, matter = matters.head(work, matter_id)
    there = courts.on_file(work)
    return LawsuitForm(matter, there, courts.others(work), _pairs(seen, lists.LAWSUITS))


def look(work: Work, lawsuit_id: str) -> RecordPage:
    """Return a lawsuit with what can be recorded of it."""
    page = lawsuits.look(work, lawsuit_id)
    seen, matter = matters.head(work, page.line.matter_id)
    tracks = seen.rows(lists.NOT_IN_SUIT, _pair, lawsuit_id=lawsuit_id)
    return RecordPage(
        seen=page,
        matter=matter,
        contacts=seen.rows(lists.CONTACTS, _contact),
        organisations=_pairs(seen, lists.ORGANISATIONS),
        agencies=_pairs(seen, lists.AGENCIES),
        tracks=tracks,
        colleagues=doors.who_can(work.session, page.line.matter_id, Right.LOG, work.today),
    )


def same_number(work: Work, page: LawsuitPage) -> list[Option]:
    """Return lawsuits with the same court and number on other matters the actor may know of."""
    line = page.line
    return lens(work).rows(
        lists.SAME_NUMBER,
        _pair,
        court_id=line.court_id,
        number=line.docket_number,
        but=line.id,
    )


def documents(work: Work, page: LawsuitPage) -> list[Option]:
    """Return the documents of the lawsuit's matter, for a form to whoever may record."""
    if not page.may_log:
        return []
    return _pairs(lens(work).narrowed(page.line.matter_id), lists.DOCUMENTS)


def _pairs(seen: Lens, statement: object) -> list[Option]:
    return seen.rows(statement, _pair)  # type: ignore[arg-type]


def _pair(id_: str, name: str) -> Option:
    return id_, name


def _contact(id_: str, name: str, title: str, organisation: str | None) -> Option:
    return id_, ", ".join(each for each in (name, title, organisation) if each)

"""The search log of a matter: each place with what was asked, what was done, what is not said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casemgr.db import lists, search_lists
from casemgr.domain import searches
from casemgr.domain.searches import Row
from casemgr.domain.words import Confidence, SaidIn
from casemgr.usecases.views import matters
from casemgr.usecases.views.documents import DocumentLine
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.work import Work

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Noted:
    """One statement as it was noted, with the paper it stands in."""

    id: str
    matter_id: str
    track_id: str | None
    component: str | None
    said_in: SaidIn
    custodian: str
    system: str
    terms: str
    records_from: date | None
    records_until: date | None
    method: str
    searched_by: str
    docket_entry_id: str | None
    number: int | None
    part: int | None
    filed_on: date | None
    document_id: str | None
    document: str | None
    place: str
    source: str
    confidence: Confidence
    version: int
    withdrawn_on: date | None
    withdrawn_because: str

    def stands(self, today: date) -> bool:
        """Say whether it counts on a day: it was not taken back by then."""
        return self.withdrawn_on is None or self.withdrawn_on > today

    @property
    def paper(self) -> str:
        """Return which paper it stands in, and where: `Dkt. 179, para. 12`."""
        entry = entry_name(self.number, self.part, self.filed_on) if self.docket_entry_id else ""
        named = next((each for each in (entry, self.document, self.source) if each), "")
        return ", ".join(each for each in (named, self.place) if each)

    @property
    def href(self) -> str:
        """Return where the paper can be seen, empty where we only know its name."""
        if self.document_id:
            return f"/documents/{self.document_id}"
        return f"/docket-entries/{self.docket_entry_id}" if self.docket_entry_id else ""


@dataclass(frozen=True, slots=True)
class SearchLog:
    """The whole log of a matter, as of a day.

    `noted` are the statements that stand, `withdrawn` those that were taken back.
    """

    matter: matters.Matter
    as_of: date
    rows: list[Row]
    noted: dict[str, Noted]
    withdrawn: list[Noted]
    components: list[Option]
    entries: list[Option]
    documents: list[Option]

    @property
    def never_searched(self) -> list[Row]:
        """Return the places that somebody asked for and no paper says were searched."""
        return [row for row in self.rows if row.asked and not row.searched]

    @property
    def empties(self) -> int:
        """Return in how many cells the agency says nothing."""
        return sum(len(row.empties) for row in self.rows)


def entry_name(number: int | None, part: int | None, filed_on: date | None) -> str:
    """Return what people call a docket entry: its number, or its day where it has none.

    >>> entry_name(29, 1, None), entry_name(None, None, date(2010, 12, 9))
    ('Dkt. 29-1', 'the entry of 2010-12-09')
    """
    if number is None:
        return f"the entry of {filed_on}"
    return f"Dkt. {number}" + ("" if part is None else f"-{part}")


def look(work: Work, matter_id: str) -> SearchLog:
    """Show the search log of a matter today."""
    seen, matter = matters.head(work, matter_id)
    every = seen.rows(search_lists.STATEMENTS, Noted)
    found = [each for each in every if each.stands(work.today)]
    return SearchLog(
        matter=matter,
        as_of=work.today,
        rows=searches.table([_statement(each) for each in found]),
        noted={each.id: each for each in found},
        withdrawn=[each for each in every if not each.stands(work.today)],
        components=components(seen),
        entries=entries(seen),
        documents=[(each.id, each.title) for each in seen.rows(lists.DOCUMENTS, DocumentLine)],
    )


def one(work: Work, statement_id: str) -> tuple[SearchLog, Noted]:
    """Return one statement with the log it is in; NotFound for whoever may not know of it."""
    noted = lens(work).one(search_lists.STATEMENT, Noted, id=statement_id)
    return look(work, noted.matter_id), noted


def components(seen: Lens) -> list[Option]:
    """Return the tracks of the matter as the options of a form."""
    return seen.rows(
        search_lists.COMPONENTS, lambda id_, agency, request: (id_, f"{agency}: {request}")
    )


def entries(seen: Lens) -> list[Option]:
    """Return the docket entries of the matter as the options of a form."""
    return seen.rows(search_lists.ENTRIES, _entry_option)


def _entry_option(
    id_: str, cited_as: str, number: int | None, part: int | None, filed_on: date, says: str
) -> Option:
    brief = says if len(says) <= 60 else f"{says[:57]}..."
    return id_, f"{cited_as}, {entry_name(number, part, filed_on)}: {brief}"


def _statement(noted: Noted) -> searches.Statement:
    return searches.Statement(
        id=noted.id,
        said_in=noted.said_in,
        component=noted.component or "",
        custodian=noted.custodian,
        system=noted.system,
        terms=noted.terms,
        records_from=noted.records_from,
        records_until=noted.records_until,
        method=noted.method,
        searched_by=noted.searched_by,
    )

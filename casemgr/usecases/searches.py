"""The search log: note what a request, an order or a declaration says of a search."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casemgr.db import doors
from casemgr.db.tables import DocketEntry, Document, SearchStatement, Track
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import SaidIn
from casemgr.errors import WrongMoment
from casemgr.fields import Code, Day, Input, Printable, Reason, ShortText
from casemgr.usecases import records
from casemgr.usecases.litigation import Short
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Terms = Annotated[str, Field(max_length=4000), Printable]
Place = Annotated[str, Field(max_length=100), Printable]
SAYS = ("custodian", "system", "terms", "records_from", "records_until", "method", "searched_by")
CALLED = {
    SaidIn.REQUEST: "the request",
    SaidIn.AGREEMENT: "an agreement",
    SaidIn.ORDER: "an order",
    SaidIn.DECLARATION: "a declaration",
    SaidIn.LETTER: "a letter of the agency",
}


class SearchStatementInput(Input):
    """What one paper says of a search; what it does not say is left empty."""

    track_id: Code | None = None
    said_in: SaidIn
    custodian: Short = ""
    system: Short = ""
    terms: Terms = ""
    records_from: Day | None = None
    records_until: Day | None = None
    method: ShortText = ""
    searched_by: Short = ""
    docket_entry_id: Code | None = None
    document_id: Code | None = None
    place: Place = ""
    source: ShortText = ""


class SearchWithdrawal(Input):
    """Why a statement about a search is taken back."""

    because: Reason


def log_statement(work: Work, matter_id: str, given: SearchStatementInput) -> SearchStatement:
    """Note what a paper says of a search, with the paper."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check(work, matter.id, given)
    row = SearchStatement(matter_id=matter.id, known_on=work.today, **given.model_dump())
    records.keep(work, row)
    work.record("search.noted", row, title=_title(given))
    return row


def change_statement(
    work: Work, statement_id: str, given: SearchStatementInput, *, version: int | None = None
) -> SearchStatement:
    """Correct what is on file of a statement about a search."""
    row = _standing(work, statement_id, version)
    _check(work, row.matter_id, given)
    records.change(work, row, given)
    return row


def withdraw_statement(
    work: Work, statement_id: str, given: SearchWithdrawal, *, version: int | None = None
) -> SearchStatement:
    """Take back a statement that was noted by mistake; it stays readable and counts no more."""
    row = _standing(work, statement_id, version)
    row.withdrawn_on, row.withdrawn_because = work.today, given.because
    records.keep(work, row)
    work.record("search.withdrawn", row, title=_title(row), because=given.because)
    return row


def _standing(work: Work, statement_id: str, version: int | None) -> SearchStatement:
    """Return a statement that stands to somebody who may change it and saw its newest version."""
    row = doors.open_door(
        work.session, work.actor, SearchStatement, statement_id, Right.LOG, work.today
    )
    records.not_overtaken(row, version)
    if row.withdrawn_on is not None:
        raise WrongMoment(
            f"This statement was taken back on {long_day(row.withdrawn_on)}. If it stands, note it "
            "anew."
        )
    return row


def _title(given: SearchStatementInput | SearchStatement) -> str:
    where = ", ".join(each for each in (given.custodian, given.system) if each)
    return f"{CALLED[given.said_in]}{f' ({where})' if where else ''}"


def _check(work: Work, matter_id: str, given: SearchStatementInput) -> None:
    checks = Checks(work)
    checks.of_matter("track_id", Track, given.track_id, matter_id)
    checks.of_matter("docket_entry_id", DocketEntry, given.docket_entry_id, matter_id)
    checks.of_matter("document_id", Document, given.document_id, matter_id)
    checks.in_order(given.records_from, given.records_until, "records_until")
    if not any(getattr(given, name) for name in SAYS):
        checks.wrong(
            "custodian",
            "Nothing is said here. Say whose files, which system, which words, which time, how or "
            "by whom, as the paper does.",
        )
    if not (given.docket_entry_id or given.document_id or given.source):
        checks.wrong(
            "source",
            "Say which paper this stands in: a docket entry, a document, or its name here.",
        )
    checks.done()

"""Who must be served under Rule 4(i), who was, by what proof, and when the answer is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casemgr.db import suit_lists
from casemgr.domain import docket
from casemgr.domain.names import alike
from casemgr.domain.prose import long_day
from casemgr.domain.service_returns import Returned, returned
from casemgr.domain.words import Confidence, PartyRole
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.usecases.views import lawsuits
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.lawsuit_rows import Entry, Party
from casemgr.usecases.views.lawsuits import LawsuitPage
from casemgr.usecases.views.lens import lens
from casemgr.usecases.work import Work

SIXTY = "frcp.12a2.answer"
US_ATTORNEY, ATTORNEY_GENERAL = "United States Attorney", "Attorney General of the United States"
RULES = {
    US_ATTORNEY: "Fed. R. Civ. P. 4(i)(1)(A)",
    ATTORNEY_GENERAL: "Fed. R. Civ. P. 4(i)(1)(B)",
}
OF_AN_AGENCY = "Fed. R. Civ. P. 4(i)(2)"


@dataclass(frozen=True, slots=True)
class Served:
    """One attempt to serve somebody."""

    id: str
    version: int
    party_id: str | None
    served_on_whom: str
    us_attorney: bool
    attorney_general: bool
    method: str
    sent_on: date | None
    delivered_on: date | None
    proof: str
    docket_entry_id: str | None
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who must be served, with every attempt; `cites` is the rule that asks for it."""

    whom: str
    cites: str
    attempts: tuple[Served, ...]
    party_id: str | None = None

    @property
    def reached_on(self) -> date | None:
        """Return the first day on which they were reached."""
        return min((each.delivered_on for each in self.attempts if each.delivered_on), default=None)


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """When the answer is due: from service on the United States Attorney, and the 60-day trap.

    `printed` is the day that the printed summons would give, Rule 12(a)(2); `clerk` the days that
    the docket puts beside the service, each with its entry.
    """

    served_on: date
    due: date | None
    printed: date | None
    clerk: tuple[tuple[str, date], ...]

    @property
    def caution(self) -> str:
        """Return the sentence on the two periods."""
        sixtieth = f" They would end on {long_day(self.printed)}." if self.printed else ""
        return (
            "The printed summons gives the United States 60 days, Fed. R. Civ. P. 12(a)(2)."
            f"{sixtieth} A complaint under the Freedom of Information Act is answered within 30 "
            "days of service, 5 U.S.C. § 552(a)(4)(C)."
        )

    @property
    def traps(self) -> list[str]:
        """Return a sentence for each day on the docket that follows the 60 days."""
        return [
            f"{entry} puts {long_day(on)} beside it: those are the 60 days of the printed form."
            for entry, on in self.clerk
            if on == self.printed and on != self.due
        ]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A service that the docket tells of and nobody recorded."""

    entry: Entry
    found: Returned
    party_id: str | None


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """The service of a lawsuit: whom, how, when, by what proof, and what follows."""

    page: LawsuitPage
    addressees: tuple[Addressee, ...]
    others: tuple[Served, ...]
    proposed: tuple[Proposed, ...]
    waivers: tuple[Proposed, ...]
    clock: AnswerClock | None
    answer: Shown | None
    watched: Shown | None

    @property
    def defendants(self) -> list[tuple[str, str]]:
        """Return the defendants as a form offers them: code and name."""
        parties = self.page.parties
        return [(each.id, each.name) for each in parties if each.role is PartyRole.DEFENDANT]

    @property
    def missing(self) -> list[Addressee]:
        """Return those who must be served and have not been reached as far as is known."""
        return [each for each in self.addressees if each.reached_on is None]

    @property
    def cure(self) -> str:
        """Return what Rule 4(i)(4) says where only some were served, or nothing."""
        first_two = self.addressees[:2]
        if not self.missing or all(each.reached_on is None for each in first_two):
            return ""
        return (
            "The court must allow a reasonable time to serve the others, as the United States "
            "Attorney or the Attorney General was served: Fed. R. Civ. P. 4(i)(4)(A)."
        )


def look(work: Work, lawsuit_id: str) -> ServiceTable:
    """Show the service of a lawsuit."""
    page = lawsuits.look(work, lawsuit_id)
    seen = lens(work).narrowed(page.line.matter_id)
    rows = seen.rows(suit_lists.SERVICES, Served, lawsuit_id=lawsuit_id)
    addressees = tuple(_addressees(page, rows))
    listed = {one.id for each in addressees for one in each.attempts}
    told = [*_told(page)]
    return ServiceTable(
        page=page,
        addressees=addressees,
        others=tuple(each for each in rows if each.id not in listed),
        proposed=tuple(each for each in told if not each.found.waived and _is_new(each, rows)),
        waivers=tuple(each for each in told if each.found.waived),
        clock=_clock(work, page, addressees[0].reached_on, told),
        answer=_date(page, docket.ANSWER),
        watched=_date(page, docket.SERVICE),
    )


def _date(page: LawsuitPage, rule: str) -> Shown | None:
    """Return the date of a rule, whatever changed it since."""
    return next((each for each in page.deadlines if f":{rule}" in each.line.key), None)


def _addressees(page: LawsuitPage, rows: Sequence[Served]) -> Iterator[Addressee]:
    yield Addressee(
        US_ATTORNEY, RULES[US_ATTORNEY], tuple(each for each in rows if each.us_attorney)
    )
    yield Addressee(
        ATTORNEY_GENERAL,
        RULES[ATTORNEY_GENERAL],
        tuple(each for each in rows if each.attorney_general),
    )
    for party in page.parties:
        if party.role is PartyRole.DEFENDANT:
            found = tuple(each for each in rows if _is_of(each, party))
            yield Addressee(party.name, OF_AN_AGENCY, found, party.id)


def _is_of(each: Served, party: Party) -> bool:
    if each.us_attorney or each.attorney_general:
        return False
    return each.party_id == party.id or (
        each.party_id is None and _same(each.served_on_whom, party)
    )


def _same(whom: str, party: Party) -> bool:
    return any(alike(whom, name) for name in (party.name, *party.aliases))


# --- what the docket tells


def _told(page: LawsuitPage) -> Iterator[Proposed]:
    texts = {each.docket_entry_id: each.says for each in page.reads}
    for entry in sorted(page.entries, key=lambda each: (each.filed_on, each.number or 0)):
        for found in returned(texts.get(entry.id, entry.says)):
            party = next((one for one in page.parties if _same(found.whom, one)), None)
            yield Proposed(entry, found, party.id if party else None)


def _is_new(each: Proposed, rows: Sequence[Served]) -> bool:
    return not any(
        row.delivered_on == each.found.on
        and (
            (row.us_attorney and each.found.us_attorney)
            or (row.attorney_general and each.found.attorney_general)
            or (each.party_id is not None and row.party_id == each.party_id)
            or alike(row.served_on_whom, each.found.whom)
        )
        for row in rows
    )


# --- the answer


def _clock(
    work: Work, page: LawsuitPage, served_on: date | None, told: Sequence[Proposed]
) -> AnswerClock | None:
    if served_on is None:
        return None
    court = page.line.court_id
    return AnswerClock(
        served_on=served_on,
        due=_gives(work, docket.ANSWER, served_on, court),
        printed=_gives(work, SIXTY, served_on, court),
        clerk=tuple(
            (each.entry.name, each.found.answer_due)
            for each in told
            if each.found.answer_due is not None and not each.found.waived
        ),
    )


def _gives(work: Work, rule: str, since: date, court: str) -> date | None:
    try:
        due = engine.due(work.law, rule, since, court=court).due
    except LawError:
        return None
    return due.date() if isinstance(due, datetime) else due

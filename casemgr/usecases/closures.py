"""Closures: days on which a court's clerk or an agency was closed, as the office enters them."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from casemgr.db import doors
from casemgr.db.tables import Closure
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import ClosureOf
from casemgr.errors import NotFound, WrongMoment
from casemgr.fields import Day, Input, Reason, ShortText
from casemgr.usecases import records, relaw
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

LONGEST = timedelta(days=366)


class ClosureInput(Input):
    """What was closed, on which days, why, and where that is written."""

    kind: ClosureOf
    court_id: ShortText = ""
    agency_id: ShortText = ""
    first_on: Day
    until_on: Day | None = None
    because: Reason
    source: ShortText


class ClosureWithdrawal(Input):
    """Why a closure is taken back."""

    because: Reason


def enter_closure(work: Work, given: ClosureInput) -> Closure:
    """Enter a closure, and bring every date it touches into step; other dates stay as they are.

    An inaccessible clerk moves the court's last days on (Fed. R. Civ. P. 6(a)(3)). An agency's
    own closing moves no date: the law counts the day, and the date shows another reading.
    """
    doors.allow(work.actor, Right.CONFIRM)
    _check(work, given)
    row = Closure(
        kind=given.kind,
        court_id=given.court_id or None,
        agency_id=given.agency_id or None,
        first_on=given.first_on,
        until_on=given.until_on or given.first_on,
        because=given.because,
        source=given.source,
        entered_by=work.actor.id,
        known_on=work.today,
    )
    records.keep(work, row)
    work.record("closure.entered", row, title=title(row), because=row.because)
    _bring_into_step(work, row, f"{title(row)} was entered")
    return row


def withdraw_closure(
    work: Work, closure_id: str, given: ClosureWithdrawal, *, version: int | None = None
) -> Closure:
    """Take back a closure entered by mistake, and bring every date it touched into step."""
    doors.allow(work.actor, Right.CONFIRM)
    row = work.session.exec(select(Closure).where(Closure.id == closure_id)).one_or_none()
    if row is None or row.known_on > work.today:
        raise NotFound
    records.not_overtaken(row, version)
    if row.withdrawn_on is not None:
        raise WrongMoment(
            f"This closure was taken back on {long_day(row.withdrawn_on)}. Nothing was changed."
        )
    row.withdrawn_on, row.withdrawn_because = work.today, given.because
    records.keep(work, row)
    work.record("closure.withdrawn", row, title=title(row), because=given.because)
    _bring_into_step(work, row, f"{title(row)} was taken back")
    return row


def title(row: Closure) -> str:
    """Return a closure's short name: `nysd closed on October 29, 2012`."""
    who = row.court_id or row.agency_id or "every agency"
    until = "" if row.until_on == row.first_on else f" to {long_day(row.until_on)}"
    return f"{who} closed on {long_day(row.first_on)}{until}"


def _bring_into_step(work: Work, row: Closure, because: str) -> None:
    work.read_law_again()
    span = relaw.Span(row.first_on, row.until_on, court=row.court_id)
    if row.kind is ClosureOf.AGENCY_CLOSED:
        span = relaw.Span(row.first_on, row.until_on, agencies=_below(work, row.agency_id))
    relaw.recount(work, span, because=because)


def _below(work: Work, agency_id: str | None) -> frozenset[str]:
    """Return an agency and every component below it; nothing named is every agency."""
    agencies = work.law_files.almanac.agencies
    if agency_id is None:
        return frozenset(agencies)
    below = [one.id for one in agencies.values() if one.parent == agency_id]
    return frozenset({agency_id}).union(*(_below(work, each) for each in below))


def _check(work: Work, given: ClosureInput) -> None:
    checks = Checks(work)
    checks.in_order(given.first_on, given.until_on, "until_on")
    if given.until_on is not None and given.until_on - given.first_on > LONGEST:
        checks.wrong("until_on", "This is longer than a year. Check both days.")
    if not given.source:
        checks.wrong("source", "Say where this is written, such as the court's notice.")
    if given.kind is ClosureOf.CLERK_INACCESSIBLE:
        _check_court(checks, given)
    else:
        _check_agency(checks, given)
    checks.done()


def _check_court(checks: Checks, given: ClosureInput) -> None:
    if given.court_id not in checks.work.law_files.almanac.courts:
        checks.wrong("court_id", "Choose the court whose clerk could not be reached.")
    if given.agency_id:
        checks.wrong("agency_id", "A clerk belongs to a court. Leave the agency empty.")


def _check_agency(checks: Checks, given: ClosureInput) -> None:
    if given.agency_id and given.agency_id not in checks.work.law_files.almanac.agencies:
        checks.wrong(
            "agency_id", "There is no such agency. Choose one, or leave it empty for all of them."
        )
    if given.court_id:
        checks.wrong("court_id", "Agencies closed, no court did. Leave the court empty.")

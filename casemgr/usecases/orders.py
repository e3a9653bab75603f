"""What a court fixed: dates in orders, and hearings at a time in a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, AwareDatetime, Field
from sqlmodel import col, select

from casemgr.db.tables import (
    Deadline,
    DocketEntry,
    Hearing,
    Lawsuit,
    OrderDate,
)
from casemgr.domain.prose import long_day
from casemgr.domain.words import PeriodUnit, Side
from casemgr.errors import Malformed
from casemgr.fields import (
    Code,
    Day,
    Input,
    Printable,
    ShortText,
)
from casemgr.usecases import calendar_invitations, hearings
from casemgr.usecases.litigation import (
    Ids,
    ShortTitle,
    Title,
    change_fact,
    of_lawsuit,
    open_row,
    record_fact,
)
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone; use one like America/New_York")
    return name


ZoneName = Annotated[str, Field(max_length=60), AfterValidator(_zone)]


class OrderDateInput(Input):
    """A date a court fixed, and the words that fixed it.

    `changes_key` is the key of the deadline for which it sets another day: an answer that was
    extended, a date of an earlier order. Without one it is a deadline of its own. With `every` the
    order asks for the same again so many `every_unit` after it, and again.
    """

    title: Title
    whose: Side
    fixed_for: Day
    words: Annotated[str, Field(max_length=1000), Printable] = ""
    changes_key: Annotated[str, Field(max_length=120), Printable] = ""
    docket_entry_id: Code | None = None
    hearing_id: Code | None = None
    met_on: Day | None = None
    met_by: ShortText = ""
    every: Annotated[int, Field(ge=1, le=1000)] | None = None
    every_unit: PeriodUnit = PeriodUnit.DAYS
    source: ShortText = ""


class HearingInput(Input):
    """An appointment with a time, a place and a zone."""

    title: Title
    starts_at: AwareDatetime
    zone: ZoneName = "America/New_York"
    place: ShortTitle = ""
    outcome: Annotated[str, Field(max_length=1000), Printable] = ""
    outcome_known_on: Day | None = None
    decides_ids: Ids = []
    source: ShortText = ""


def record_order_date(work: Work, lawsuit_id: str, given: OrderDateInput) -> OrderDate:
    """Record a date a court fixed: it outranks every rule and stands also on a holiday."""
    return record_fact(
        work,
        lawsuit_id,
        OrderDate,
        given,
        _check_order_date,
        tag="order_date.recorded",
        title=given.title,
        because=f"the court fixed {long_day(given.fixed_for)} for {given.title}",
    )


def change_order_date(
    work: Work, order_date_id: str, given: OrderDateInput, *, version: int | None = None
) -> OrderDate:
    """Correct a date a court fixed, or note that it was met."""
    because = f"the order date {given.title} was corrected"
    return change_fact(
        work, OrderDate, order_date_id, given, _check_order_date, version=version, because=because
    )


def _check_order_date(work: Work, lawsuit: Lawsuit, given: OrderDateInput) -> OrderDateInput:
    checks = Checks(work)
    checks.past(met_on=given.met_on)
    checks.of_a_party("whose", given.whose)
    of_lawsuit(checks, "docket_entry_id", DocketEntry, given.docket_entry_id, lawsuit.id)
    of_lawsuit(checks, "hearing_id", Hearing, given.hearing_id, lawsuit.id)
    if given.changes_key and not _is_deadline_of(work, lawsuit, given.changes_key):
        checks.wrong(
            "changes_key",
            "There is no such deadline in this lawsuit. Choose one from the list, or leave it out.",
        )
    checks.done()
    return given


def _is_deadline_of(work: Work, lawsuit: Lawsuit, key: str) -> bool:
    return (
        work.session.exec(
            select(Deadline.id).where(
                Deadline.lawsuit_id == lawsuit.id,
                Deadline.key == key,
                col(Deadline.known_on) <= work.today,
            )
        ).first()
        is not None
    )


def record_hearing(work: Work, lawsuit_id: str, given: HearingInput) -> Hearing:
    """Record an appointment at a time in its own zone."""
    row = record_fact(
        work,
        lawsuit_id,
        Hearing,
        given,
        _check_hearing,
        tag="hearing.recorded",
        title=given.title,
        because=f"the hearing {given.title} was recorded",
    )
    when = hearings.said_at(row.starts_at, row.zone)
    calendar_invitations.owe(work, row, "New court date", f"This is set for {when}.")
    return row


def change_hearing(
    work: Work, hearing_id: str, given: HearingInput, *, version: int | None = None
) -> Hearing:
    """Correct a hearing, or note its outcome and what it decided; `move_hearing` moves it."""
    row = open_row(work, Hearing, hearing_id, version)
    hearings.refuse_over(row)
    if given.starts_at != row.starts_at:
        raise Malformed(
            {
                "starts_at": "A hearing keeps the time it was set for. Move it instead, so that "
                "the old time stays in its history."
            }
        )
    because = f"the hearing {given.title} was changed"
    return change_fact(
        work, Hearing, hearing_id, given, _check_hearing, version=version, because=because
    )


def _check_hearing(work: Work, lawsuit: Lawsuit, given: HearingInput) -> HearingInput:
    checks = Checks(work)
    if not 1900 <= given.starts_at.year <= 2199:
        checks.wrong("starts_at", "Give a year from 1900 to 2199.")
        checks.done()
    starts_at = given.starts_at.astimezone(UTC)
    checks.past(outcome_known_on=given.outcome_known_on)
    of_lawsuit(checks, "decides_ids", DocketEntry, given.decides_ids, lawsuit.id)
    if given.outcome and given.outcome_known_on is None:
        checks.wrong("outcome_known_on", "Give the day on which we learned the outcome.")
    if given.outcome_known_on is not None and given.outcome_known_on < _day(starts_at, given.zone):
        checks.wrong("outcome_known_on", "A hearing has no outcome before it is held.")
    checks.done()
    return given.model_copy(update={"starts_at": starts_at})


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()

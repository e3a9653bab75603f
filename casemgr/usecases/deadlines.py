"""Deadlines: confirm, double-check, hand over, mark done, override. No due date is typed in."""

from __future__ import annotations

from casemgr.db import doors
from casemgr.db.tables import Deadline, Document
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import DeadlineKind
from casemgr.errors import Refused, WrongMoment
from casemgr.fields import Code, Day, Input, Reason
from casemgr.usecases import clock, duties, owing, people, records
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


class DoneInput(Input):
    """On which day something was done, and how."""

    done_on: Day
    how: Reason


class OwnersInput(Input):
    """Who sees to a deadline, and who looks over their shoulder."""

    owner_id: Code | None = None
    second_id: Code | None = None


class OverrideInput(Input):
    """A day set against the rule, why, and the paper that says so."""

    due: Day
    because: Reason
    document_id: Code


def mark_done(
    work: Work, deadline_id: str, given: DoneInput, *, version: int | None = None
) -> Deadline:
    """Note that what a deadline asks for was done, by whom and how; its reminders stop."""
    row = _current(work, deadline_id, Right.LOG, version)
    if row.done_on is not None:
        raise WrongMoment(f"This was done on {long_day(row.done_on)} already. Nothing was changed.")
    checks = Checks(work)
    checks.past(done_on=given.done_on)
    checks.done()
    row.done_on, row.done_how, row.done_by = given.done_on, given.how, work.actor.id
    records.keep(work, row)
    owing.cancel_reminders(work, row)
    _next(work, row)
    work.record("deadline.done", row, title=row.title, on=row.done_on, how=row.done_how)
    return row


def confirm(work: Work, deadline_id: str, *, version: int | None = None) -> Deadline:
    """Confirm a computed date: from now on it counts as the day, until facts or law change."""
    row = _current(work, deadline_id, Right.CONFIRM, version)
    if row.due is None:
        raise WrongMoment(
            "There is no single day to confirm yet. Log the fact it waits for, then look again."
        )
    if row.confirmed_by is not None:
        raise WrongMoment("This date is confirmed already. Nothing was changed.")
    row.confirmed_by, row.confirmed_at, row.certain = work.actor.id, work.now, True
    records.keep(work, row)
    work.record("deadline.confirmed", row, title=row.title)
    return row


def double_check(work: Work, deadline_id: str, *, version: int | None = None) -> Deadline:
    """Note that a second person counted a confirmed date again and found the same."""
    row = _current(work, deadline_id, Right.CONFIRM, version)
    if row.confirmed_by is None:
        raise WrongMoment("Confirm this date first; then somebody else can double-check it.")
    if row.confirmed_by == work.actor.id:
        raise Refused("You confirmed this date, so somebody else must double-check it.")
    if row.checked_by is not None:
        raise WrongMoment("This date is double-checked already. Nothing was changed.")
    row.checked_by, row.checked_at = work.actor.id, work.now
    records.keep(work, row)
    work.record("deadline.checked", row, title=row.title)
    return row


def assign(
    work: Work, deadline_id: str, given: OwnersInput, *, version: int | None = None
) -> Deadline:
    """Give a deadline to somebody on the matter; its reminders go to them from now on."""
    row = _current(work, deadline_id, Right.LOG, version)
    checks = Checks(work)
    last = row.due if row.certain else row.latest or row.due
    for name, stands in (("owner_id", row.owner_id), ("second_id", row.second_id)):
        if (wanted := getattr(given, name)) != stands:
            people.check_on_matter(checks, name, wanted, row.matter_id, last)
    if given.owner_id is not None and given.owner_id == given.second_id:
        checks.wrong("second_id", "The second person must be somebody else than the owner.")
    checks.done()
    if (row.owner_id, row.second_id) == (given.owner_id, given.second_id):
        return row
    duties.assign(work, row, given.owner_id, given.second_id)
    return row


def override(
    work: Work, deadline_id: str, given: OverrideInput, *, version: int | None = None
) -> Deadline:
    """Set a date against the rule, for a reason and on a paper; the counted one stays readable."""
    old = _current(work, deadline_id, Right.OVERRIDE, version)
    if old.kind is DeadlineKind.ORDER:
        raise WrongMoment(
            "A court fixed this date. Record the order that changes it on the docket instead."
        )
    checks = Checks(work)
    checks.of_matter("document_id", Document, given.document_id, old.matter_id)
    checks.done()
    new = clock.overridden(work, old, given.due, given.because, given.document_id)
    _next(work, new)
    work.record("deadline.overridden", new, title=new.title, due=new.due, because=given.because)
    return new


def _current(work: Work, deadline_id: str, right: Right, version: int | None) -> Deadline:
    row = doors.deadline(work.session, work.actor, deadline_id, right, work.today)
    records.not_overtaken(row, version)
    if row.superseded_on is not None and row.superseded_on <= work.today:
        raise WrongMoment(
            "This date was replaced by a newer one. Open the newer one and do it there."
        )
    return row


def _next(work: Work, row: Deadline) -> None:
    work.session.flush()
    if row.request_id is not None:
        clock.refresh_next_due(work, row.request_id)

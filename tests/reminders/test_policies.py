"""How dates are reminded of: the office's floor, a matter's own, a person's hours."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from casemgr.db.tables import HistoryEntry
from casemgr.domain.reminders import (
    USUAL,
    Hours,
    Policy,
    PolicyKind,
    ReminderKind,
    answer_until,
    days_to_remind,
)
from casemgr.domain.words import ReminderState, Side
from casemgr.errors import Malformed, Refused
from casemgr.usecases import answers, duties, policy_changes
from casemgr.usecases.policy_changes import HoursInput, OwnDaysInput, PolicyInput
from casemgr.usecases.work import Work
from tests import makes
from tests.reminders.office import DUE, Office, at_moment, moment

COURT = PolicyKind.OUR_COURT_DATE
NEW_YORK = Hours(ZoneInfo("America/New_York"))


def told(hours: Hours | None, due: date, *, in_court: bool = True) -> list[tuple[int, date]]:
    first = date(2010, 10, 1)
    return list(
        days_to_remind(Side.OURS, in_court=in_court, due=due, last=due, today=first, hours=hours)
    )


def test_a_quiet_day_is_told_before_it_and_never_after() -> None:
    monday = date(2010, 11, 8)
    days = dict(told(NEW_YORK, monday))

    assert days[1] == date(2010, 11, 5)  # not Sunday the 7th, and not Monday
    assert 3 not in days, "Friday is told once: as the nearer of the two"
    assert days[0] == monday


def test_the_day_itself_and_a_missed_court_date_wait_for_no_quiet_day() -> None:
    saturday = date(2010, 11, 6)

    assert dict(told(NEW_YORK, saturday))[0] == saturday
    assert dict(told(NEW_YORK, saturday))[-1] == date(2010, 11, 7)
    assert dict(told(NEW_YORK, saturday, in_court=False))[-1] == date(2010, 11, 8)


def test_an_agencys_lateness_is_told_as_a_right_and_nobody_is_asked_to_answer() -> None:
    policy = USUAL[PolicyKind.THEIR_DATE]

    assert policy.days_before == ()
    assert answer_until(policy, ReminderKind.DEADLINE, -1, makes.NOON) is None


@pytest.mark.parametrize(
    ("wanted", "less"),
    [
        (Policy((21, 14, 7, 3, 1, 0), 1, 12), False),
        (Policy((14, 7, 3, 0), 1, 24), True),
        (Policy((14, 7, 3, 1, 0), 0, 24), True),
        (Policy((14, 7, 3, 1, 0), 1, 48), True),
        (Policy((14, 7, 3, 1, 0), 1, 0), True),
    ],
)
def test_what_is_less_than_the_floor_is_seen(wanted: Policy, less: bool) -> None:
    assert wanted.loosens(USUAL[COURT]) is less


def at_noon(work: Work) -> Work:
    return at_moment(work, makes.TODAY)


def given(office: Office, **more: object) -> PolicyInput:
    values = {"kind": COURT, "matter_id": office.matter.id, "days_before": [0], **more}
    return PolicyInput.model_validate(values)


def ahead(office: Office) -> list[int]:
    return sorted(
        each.days_before
        for each in office.reminders(state=ReminderState.PENDING, kind=ReminderKind.DEADLINE)
    )


def test_a_matter_may_have_more_and_what_is_owed_follows(both: Office) -> None:
    more = given(both, days_before="10, 14 7 3 1 0", answer_hours=12)
    with both.desk.work(makes.actor_of(both.cast.ada)) as work:
        policy_changes.set_policy(at_noon(work), more)

    assert ahead(both) == [-1, 0, 1, 3, 7, 10, 14]
    with both.desk.work(makes.actor_of(both.cast.ada)) as work:
        policy_changes.set_policy(at_noon(work), given(both, days_before=[14, 7, 3, 1, 0]))
    assert 10 not in ahead(both)
    with both.desk.work(reads_only=True) as work:
        said = work.session.exec(
            select(HistoryEntry).where(HistoryEntry.what == "policy.changed")
        ).all()
    assert len(said) == 2


def test_less_than_the_floor_takes_an_attorney_and_a_reason(office: Office) -> None:
    with (
        office.desk.work(makes.actor_of(office.cast.ada)) as work,
        pytest.raises(Refused, match="An attorney"),
    ):
        policy_changes.set_policy(at_noon(work), given(office))
    mira = makes.actor_of(office.cast.mira)
    with office.desk.work(mira) as work, pytest.raises(Malformed, match="Say why"):
        policy_changes.set_policy(at_noon(work), given(office))
    with office.desk.work(mira) as work:
        policy_changes.set_policy(at_noon(work), given(office, because="The case is stayed."))

    assert ahead(office) == [-1, 0, 14], "what fell due this morning keeps its story"


def test_the_floor_is_not_everybodys_to_set(office: Office) -> None:
    floor = PolicyInput(kind=COURT, days_before=[30, 14, 7, 3, 1, 0])
    for person in (office.cast.ada, office.cast.sam):
        with office.desk.work(makes.actor_of(person)) as work, pytest.raises(Refused):
            policy_changes.set_policy(at_noon(work), floor)
    with office.desk.work(makes.actor_of(office.cast.noor)) as work:
        policy_changes.set_policy(at_noon(work), floor)


def test_hours_move_what_is_owed_and_leave_what_was_put_off(office: Office) -> None:
    ada = makes.actor_of(office.cast.ada)
    with office.desk.work(ada) as work:
        until = DUE - timedelta(days=2)
        answers.snooze(work, office.deadline.id, answers.SnoozeInput(until=until))
        later = HoursInput(zone="America/Chicago", morning="07:30", quiet_days=[])
        policy_changes.set_hours(at_noon(work), later)

    owed = {each.days_before: each for each in office.reminders(state=ReminderState.PENDING)}
    assert owed[0].send_at == moment(DUE, time(8, 30))
    assert owed[2].send_at == moment(DUE - timedelta(days=2), time(6))


def test_days_of_ones_own_come_on_top_and_can_only_be_more(office: Office) -> None:
    before = days_owed(office, office.cast.ada.id)
    others = days_owed(office, office.cast.mira.id)
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        policy_changes.set_own_days(work, OwnDaysInput(kind=COURT, days_before=[10, 8, 7]))
    more = days_owed(office, office.cast.ada.id)
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        policy_changes.set_own_days(work, OwnDaysInput(kind=COURT, days_before=[]))

    assert before == {14, 7, 3, 1, 0, -1}
    assert more == before | {10, 8}
    assert days_owed(office, office.cast.ada.id) == before
    assert days_owed(office, office.cast.mira.id) == others


def days_owed(office: Office, person_id: str) -> set[int]:
    waiting = office.reminders(state=ReminderState.PENDING, kind=ReminderKind.DEADLINE)
    return {each.days_before for each in waiting if each.person_id == person_id}


def test_hours_that_cannot_be_are_refused(office: Office) -> None:
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        for wrong in (
            HoursInput(zone="Mars/Base"),
            HoursInput(morning="21:00"),
        ):
            with pytest.raises(Malformed):
                policy_changes.set_hours(work, wrong)


def test_who_is_given_a_late_date_is_told_of_it(office: Office) -> None:
    after = DUE + timedelta(days=3)
    office.sweep(after)
    with office.desk.work() as work:
        late = at_moment(work, after)
        row = late.session.merge(office.deadline)
        late.session.refresh(row)
        duties.assign(late, row, office.cast.mira.id, None)
    before = len(office.post.subjects(office.cast.mira))
    office.sweep(after + timedelta(days=1))

    assert any("Late" in each for each in office.post.subjects(office.cast.mira)[before:])

"""Reminders: owed with the deadline, claimed once, never lost, repeats labelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Deadline, Membership, Person, Reminder
from casemgr.desk import Desk
from casemgr.domain.reminders import days_to_remind
from casemgr.domain.words import ReminderState, Side
from casemgr.mail.folder import MailFolder
from casemgr.scheduler import sweep
from casemgr.usecases import owing, reminders
from casemgr.usecases.work import Work
from tests.makes import TODAY, ZONE, make_cast, make_deadline, make_desk, make_matter

DUE = TODAY + timedelta(days=14)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return make_desk(engine, tmp_path)


@pytest.fixture
def owed(desk: Desk) -> Deadline:
    """A deadline of ours, two weeks off, with Ada responsible for the matter."""
    with desk.work() as work:
        cast = make_cast(work.session)
        matter = make_matter(work.session, cast.sam)
        work.session.add(
            Membership(
                person_id=cast.ada.id,
                matter_id=matter.id,
                since_on=matter.opened_on,
                responsible=True,
            )
        )
        work.session.flush()
        row = make_deadline(
            work.session, matter, whose=Side.OURS, due=DUE, safe=DUE, earliest=DUE, latest=DUE
        )
        owing.owe_reminders(work, row)
    return row


def all_reminders(desk: Desk) -> list[Reminder]:
    with desk.work(reads_only=True) as work:
        return sorted(work.session.exec(select(Reminder)), key=lambda each: each.send_at)


class Broken:
    """A post office that takes nothing."""

    def deliver(self, message: EmailMessage) -> None:
        raise OSError("the mail server did not answer")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


def test_a_deadline_owes_its_reminders_to_who_is_responsible(desk: Desk, owed: Deadline) -> None:
    found = all_reminders(desk)

    assert [each.days_before for each in found] == [14, 7, 3, 1, 0, -1]
    assert {each.state for each in found} == {ReminderState.PENDING}
    assert found[0].send_at == datetime(2010, 10, 29, 6, tzinfo=ZONE)
    with desk.work(reads_only=True) as work:
        people = {work.session.get_one(Person, each.person_id).name for each in found}
    assert people == {"Ada Marlowe"}


def test_only_what_is_due_goes_out_and_only_once(
    desk: Desk, owed: Deadline, tmp_path: Path
) -> None:
    post = MailFolder(tmp_path / "mail")

    assert sweep(desk, post, at=noon(TODAY)) == 1
    assert sweep(desk, post, at=noon(TODAY)) == 0

    [file] = (tmp_path / "mail").glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["To"] == "Ada Marlowe <ada@example.org>"
    assert "Due in 14 days" in mail["Subject"]
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "Friday, November 12, 2010" in plain.get_content()
    assert f"/deadlines/{owed.id}" in plain.get_content()
    assert "repeat" not in mail["Subject"]


def test_after_three_days_down_everything_owed_goes_out(
    desk: Desk, owed: Deadline, tmp_path: Path
) -> None:
    assert sweep(desk, MailFolder(tmp_path / "mail"), at=noon(DUE + timedelta(days=3))) == 6


def test_a_claim_that_died_is_taken_again_and_says_so(
    desk: Desk, owed: Deadline, tmp_path: Path
) -> None:
    moment = noon(TODAY)
    with desk.work() as work:
        taken = reminders.claim(_at(work, moment), "one that dies")
    assert len(taken) == 1

    assert sweep(desk, MailFolder(tmp_path / "mail"), at=moment + timedelta(minutes=4)) == 0
    assert sweep(desk, MailFolder(tmp_path / "mail"), at=moment + timedelta(minutes=6)) == 1

    [file] = (tmp_path / "mail").glob("*.eml")
    assert "(Possible repeat)" in message_from_bytes(file.read_bytes(), policy=default)["Subject"]


def _at(work: Work, moment: datetime) -> Work:
    return replace(work, now=moment)


def test_a_broken_post_loses_nothing(desk: Desk, owed: Deadline, tmp_path: Path) -> None:
    moment = noon(TODAY)

    assert sweep(desk, Broken(), at=moment) == 0
    assert "did not answer" in all_reminders(desk)[0].last_problem
    assert sweep(desk, MailFolder(tmp_path / "mail"), at=moment + timedelta(hours=1)) == 1


def test_a_done_deadline_owes_nothing_more(desk: Desk, owed: Deadline, tmp_path: Path) -> None:
    with desk.work() as work:
        row = work.session.get_one(Deadline, owed.id)
        row.done_on = TODAY
        owing.cancel_reminders(work, row)

    assert sweep(desk, MailFolder(tmp_path / "mail"), at=noon(DUE)) == 0


def test_who_left_the_matter_is_not_told(desk: Desk, owed: Deadline, tmp_path: Path) -> None:
    with desk.work() as work:
        for membership in work.session.exec(select(Membership).where(Membership.responsible)):
            membership.until_on = TODAY - timedelta(days=1)
            work.session.add(membership)

    assert sweep(desk, MailFolder(tmp_path / "mail"), at=noon(TODAY)) == 0
    assert all_reminders(desk)[0].state is ReminderState.CANCELLED


def test_two_sweepers_send_each_reminder_once(
    engine: Engine, desk: Desk, owed: Deadline, tmp_path: Path
) -> None:
    with transaction(engine) as session:
        person = session.exec(select(Person).where(Person.email == "ada@example.org")).one()
        for number in range(30):
            session.add(
                Reminder(
                    matter_id=owed.matter_id,
                    deadline_id=owed.id,
                    person_id=person.id,
                    dedupe_key=f"extra-{number}",
                    days_before=14,
                    send_at=noon(TODAY) - timedelta(hours=1),
                )
            )
    first, second = [], []
    while True:
        with desk.work() as work:
            mine = reminders.claim(_at(work, noon(TODAY)), "first", 7)
        with desk.work() as work:
            theirs = reminders.claim(_at(work, noon(TODAY)), "second", 7)
        first += [each.id for each in mine]
        second += [each.id for each in theirs]
        if not mine and not theirs:
            break

    assert len(first) + len(second) == len({*first, *second}) == 31


def told(whose: Side, *, in_court: bool) -> list[tuple[int, date]]:
    day = date(2010, 3, 4)
    return list(days_to_remind(whose, in_court=in_court, due=day, last=day, today=date(2010, 3, 1)))


def test_an_agencys_lateness_is_told_the_day_after_the_latest_defensible_day() -> None:
    assert told(Side.THEIRS, in_court=False) == [(-1, date(2010, 3, 5))]


def test_the_other_sides_court_dates_are_told_ahead_too() -> None:
    assert [before for before, _ in told(Side.THEIRS, in_court=True)] == [3, 1, 0, -1]
    assert told(Side.THEIRS, in_court=True) == told(Side.OURS, in_court=False)

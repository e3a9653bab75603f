"""What is told at once, and what somebody has seen of it on their pages."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlmodel import select

from casemgr.db.tables import Deadline, Document, Membership
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import Side
from casemgr.usecases import clock, notices, owing
from tests import makes
from tests.reminders.office import Office, at_moment

MOVED_TO = date(2010, 12, 3)


def move(office: Office) -> Deadline:
    """Have Mira set another day; Ada answers for the matter."""
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        paper: Document = makes.make_document(work.session, work.session.merge(office.matter))
        old = work.session.get_one(Deadline, office.deadline.id)
        there = at_moment(work, makes.TODAY)  # whatever time of day it is while this runs
        return clock.overridden(there, old, MOVED_TO, "Stipulated", paper.id)


def test_a_moved_date_is_told_at_once_and_not_to_who_moved_it(office: Office) -> None:
    with office.desk.work() as work:
        member = work.session.exec(
            select(Membership).where(Membership.person_id == office.cast.mira.id)
        ).one()
        member.responsible = True
    new = move(office)
    office.sweep(makes.TODAY, time(18))

    assert [each.person_id for each in office.reminders(kind=ReminderKind.NOTICE)] == [
        office.cast.ada.id
    ]
    [mail] = [each for each in office.post.mails if "Moved" in str(each["Subject"])]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "from November 12, 2010 to December 3, 2010. Why: Stipulated." in body.get_content()
    assert new.due == MOVED_TO


def test_what_was_told_is_shown_until_it_is_seen_and_to_nobody_walled_off(
    office: Office,
) -> None:
    move(office)
    office.sweep(makes.TODAY, time(18))
    ada = makes.actor_of(office.cast.ada)
    with office.desk.work(ada) as work:
        shown = notices.unseen(at_moment(work, makes.TODAY, time(19)))
        assert shown[0].kind is ReminderKind.NOTICE
        assert shown[0].facts["headline"] == "Moved"
    with office.desk.work() as work:
        makes.make_wall(
            work.session, office.cast.ada, work.session.merge(office.matter),
            office.cast.mira, office.cast.noor,
        )  # fmt: skip
    with office.desk.work(ada) as work:
        assert notices.unseen(work) == []
        assert notices.mark_seen(work, work.now + timedelta(days=1)) == 0


def test_seen_is_seen(office: Office) -> None:
    office.sweep(makes.TODAY)
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        assert len(notices.unseen(work)) == 1
        assert notices.mark_seen(work, work.now + timedelta(days=1)) == 1
        assert notices.unseen(work) == []
    with office.desk.work(makes.actor_of(office.cast.sam)) as work:
        assert notices.unseen(work) == []


def test_casemgr_itself_tells_nobody_while_it_replays_the_past(office: Office) -> None:
    with office.desk.work() as work:
        row = makes.make_deadline(
            work.session, work.session.merge(office.matter), MOVED_TO, whose=Side.OURS
        )
        owing.owe_reminders(work, row)
        paper = makes.make_document(work.session, work.session.merge(office.matter))
        clock.overridden(work, row, MOVED_TO + timedelta(days=7), "As ordered", paper.id)

    assert not office.reminders(kind=ReminderKind.NOTICE)

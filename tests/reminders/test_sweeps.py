"""What a sweep sends, to whom, and what becomes of what it could not send."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlmodel import select

from casemgr.db.tables import Deadline, HistoryEntry, Membership, Person, Reminder
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState, Role, Side
from casemgr.mail.outcomes import Bounced, NotTaken, PostDown, ReplyLost
from casemgr.usecases import answers, health, owing, parties, reminders
from casemgr.usecases.answers import HandOnInput, HowInput, SnoozeInput
from casemgr.usecases.parties import AppearanceInput
from tests import makes
from tests.reminders.office import DUE, Office, at_moment, moment

TODAY = makes.TODAY  # a Friday, and two weeks before the date
AFTER = DUE + timedelta(days=1)


def test_a_date_that_stays_undone_is_told_every_working_day(office: Office) -> None:
    for ahead in range(15):
        office.sweep(TODAY + timedelta(days=ahead))
    before = len(office.post.subjects(office.cast.ada))
    told = [
        len(office.post.subjects(office.cast.ada))
        for ahead in range(15, 20)
        if office.sweep(TODAY + timedelta(days=ahead)) >= 0
    ]

    # Saturday, because a court date passed; not Sunday; then Monday to Wednesday.
    late = [each for each in office.reminders(person_id=office.cast.ada.id) if each.days_before < 0]
    assert before < told[0] < told[2] < told[3] < told[4]
    assert [each.days_before for each in late if each.sent_at] == [-1, -3, -4, -5]


def test_a_late_court_date_is_told_to_the_attorney_at_once(office: Office) -> None:
    office.sweep(AFTER)

    [told] = office.reminders(person_id=office.cast.mira.id, kind=ReminderKind.ESCALATION)
    assert told.state is ReminderState.SENT
    assert any("See to it: late" in each for each in office.post.subjects(office.cast.mira))


def test_who_does_not_answer_is_not_waited_for(office: Office) -> None:
    office.sweep(DUE - timedelta(days=3))
    assert not office.post.subjects(office.cast.mira)

    office.sweep(DUE - timedelta(days=2))
    [told] = office.post.subjects(office.cast.mira)
    assert told.startswith("See to it: due in")
    with office.desk.work(reads_only=True) as work:
        said = work.session.exec(
            select(HistoryEntry).where(HistoryEntry.what == "reminder.escalated")
        ).one()
    assert said.facts["to"] == "Mira Castellan"


def test_when_the_second_is_silent_too_the_attorney_of_record_is_told(office: Office) -> None:
    """And not the other attorneys of the matter, as long as one of them is known to appear."""
    with office.desk.work() as work:
        matter = work.session.merge(office.matter)
        for name in ("Lena Vos", "Otto Brandt"):
            person = makes.make_person(work.session, name, Role.ATTORNEY)
            makes.make_membership(work.session, person, matter)
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        lena = work.session.exec(select(Person).where(Person.name == "Lena Vos")).one()
        contact = makes.make_contact(work.session, "Lena Vos")
        appears = AppearanceInput(contact_id=contact.id, person_id=lena.id, side=Side.OURS)
        parties.record_appearance(work, office.lawsuit.id, appears)
        row = work.session.get_one(Deadline, office.deadline.id)
        row.second_id = office.cast.sam.id
    for ahead in (3, 2, 1):
        office.sweep(DUE - timedelta(days=ahead))

    told = [each.person_id for each in office.reminders(kind=ReminderKind.ESCALATION)]
    assert told == [office.cast.sam.id, lena.id]


def test_who_answers_is_not_passed_over(office: Office) -> None:
    office.sweep(DUE - timedelta(days=3))
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        answers.acknowledge(at_moment(work, DUE - timedelta(days=3), time(13)), office.deadline.id)

    office.sweep(DUE - timedelta(days=2))
    assert not office.post.subjects(office.cast.mira)


def test_a_refused_address_turns_to_the_next_person_in_the_same_sweep(office: Office) -> None:
    office.post.fails[office.cast.ada.email] = Bounced("550 5.1.1 nobody of that name")
    office.sweep(DUE - timedelta(days=7))

    [told] = office.post.subjects(office.cast.mira)
    assert told.startswith("See to it")
    assert any("come back" in each for each in office.post.subjects(office.cast.noor))
    [failed, *_] = office.reminders(state=ReminderState.FAILED)
    assert "550" in failed.last_problem


def test_a_server_that_is_down_costs_no_attempt_and_turns_readiness_red(office: Office) -> None:
    office.post.fails[office.cast.ada.email] = PostDown("connection refused")
    first = moment(TODAY)
    for minutes in range(120):
        reached = office.sweep(TODAY, (first + timedelta(minutes=minutes)).time())
        assert reached == 0
    [owed] = [each for each in office.reminders() if each.attempts or each.lease_until]
    with office.desk.work(reads_only=True) as work:
        down = health.standing(work.session)
    assert (owed.attempts, owed.unsure) == (0, 0)
    assert down.mail_why == "connection refused"

    office.post.fails.clear()
    assert office.sweep(TODAY, time(14, 1)) == 1
    assert "repeat" not in office.post.subjects()[0]
    with office.desk.work(reads_only=True) as work:
        assert health.standing(work.session).mail_down_since is None


def test_one_that_cannot_be_written_stops_nobody_elses(office: Office) -> None:
    with office.desk.work() as work:
        matter = work.session.merge(office.matter)
        broken = makes.make_deadline(
            work.session, matter, DUE - timedelta(days=1), whose=Side.OURS, steps=[{"on": None}]
        )
        owing.owe_reminders(work, broken)

    office.sweep(DUE - timedelta(days=1))

    assert any("Due tomorrow" in each for each in office.post.subjects(office.cast.ada))
    waiting = office.reminders(deadline_id=broken.id, state=ReminderState.CLAIMED)
    assert any("could not be written" in each.last_problem for each in waiting)


def test_only_what_may_have_arrived_is_called_a_repeat(office: Office) -> None:
    office.post.fails[office.cast.ada.email] = NotTaken("451 try again later")
    office.sweep(TODAY)
    office.post.fails[office.cast.ada.email] = ReplyLost("hung up")
    office.sweep(TODAY, time(12, 10))
    office.post.fails.clear()
    office.sweep(TODAY, time(13))

    assert office.post.subjects()[0].startswith("(Possible repeat)")

    other = Office(office.desk, office.cast, office.matter, office.lawsuit, office.deadline)
    other.post.fails[office.cast.ada.email] = NotTaken("451 try again later")
    other.sweep(DUE - timedelta(days=7))
    other.post.fails.clear()
    other.sweep(DUE - timedelta(days=7), time(13))
    assert not other.post.subjects()[0].startswith("(Possible repeat)")


def many(office: Office, count: int) -> None:
    """Give Ada as many more dates."""
    with office.desk.work() as work:
        for number in range(count):
            row = makes.make_deadline(
                work.session,
                work.session.merge(office.matter),
                DUE + timedelta(days=number % 5),
                whose=Side.OURS,
                title=f"Date {number}",
            )
            owing.owe_reminders(work, row)


def test_after_days_of_silence_everybody_gets_one_mail_the_most_urgent_first(
    office: Office,
) -> None:
    many(office, 20)
    later = DUE + timedelta(days=1)
    went = office.sweep(later)

    mine = [each for each in office.post.mails if office.cast.ada.email in str(each["To"])]
    together = [each for each in mine if "reminders. First" in str(each["Subject"])]
    assert len(together) == 1
    assert went > 60
    plain = together[0].get_body(("plain",))
    assert plain is not None
    assert "should have reached you" in plain.get_content()
    assert "First: Late" in str(together[0]["Subject"])
    waiting = [
        each
        for each in office.reminders()
        if each.send_at <= moment(later) and each.state is not ReminderState.SENT
    ]
    assert waiting == []


def test_many_more_within_the_hour_wait_for_the_next(office: Office) -> None:
    many(office, 10)
    office.sweep(DUE)
    with office.desk.work() as work:
        for number in range(8):
            work.session.add(
                Reminder(
                    kind=ReminderKind.NOTICE,
                    facts={"headline": "Moved", "says": f"By {number} days."},
                    matter_id=office.matter.id,
                    deadline_id=office.deadline.id,
                    person_id=office.cast.ada.id,
                    dedupe_key=f"more-{number}",
                    days_before=0,
                    send_at=moment(DUE, time(12, 5)),
                )
            )
    before = len(office.post.mails)

    assert office.sweep(DUE, time(12, 10)) == 0
    assert len(office.post.mails) == before
    assert office.sweep(DUE, time(13, 1)) == 8
    assert len(office.post.mails) == before + 1


def test_everybody_gets_the_mornings_list_once_and_also_when_nothing_is_due(
    office: Office,
) -> None:
    office.sweep(TODAY)  # Friday noon: Monday's is waiting now
    office.sweep(TODAY + timedelta(days=1))
    assert not any("What is due" in str(each["Subject"]) for each in office.post.mails)
    monday = TODAY + timedelta(days=3)
    for at in (time(6, 1), time(6, 2), time(12)):
        office.sweep(monday, at)

    lists = [each for each in office.post.mails if "What is due" in str(each["Subject"])]
    assert sorted(str(each["To"]).split("<")[1] for each in lists) == [
        "ada@example.org>",
        "eve@example.org>",
        "mira@example.org>",
        "sam@example.org>",
    ]
    [eves] = [each for each in lists if "eve@" in str(each["To"])]
    assert "nothing in the next seven days" in str(eves["Subject"])
    body = eves.get_body(("plain",))
    assert body is not None
    assert "If it does not come" in body.get_content()
    assert office.deadline.title not in body.get_content()


def test_a_walled_off_person_hears_no_more_of_the_matter_in_their_list(office: Office) -> None:
    office.sweep(TODAY)
    with office.desk.work() as work:
        makes.make_wall(
            work.session, office.cast.sam, work.session.merge(office.matter),
            office.cast.ada, office.cast.noor,
        )  # fmt: skip
    office.sweep(DUE - timedelta(days=4), time(7))

    text = "".join(str(each) for each in office.post.mails if "sam@" in str(each["To"]))
    assert "What is due" in text
    assert office.deadline.title not in text


def test_of_a_date_in_court_two_people_are_told(both: Office) -> None:
    with both.desk.work() as work:
        row = work.session.get_one(Deadline, both.deadline.id)
        member = work.session.exec(
            select(Membership).where(Membership.person_id == both.cast.mira.id)
        ).one()
        member.responsible, row.owner_id = True, both.cast.ada.id
        work.session.flush()
        told = owing.owe_reminders(work, row)

    assert set(told.people) == {both.cast.ada.id, both.cast.mira.id}


def test_what_is_owed_again_is_the_same_row(both: Office) -> None:
    before = both.reminders()
    with both.desk.work() as work:
        row = work.session.get_one(Deadline, both.deadline.id)
        owing.cancel_reminders(work, row)
        owing.owe_reminders(work, row)

    after = both.reminders()
    assert {each.id for each in before} == {each.id for each in after}
    assert {each.state for each in after} == {ReminderState.PENDING}


def test_put_off_hand_on_and_done(office: Office) -> None:
    ada = makes.actor_of(office.cast.ada)
    with office.desk.work(ada) as work:
        answers.snooze(work, office.deadline.id, SnoozeInput(until=date(2010, 11, 3)))
    assert office.sweep(date(2010, 11, 3)) >= 1
    assert any("Due in 9 days" in each for each in office.post.subjects(office.cast.ada))

    with office.desk.work(ada) as work:
        answers.hand_on(work, office.deadline.id, HandOnInput(person_id=office.cast.mira.id))
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        row = answers.done(work, office.deadline.id, HowInput(how="Filed."))
        assert row.done_by == office.cast.mira.id
    before = len(office.post.subjects())
    office.sweep(AFTER)
    assert len(office.post.subjects()) == before


def test_a_clock_that_was_ahead_owes_again_what_it_marked(office: Office) -> None:
    with office.desk.work() as work:
        taken = reminders.claim(at_moment(work, TODAY), "me")
        reminders.sent(at_moment(work, TODAY + timedelta(days=365)), taken[0], "me")
        assert reminders.arm_again(work, moment(TODAY)) == 1
    office.sweep(TODAY)

    assert office.post.subjects()[0].startswith("(Possible repeat)")


def test_after_a_wrong_clock_the_next_mornings_list_is_that_of_the_next_morning(
    office: Office,
) -> None:
    """Sent a year early and written for a morning in a year, lists would be missing until then."""
    office.sweep(TODAY)
    ahead = TODAY + timedelta(days=365)
    office.sweep(ahead)
    with office.desk.work() as work:
        reminders.arm_again(work, moment(TODAY, time(13)))
    office.post.mails.clear()
    for minute in (14, 15):
        office.sweep(TODAY, time(minute))
    monday = TODAY + timedelta(days=3)
    office.sweep(monday, time(6, 1))

    lists = [str(each["Subject"]) for each in office.post.mails if "What is due" in str(each)]
    to = [each for each in lists if each.startswith("(Possible repeat) What is due, Monday, Nov")]
    assert len(to) == 4


def test_an_old_list_that_could_not_be_sent_is_not_sent_again(office: Office) -> None:
    office.sweep(TODAY)
    office.post.fails[office.cast.ada.email] = Bounced("no such box")
    office.sweep(TODAY + timedelta(days=3))
    failed = office.reminders(state=ReminderState.FAILED, kind=ReminderKind.DIGEST)
    with office.desk.work() as work:
        reminders.try_again(work)

    assert len(failed) == 1
    assert office.reminders(state=ReminderState.FAILED) == failed


def test_nobody_is_asked_to_answer_for_what_is_far_off(office: Office) -> None:
    office.sweep(TODAY)

    assert {each.escalate_at for each in office.reminders(state=ReminderState.SENT)} == {None}


def test_an_attorney_who_left_is_not_told(office: Office) -> None:
    with office.desk.work() as work:
        work.session.get_one(Person, office.cast.mira.id).active = False
    office.sweep(AFTER)

    assert not office.post.subjects(office.cast.mira)


def test_in_the_office_each_thing_is_told_once(both: Office) -> None:
    both.post.fails[both.cast.ada.email] = ReplyLost("hung up")
    both.sweep(TODAY)
    [first] = {each.told_at for each in both.reminders() if each.told_at}
    both.post.fails.clear()
    both.sweep(TODAY, time(13))

    assert first == moment(TODAY)
    assert {each.told_at for each in both.reminders() if each.told_at} == {first}

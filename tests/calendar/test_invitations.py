"""A court date comes by mail as an invitation, moves with it, and is taken back when it is off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Membership, Reminder
from casemgr.domain.words import ReminderState
from casemgr.reminder_mail import mail_of
from casemgr.usecases import hearings, orders, reminders
from casemgr.usecases.calendar_invitations import Method, invitation
from casemgr.usecases.hearings import MoveInput, OffInput
from casemgr.usecases.orders import HearingInput
from tests import makes
from tests.calendar.conftest import Office
from tests.calendar.entries import SITE, hearing, read

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PEOPLE = {"organiser": ("The Office", "o@example.org"), "attendee": ("Ada", "ada@example.org")}


def answers_for_it(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        asked = select(Membership).where(Membership.person_id == office.cast.mira.id)
        session.exec(asked).one().responsible = True


def record(office: Office) -> str:
    given = {
        "title": "Status conference",
        "starts_at": datetime(2010, 12, 1, 15, tzinfo=UTC),
        "place": "Courtroom 15C",
    }
    with office.desk.work(makes.actor_of(office.cast.sam)) as work:
        asked = HearingInput.model_validate(given)
        return orders.record_hearing(work, office.lawsuit.id, asked).id


def mails(office: Office) -> list[EmailMessage]:
    """Claim what is owed, as a sweep does, and return it as mails."""
    with office.desk.work() as work:
        claimed = reminders.claim(work, "a sweep")
        for each in claimed:
            reminders.sent(work, each, "a sweep")
    return [mail_of(office.desk, each, office.desk.now()) for each in claimed]


def calendar_in(mail: EmailMessage) -> Calendar:
    [part] = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    said = part.get_content()
    whole = Calendar.from_ical(said)
    assert part.get_param("method") == str(whole["METHOD"])
    return whole


@on_sqlite
def test_a_new_court_date_invites_who_answers_for_the_matter(office: Office) -> None:
    answers_for_it(office)
    record(office)

    [mail] = mails(office)

    assert mail["Subject"] == "New court date: Status conference"
    assert mail["To"] == "Mira Castellan <mira@example.org>"
    assert "December 1, 2010, 10:00 am EST" in mail.get_body(("plain",)).get_content()
    whole = calendar_in(mail)
    [event] = whole.walk("VEVENT")
    assert str(whole["METHOD"]) == "REQUEST"
    assert event["DTSTART"].dt == datetime(2010, 12, 1, 15, tzinfo=UTC)
    assert str(event["ATTENDEE"]) == "mailto:mira@example.org"
    assert mails(office) == []


@on_sqlite
def test_moving_and_calling_off_go_out_under_the_same_name(office: Office) -> None:
    answers_for_it(office)
    first = record(office)
    to = MoveInput(starts_at=datetime(2010, 12, 8, 15, tzinfo=UTC), because="trial")
    sam = makes.actor_of(office.cast.sam)
    sent = mails(office)
    with office.desk.work(sam) as work:
        moved = hearings.move_hearing(work, first, to).id
    sent += mails(office)
    with office.desk.work(sam) as work:
        hearings.cancel_hearing(work, moved, OffInput(because="the case settled"))
    sent += mails(office)

    found = [calendar_in(mail) for mail in sent]

    events = [each.walk("VEVENT")[0] for each in found]
    assert [str(each["METHOD"]) for each in found] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(each["UID"]) for each in events}) == 1
    numbers = [int(each["SEQUENCE"]) for each in events]
    assert numbers == sorted(set(numbers))
    assert str(events[-1]["STATUS"]) == "CANCELLED"
    in_feed = [
        str(each["UID"]) for each in read(office.fetch(office.feed(office.cast.mira)).content)
    ]
    assert str(events[0]["UID"]) in in_feed


@on_sqlite
def test_a_wall_stops_an_invitation_that_was_owed(office: Office) -> None:
    answers_for_it(office)
    record(office)
    with transaction(office.desk.engine) as session:
        cast = office.cast
        makes.make_wall(session, cast.mira, office.matter, cast.ada, cast.noor)

    assert mails(office) == []
    with transaction(office.desk.engine, reads_only=True) as session:
        [owed] = session.exec(select(Reminder)).all()
        assert owed.state is ReminderState.CANCELLED


@on_sqlite
def test_nobody_is_invited_to_what_is_over_or_by_casemgr_itself(office: Office) -> None:
    answers_for_it(office)
    over = {"title": "Over", "starts_at": datetime(2010, 9, 1, 15, tzinfo=UTC)}
    with office.desk.work(makes.actor_of(office.cast.sam)) as work:
        orders.record_hearing(work, office.lawsuit.id, HearingInput.model_validate(over))

    assert mails(office) == []


@settings(max_examples=15)  # each is written and read as a whole calendar
@given(
    title=st.text(max_size=60),
    place=st.sampled_from(["", "x\r\nATTENDEE:mailto:eve@example.org", "Room “5”; 2nd, floor"]),
    called=st.sampled_from(["Ada", 'A "B" C', "x\r\nMETHOD:CANCEL", "Müller; ROLE=CHAIR"]),
)
def test_no_words_change_what_an_invitation_asks(title: str, place: str, called: str) -> None:
    entry = hearing(title=title, place=place)
    people = {**PEOPLE, "attendee": (called, "ada@example.org")}

    whole = Calendar.from_ical(invitation(entry, Method.REQUEST, site=SITE, **people))

    assert str(whole["METHOD"]) == "REQUEST"
    [event] = whole.walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:ada@example.org"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)

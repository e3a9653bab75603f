"""What we must answer has its own day, is ours, and is done when we answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.tables import Deadline, Event, Reminder
from casemgr.desk import Desk
from casemgr.domain.words import EventKind, Side
from casemgr.errors import Malformed
from casemgr.usecases import events
from tests import makes
from tests.makes import actor_of, make_desk
from tests.usecases.moves import Office, current, event, make_office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TODAY = date(2018, 3, 22)
ASKED = date(2018, 3, 1)
THIRTY_WORKING_DAYS = date(2018, 4, 12)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return make_desk(engine, tmp_path, as_of=TODAY)


@pytest.fixture
def office(desk: Desk) -> Office:
    return make_office(desk)


def ours(desk: Desk, office: Office, *, of: str = "") -> list[Deadline]:
    track_id = of or office.track.id
    with desk.work(reads_only=True) as work:
        found = current(work).items()
    return [row for key, row in found if key.startswith(f"{track_id}:answer")]


def log(desk: Desk, office: Office, kind: EventKind, on: date, **more: Any) -> Event:
    with desk.work(actor_of(office.cast.ada)) as work:
        return events.log_event(work, office.track.id, event(kind, on, **more))


@pytest.mark.parametrize(
    ("kind", "reply", "rule", "status"),
    [
        (
            EventKind.INFORMATION_REQUEST,
            EventKind.INFORMATION_REPLY_SENT,
            "foia.dhs_answer",
            "unverified",
        ),
        (EventKind.FEE_QUESTION, EventKind.FEE_REPLY_SENT, "foia.dhs_answer", "unverified"),
        (
            EventKind.STILL_INTERESTED,
            EventKind.INTEREST_REPLY_SENT,
            "foia.still_interested",
            "verified",
        ),
    ],
)
def test_a_letter_that_asks_has_its_day_until_we_answer(
    desk: Desk, office: Office, kind: EventKind, reply: EventKind, rule: str, status: str
) -> None:
    log(desk, office, kind, ASKED)

    [mine] = ours(desk, office)
    assert (mine.due, mine.whose, mine.rule) == (THIRTY_WORKING_DAYS, Side.OURS, rule)
    assert mine.status == status
    with desk.work(reads_only=True) as work:
        owed = select(Reminder.person_id).where(Reminder.deadline_id == mine.id)
        assert set(work.session.exec(owed)) == {office.cast.ada.id}
    assert mine.proof["due"] == "2018-04-12"

    log(desk, office, reply, date(2018, 3, 20))

    [mine] = ours(desk, office)
    assert (mine.done_on, mine.done_how) == (date(2018, 3, 20), "answered")


def test_an_answer_to_one_letter_leaves_the_others_day_running(desk: Desk, office: Office) -> None:
    first = log(desk, office, EventKind.INFORMATION_REQUEST, ASKED)
    second = log(desk, office, EventKind.INFORMATION_REQUEST, date(2018, 3, 9))

    reply = EventKind.INFORMATION_REPLY_SENT
    log(desk, office, reply, date(2018, 3, 12), answers_id=first.id)

    done = {row.counts_from: row.done_on for row in ours(desk, office)}
    assert done == {first.happened_on: date(2018, 3, 12), second.happened_on: None}

    # The control: one that names none answers all that were asked before it.
    log(desk, office, reply, date(2018, 3, 20))
    done = {row.counts_from: row.done_on for row in ours(desk, office)}
    assert done == {first.happened_on: date(2018, 3, 12), second.happened_on: date(2018, 3, 20)}


def test_an_answer_names_a_letter_of_its_kind_on_the_same_track(desk: Desk, office: Office) -> None:
    fees = log(desk, office, EventKind.FEE_QUESTION, ASKED)
    asked = log(desk, office, EventKind.INFORMATION_REQUEST, date(2018, 3, 9))

    reply = EventKind.INFORMATION_REPLY_SENT
    for wrong in (fees.id, "E-0000000000"):
        with pytest.raises(Malformed, match="Choose a letter of this track"):
            log(desk, office, reply, date(2018, 3, 12), answers_id=wrong)
    with pytest.raises(Malformed, match="They asked on March 9, 2018"):
        log(desk, office, reply, date(2018, 3, 5), answers_id=asked.id)


def test_an_earlier_day_in_the_letter_is_the_day_to_plan_by(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.FEE_QUESTION, ASKED, answer_by=date(2018, 3, 21))

    [mine] = ours(desk, office)
    assert (mine.due, mine.safe) == (THIRTY_WORKING_DAYS, date(2018, 3, 21))
    assert "the day the letter names" in [each["name"] for each in mine.readings]


def test_without_a_rule_the_letters_own_day_stands(desk: Desk, office: Office) -> None:
    with desk.work(actor_of(office.cast.ada)) as work:
        request = makes.make_request(work.session, office.matter(work))
        track = makes.make_track(work.session, request, "cia")
        asked = event(EventKind.INFORMATION_REQUEST, ASKED, answer_by=date(2018, 3, 31))
        events.log_event(work, track.id, asked)

    [mine] = ours(desk, office, of=track.id)
    assert (mine.due, mine.rule, mine.status) == (
        date(2018, 3, 31),
        "foia.letters_day",
        "unverified",
    )


def test_without_rule_and_day_it_says_to_answer_at_once(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.INFORMATION_REQUEST, date(2010, 10, 4))

    [mine] = ours(desk, office)
    assert mine.due is None
    assert not mine.certain
    assert "Answer at once" in mine.uncertain_because


def test_a_refused_fee_waiver_can_be_appealed_by_a_day(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.FEE_WAIVER_REQUESTED, date(2010, 9, 27))
    log(desk, office, EventKind.FEE_WAIVER_DECIDED, date(2010, 10, 4), outcome="denied")

    with desk.work(reads_only=True) as work:
        window = current(work)[f"{office.track.id}:appeal_waiver"]
    assert (window.due, window.whose, window.rule) == (
        date(2010, 12, 3),
        Side.OURS,
        "foia.appeal_window",
    )


def test_a_withdrawn_request_wants_no_answer_any_more(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.INFORMATION_REQUEST, ASKED)
    log(desk, office, EventKind.WITHDRAWN, date(2018, 3, 5))

    [mine] = ours(desk, office)
    assert mine.done_on == date(2018, 3, 5)

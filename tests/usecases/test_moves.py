"""Exactly the dates that rest on a fact move with it: in its transaction, with its cause told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from casemgr.db.tables import Deadline, Event, Reminder
from casemgr.desk import Desk
from casemgr.domain.words import EntryKind, EventKind, ReminderState, Side
from casemgr.errors import LawError
from casemgr.law.calls import answer_under
from casemgr.usecases import clock, deadlines, derive_track, events, litigation
from casemgr.usecases.work import Work
from tests.makes import TODAY, actor_of, make_desk, make_document
from tests.usecases.moves import (
    MOVED_ON,
    RECEIVED_ON,
    Office,
    current,
    dump,
    entry,
    event,
    make_office,
    said,
)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return make_desk(engine, tmp_path)


@pytest.fixture
def office(desk: Desk) -> Office:
    return make_office(desk)


def in_force(desk: Desk) -> dict[str, tuple[str, date | None]]:
    with desk.work(reads_only=True) as work:
        return {key: (row.id, row.due) for key, row in current(work).items()}


def test_a_corrected_event_moves_the_dates_that_rest_on_it_and_no_other(
    desk: Desk, office: Office
) -> None:
    before, told_before = in_force(desk), len(said(desk))
    with desk.work(actor_of(office.cast.ada)) as work:
        earlier = event(EventKind.RECEIVED, date(2010, 9, 24))
        events.change_event(work, office.received.id, earlier)
    after = in_force(desk)

    key = f"{office.track.id}:determination"
    assert (before[key][1], after[key][1]) == (date(2010, 10, 26), date(2010, 10, 25))
    assert {each: row for each, row in before.items() if each != key} == {
        each: row for each, row in after.items() if each != key
    }
    with desk.work(reads_only=True) as work:
        old = work.session.get_one(Deadline, before[key][0])
    assert (old.superseded_on, old.superseded_by_id) == (TODAY, after[key][0])
    assert old.superseded_because == "received on September 24, 2010 was corrected"
    changed, moved = said(desk)[told_before:]
    assert changed.what == "event.changed"
    assert moved.what == "deadline.moved"
    assert moved.person_name == "Ada Marlowe"
    assert moved.subject_id == after[key][0]
    assert moved.facts == {
        "title": "ICE: decide the request",
        "was": "2010-10-26",
        "due": "2010-10-25",
        "because": "received on September 24, 2010 was corrected",
    }


def test_a_logged_event_makes_only_what_follows_from_it(desk: Desk, office: Office) -> None:
    before = in_force(desk)
    with desk.work(actor_of(office.cast.sam)) as work:
        asked = event(EventKind.EXPEDITION_REQUESTED, RECEIVED_ON)
        events.log_event(work, office.track.id, asked)
    after = in_force(desk)

    assert after.keys() - before.keys() == {f"{office.track.id}:expedition"}
    assert before.items() <= after.items()


def test_a_withdrawn_event_takes_its_dates_with_it_and_their_reminders(
    desk: Desk, office: Office
) -> None:
    before = in_force(desk)
    with desk.work(actor_of(office.cast.ada)) as work:
        taken_back = events.Withdrawal(because="It was another request.")
        events.withdraw_event(work, office.received.id, taken_back)
    after = in_force(desk)

    gone = f"{office.track.id}:determination"
    assert before.keys() - after.keys() == {gone}
    assert after.items() <= before.items()
    with desk.work(reads_only=True) as work:
        owed = work.session.exec(
            select(Reminder.state).where(
                Reminder.deadline_id == before[gone][0], col(Reminder.send_at) > work.now
            )
        ).all()
    assert set(owed) <= {ReminderState.CANCELLED}


def test_an_opposition_on_the_docket_closes_the_date_it_fulfils(desk: Desk, office: Office) -> None:
    before = in_force(desk)
    with desk.work(actor_of(office.cast.ada)) as work:
        row = office.opposition(work)
        filed = entry(EntryKind.OPPOSITION, Side.OURS, TODAY, answers_id=office.motion.id)
        litigation.record_docket_entry(work, office.lawsuit.id, filed)
        assert (row.id, row.done_on) == (before[row.key][0], TODAY)
    assert before.items() <= in_force(desk).items()


def test_a_proof_keeps_the_very_call_that_gave_its_date(desk: Desk, office: Office) -> None:
    """What the agency's notice named is in the call too: without it a reading would be missing."""
    named = {"agency_says_due": date(2010, 11, 5)}
    with desk.work(actor_of(office.cast.ada)) as work:
        notice = event(EventKind.EXTENSION_NOTICE, date(2010, 10, 4), **named)
        events.log_event(work, office.track.id, notice)
        row = current(work)[f"{office.track.id}:determination"]
        again = answer_under(work.law, row.proof["inputs"])

    assert again["due"] == row.proof["due"] == "2010-11-09"
    assert again["readings"] == row.readings
    assert "the day the agency named" in [each["name"] for each in row.readings]


def test_what_cannot_be_counted_leaves_nothing_behind(desk: Desk, office: Office) -> None:
    before = dump(desk)
    with pytest.raises(LawError), desk.work(actor_of(office.cast.ada)) as work:
        events.log_event(work, office.track.id, event(EventKind.APPEAL_SENT, date(2009, 1, 5)))
    assert dump(desk) == before


# --- overrides


def override(desk: Desk, office: Office, due: date) -> Deadline:
    with desk.work(actor_of(office.cast.mira)) as work:
        paper = make_document(work.session, office.matter(work))
        given = deadlines.OverrideInput(due=due, because="So ordered.", document_id=paper.id)
        return deadlines.override(work, office.opposition(work).id, given)


def later_motion(work: Work, office: Office, on: date = date(2010, 10, 18)) -> None:
    moved = entry(EntryKind.MOTION, Side.THEIRS, on, number=12)
    litigation.change_docket_entry(work, office.motion.id, moved)


def test_no_rule_moves_an_override_and_the_rule_now_is_told(desk: Desk, office: Office) -> None:
    set_by_hand = override(desk, office, date(2010, 11, 12))
    with desk.work(actor_of(office.cast.ada)) as work:
        later_motion(work, office)
        row = office.opposition(work)
        by_rule = clock.by_rule_now(work, row)

    assert (row.id, row.due) == (set_by_hand.id, date(2010, 11, 12))
    assert by_rule is not None
    assert by_rule.due == date(2010, 11, 1)


def test_a_counted_date_is_its_own_rule(desk: Desk, office: Office) -> None:
    with desk.work(actor_of(office.cast.ada)) as work:
        assert clock.by_rule_now(work, office.opposition(work)) is None


def test_an_override_outlives_the_fact_it_came_from_and_ends_with_its_fulfilment(
    desk: Desk, office: Office
) -> None:
    override(desk, office, date(2010, 11, 12))
    with desk.work(actor_of(office.cast.ada)) as work:
        no_motion = entry(EntryKind.OTHER, Side.THEIRS, MOVED_ON, number=12)
        litigation.change_docket_entry(work, office.motion.id, no_motion)
        row = office.opposition(work)
        assert row.done_on is None
        assert clock.by_rule_now(work, row) is None
        litigation.change_docket_entry(
            work, office.motion.id, entry(EntryKind.MOTION, Side.THEIRS, MOVED_ON, number=12)
        )
        filed = entry(EntryKind.OPPOSITION, Side.OURS, TODAY, answers_id=office.motion.id)
        litigation.record_docket_entry(work, office.lawsuit.id, filed)
        row = office.opposition(work)
    assert (row.due, row.done_on) == (date(2010, 11, 12), TODAY)


# --- two people at once


def test_two_people_who_log_at_once_are_both_counted(desk: Desk, office: Office) -> None:
    """The second to log derives from what the first has logged, not from what it saw before."""
    both = Barrier(2)
    kinds = (EventKind.INFORMATION_REQUEST, EventKind.EXTENSION_NOTICE)

    def log(kind: EventKind) -> None:
        both.wait()
        with desk.work(actor_of(office.cast.ada)) as work:
            events.log_event(work, office.track.id, event(kind, date(2010, 10, 4)))

    threads = [Thread(target=log, args=(kind,)) for kind in kinds]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    with desk.work() as work:
        logged = work.session.exec(select(Event).where(Event.track_id == office.track.id)).all()
        assert {each.kind for each in logged} >= set(kinds)
        stands = current(work)[f"{office.track.id}:determination"]
        derived, _ours = derive_track.derive(work, office.track.id)
        assert stands.proof_hash == derived.fingerprint

"""A preview says what will happen, and nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from casemgr.desk import Desk
from casemgr.domain.deadlines import Moved, Owed
from casemgr.domain.words import EntryKind, EventKind, Side
from casemgr.errors import CasemgrError, Malformed, NotFound
from casemgr.usecases import closures, deadlines, events, litigation
from casemgr.usecases.preview import preview, told
from casemgr.usecases.work import Work
from tests.makes import TODAY, actor_of, make_desk, make_document
from tests.usecases.moves import MOVED_ON, Office, dump, entry, event, make_office, shut_clerk

Act = Callable[[Work], object]


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return make_desk(engine, tmp_path)


@pytest.fixture
def office(desk: Desk) -> Office:
    return make_office(desk)


DAYS = st.dates(date(2010, 9, 1), TODAY)


@st.composite
def acts(draw: st.DrawFn, office: Office) -> Act:
    """Draw anything somebody may do to a fact of the office."""
    day, kind = draw(DAYS), draw(st.sampled_from(EventKind))
    until = draw(st.none() | DAYS)
    given = event(kind, day, until_on=until, certainty="about" if until else "exact")
    side, filed = draw(st.sampled_from(Side)), draw(st.sampled_from(EntryKind))
    docketed = entry(filed, side, day, answers_id=draw(st.sampled_from([None, office.motion.id])))
    because = events.Withdrawal(because="It was another request.")
    possible: list[Act] = [
        lambda work: events.log_event(work, office.track.id, given),
        lambda work: events.change_event(work, office.received.id, given),
        lambda work: events.withdraw_event(work, office.received.id, because),
        lambda work: litigation.record_docket_entry(work, office.lawsuit.id, docketed),
        lambda work: litigation.change_docket_entry(work, office.motion.id, docketed),
        lambda work: closures.enter_closure(work, shut_clerk(day)),
    ]
    return draw(st.sampled_from(possible))


def outcome(do: Callable[[], tuple[Moved, ...]]) -> tuple[Moved, ...] | str:
    try:
        return do()
    except CasemgrError as refused:
        return str(refused)


@pytest.mark.sqlite_first
def test_a_preview_says_what_the_act_then_does(desk: Desk, office: Office) -> None:
    """Whatever is done, in whatever order, to whatever facts the acts before have left."""

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def run(data: st.DataObject) -> None:
        act = data.draw(acts(office))
        before = dump(desk)
        with desk.work(actor_of(office.cast.ada)) as work:
            shown = outcome(lambda: preview(work, act))
            assert work.lines == []
            assert work.moved == []
        assert dump(desk) == before

        done: tuple[Moved, ...] | str = ""
        try:
            with desk.work(actor_of(office.cast.ada)) as work:
                act(work)
                done = told(work)
        except CasemgrError as refused:
            done = str(refused)
        assert done == shown

    run()


def test_a_preview_names_dates_owners_reminders_and_the_cause(desk: Desk, office: Office) -> None:
    with desk.work(actor_of(office.cast.ada)) as work:
        [moved] = preview(work, lambda aside: closures.enter_closure(aside, shut_clerk(TODAY)))

    assert (moved.what, moved.was, moved.due) == ("moved", TODAY, date(2010, 11, 1))
    assert moved.whose is Side.OURS
    assert moved.owners == ("Ada Marlowe",)
    assert moved.because == "nysd closed on October 29, 2010 was entered"
    assert Owed("Ada Marlowe", date(2010, 10, 30)) in moved.cancelled
    assert Owed("Ada Marlowe", date(2010, 11, 1)) in moved.made
    assert any("inaccessible" in step["says"] for step in moved.steps)


def test_an_override_can_be_previewed_too(desk: Desk, office: Office) -> None:
    with desk.work() as work:
        paper = make_document(work.session, office.matter(work))
    before = dump(desk)
    with desk.work(actor_of(office.cast.mira)) as work:
        row = office.opposition(work)
        given = deadlines.OverrideInput(
            due=date(2010, 11, 12), because="So ordered.", document_id=paper.id
        )
        [moved] = preview(work, lambda aside: deadlines.override(aside, row.id, given))

    assert (moved.what, moved.was, moved.due) == ("overridden", TODAY, date(2010, 11, 12))
    assert dump(desk) == before


def test_what_the_act_refuses_the_preview_refuses(desk: Desk, office: Office) -> None:
    tomorrow = event(EventKind.DETERMINATION, date(2010, 10, 30))
    with (
        desk.work(actor_of(office.cast.ada)) as work,
        pytest.raises(Malformed, match="in the future"),
    ):
        preview(work, lambda aside: events.log_event(aside, office.track.id, tomorrow))
    with desk.work(actor_of(office.cast.eve)) as work, pytest.raises(NotFound):
        preview(work, lambda aside: events.log_event(aside, office.track.id, tomorrow))


def test_somebody_off_the_matter_sees_none_of_its_dates_in_a_preview(
    desk: Desk, office: Office
) -> None:
    with desk.work(actor_of(office.cast.eve)) as work:
        assert preview(work, lambda aside: closures.enter_closure(aside, shut_clerk(TODAY))) == ()
    with desk.work(actor_of(office.cast.ada)) as work:
        assert preview(work, lambda aside: closures.enter_closure(aside, shut_clerk(TODAY))) != ()


def test_a_preview_and_the_act_fit_into_one_transaction(desk: Desk, office: Office) -> None:
    given = entry(EntryKind.OPPOSITION, Side.OURS, TODAY, answers_id=office.motion.id)
    with desk.work(actor_of(office.cast.ada)) as work:
        litigation.change_docket_entry(
            work, office.motion.id, entry(EntryKind.MOTION, Side.THEIRS, MOVED_ON, number=13)
        )
        kept = list(work.lines)
        shown = preview(
            work, lambda aside: litigation.record_docket_entry(aside, office.lawsuit.id, given)
        )
        assert work.lines == kept
        work.moved.clear()
        litigation.record_docket_entry(work, office.lawsuit.id, given)
        assert told(work) == shown

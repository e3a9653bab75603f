"""Closures of the office: dates they touch move when they are entered, and back again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from casemgr.db.tables import Deadline, Office
from casemgr.desk import Desk
from casemgr.domain.words import ClosureOf
from casemgr.errors import Malformed, NotFound, Refused, WrongMoment
from casemgr.usecases import closures, relaw
from casemgr.usecases.closures import ClosureInput, ClosureWithdrawal
from tests.makes import TODAY, actor_of, make_desk
from tests.usecases import moves
from tests.usecases.moves import current, dump, make_office, said, shut_clerk

MISTAKE = ClosureWithdrawal(because="It was another courthouse.")


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return make_desk(engine, tmp_path)


@pytest.fixture
def office(desk: Desk) -> moves.Office:
    return make_office(desk)


def dues(desk: Desk) -> dict[str, tuple[date | None, date | None]]:
    with desk.work(reads_only=True) as work:
        return {key: (row.due, row.latest) for key, row in current(work).items()}


def test_an_inaccessible_clerk_moves_the_last_day_and_nothing_else(
    desk: Desk, office: moves.Office
) -> None:
    before = dues(desk)
    with desk.work(actor_of(office.cast.ada)) as work:
        row = closures.enter_closure(work, shut_clerk(TODAY))
        key = office.opposition(work).key
    after = dues(desk)

    assert before[key][0] == TODAY
    assert after[key][0] == date(2010, 11, 1)
    assert {each: due for each, due in before.items() if each != key} == {
        each: due for each, due in after.items() if each != key
    }
    entered, moved = said(desk)[-2:]
    assert (entered.what, moved.what) == ("closure.entered", "deadline.moved")
    assert moved.facts["because"] == "nysd closed on October 29, 2010 was entered"

    with desk.work(actor_of(office.cast.mira)) as work:
        closures.withdraw_closure(work, row.id, MISTAKE)
    assert dues(desk) == before
    with desk.work(actor_of(office.cast.mira)) as work, pytest.raises(WrongMoment):
        closures.withdraw_closure(work, row.id, MISTAKE)


def test_another_courts_clerk_and_another_day_move_nothing(
    desk: Desk, office: moves.Office
) -> None:
    before = dues(desk)
    with desk.work(actor_of(office.cast.ada)) as work:
        closures.enter_closure(work, shut_clerk(TODAY, court="dcd"))
        closures.enter_closure(work, shut_clerk(date(2010, 10, 20)))
        assert work.moved == []
    assert dues(desk) == before


def shut_agency(agency: str) -> ClosureInput:
    return ClosureInput(
        kind=ClosureOf.AGENCY_CLOSED,
        agency_id=agency,
        first_on=date(2010, 10, 6),
        until_on=date(2010, 10, 7),
        because="Snow.",
        source="Notice of the agency",
    )


@pytest.mark.parametrize(("agency", "touched"), [("ice", 1), ("dhs", 1), ("", 2), ("cia", 0)])
def test_a_closed_agency_moves_no_date_and_shows_another_reading(
    desk: Desk, office: moves.Office, agency: str, touched: int
) -> None:
    before = dues(desk)
    with desk.work(actor_of(office.cast.ada)) as work:
        closures.enter_closure(work, shut_agency(agency))
        readings = [reading for row in current(work).values() for reading in row.readings]
    after = dues(desk)

    assert {key: due for key, (due, _) in after.items()} == {
        key: due for key, (due, _) in before.items()
    }
    [*office_readings] = [each for each in readings if "entered by this office" in each["name"]]
    assert [each["due"] for each in office_readings] == ["2010-10-28"] * touched


def test_a_closure_counts_from_the_day_the_office_knew_of_it(
    desk: Desk, office: moves.Office
) -> None:
    with desk.work(actor_of(office.cast.ada)) as work:
        closures.enter_closure(work, shut_clerk(TODAY))
        assert work.law.version != work.law_files.version
        assert work.law.almanac.clerk_closed("nysd") == {TODAY}
        assert work.on(date(2010, 10, 28)).law is work.law_files


def test_who_may_not_confirm_a_date_may_not_enter_a_closure(
    desk: Desk, office: moves.Office
) -> None:
    before = dump(desk)
    for person in (office.cast.sam, office.cast.noor):
        with desk.work(actor_of(person)) as work, pytest.raises(Refused):
            closures.enter_closure(work, shut_clerk(TODAY))
    with desk.work(actor_of(office.cast.ada)) as work, pytest.raises(NotFound):
        closures.withdraw_closure(work, "CL-NOSUCHONE1", MISTAKE)
    assert dump(desk) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"court_id": ""}, "court_id"),
        ({"court_id": "nowhere"}, "court_id"),
        ({"agency_id": "ice"}, "agency_id"),
        ({"until_on": date(2010, 10, 1)}, "until_on"),
        ({"until_on": date(2012, 10, 29)}, "until_on"),
        ({"source": ""}, "source"),
        ({"kind": ClosureOf.AGENCY_CLOSED}, "court_id"),
        ({"kind": ClosureOf.AGENCY_CLOSED, "court_id": "", "agency_id": "kgb"}, "agency_id"),
    ],
)
def test_each_field_that_is_wrong_is_named(
    desk: Desk, office: moves.Office, changes: dict[str, object], field: str
) -> None:
    with desk.work(actor_of(office.cast.ada)) as work, pytest.raises(Malformed) as wrong:
        closures.enter_closure(work, shut_clerk(TODAY).model_copy(update=changes))
    assert list(wrong.value.problems) == [field]


# --- the law files change


def older_law(desk: Desk) -> None:
    """Put the dates on file as other law files had given them."""
    with desk.work() as work:
        work.session.get_one(Office, 1).law_version = "an older one"
        for row in current(work).values():
            if row.due == TODAY:
                row.due = row.safe = date(2010, 10, 28)
                row.proof_hash = "as the older files had it"


def test_changed_law_files_are_told_and_list_what_they_would_move(
    desk: Desk, office: moves.Office
) -> None:
    older_law(desk)
    before = dump(desk)
    with desk.work() as work:
        told = relaw.standing(work)
        [moved] = relaw.would_move(work)
    assert told is not None
    assert "casemgr law moved" in told
    assert (moved.was, moved.due) == (date(2010, 10, 28), TODAY)
    assert moved.because == "the law files changed"
    assert dump(desk) == before

    with desk.work() as work:
        relaw.recount_all(work)
        assert relaw.standing(work) is None
        assert relaw.would_move(work) == ()
        old = work.session.exec(select(Deadline).where(col(Deadline.superseded_on).is_not(None)))
        assert [row.due for row in old] == [date(2010, 10, 28)]


def test_every_stored_proof_is_recounted_by_the_second_counter(
    desk: Desk, office: moves.Office
) -> None:
    with desk.work(actor_of(office.cast.ada)) as work:
        closures.enter_closure(work, shut_clerk(TODAY))
        rows = list(current(work).values())
        verdicts = [relaw.verify_stored(work, row.id) for row in rows]
        row = office.opposition(work)
        row.due = date(2010, 11, 2)  # as if somebody had written to the database
        changed = relaw.recounted(work, row)
    assert len(verdicts) > 2
    assert all(each.holds for each in verdicts), verdicts
    assert not changed.holds
    assert changed.says == ("The date on file is 2010-11-02, but its proof says 2010-11-01.",)

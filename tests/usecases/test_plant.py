"""Planting replays both matters day by day, once."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.session import open_engine
from casemgr.db.tables import (
    Deadline,
    DocketEntry,
    FoiaRequest,
    Hearing,
    HistoryEntry,
    Lawsuit,
    Matter,
    Office,
    OrderDate,
    Person,
    Track,
)
from casemgr.db.tables import Event as EventRow
from casemgr.domain.words import DeadlineKind, EntryKind, EventKind, RequestStage, Side
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import seeded_code
from casemgr.shipped import shipped
from casemgr.usecases import clock, derive_lawsuit, derive_track, lawsuit_facts, relaw, track_facts
from casemgr.usecases import plant as planting
from casemgr.usecases.plant import counts, plant
from casemgr.usecases.seeds import read_seeds
from tests.makes import make_desk, make_docket_entry, make_document, make_event, make_matter

AS_OF = date(2010, 10, 29)


@pytest.fixture
def desk(planted_file, tmp_path):
    """Stand in the planted office."""
    engine = open_engine(f"sqlite:///{shutil.copy(planted_file, tmp_path / 'casemgr.sqlite3')}")
    yield make_desk(engine, tmp_path)
    engine.dispose()


@pytest.fixture
def look(desk):
    """Read the planted office."""
    with desk.work(reads_only=True) as work:
        yield work.session


def entry(key):
    return seeded_code("DE", key)


def deadlines(session, key_begins, day):
    """Return the deadlines of a key as they stood on a day."""
    return session.exec(
        select(Deadline)
        .where(
            col(Deadline.key).startswith(key_begins),
            Deadline.known_on <= day,
            sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > day),
        )
        .order_by(Deadline.key)
    ).all()


def test_planted_twice_nothing_changes_and_it_says_so(engine, tmp_path):
    desk = make_desk(engine, tmp_path)
    with desk.work() as work:
        first = plant(work, as_of=AS_OF)
        made = counts(work)

    with desk.work() as work:
        second = plant(work, as_of=AS_OF)
        lines = len(work.lines)
        found = counts(work)

    assert (first.changed, second.changed, lines) == (True, False, 0)
    assert found == made
    assert {name: made[name] for name in ("matter", "foia_request", "track", "flag")} == {
        "matter": 3,
        "foia_request": 3,
        "track": 17,
        "flag": 35,
    }


@pytest.mark.parametrize("day", [date(2010, 1, 31), date(2021, 1, 1)])
def test_a_day_outside_the_story_is_refused(engine, tmp_path, day):
    desk = make_desk(engine, tmp_path)

    with pytest.raises(Malformed, match="2010-02-01 to 2020") as refused, desk.work() as work:
        plant(work, as_of=day)

    assert list(refused.value.problems) == ["as_of"]


def test_another_day_is_refused_with_what_to_do(desk):
    with (
        pytest.raises(WrongMoment, match="2010-10-29, not at 2011-01-01") as refused,
        desk.work() as w,
    ):
        plant(w, as_of=date(2011, 1, 1))

    assert "--data" in str(refused.value)


def test_other_seeds_are_refused(desk, monkeypatch, tmp_path):
    changed = shutil.copytree(shipped("seeds"), tmp_path / "seeds")
    office = changed / "office.yaml"
    office.write_text(office.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    monkeypatch.setattr(planting, "shipped", lambda _: changed)

    with pytest.raises(WrongMoment, match="other seeds"), desk.work() as work:
        plant(work, as_of=AS_OF)


def test_an_office_with_matters_of_its_own_is_left_alone(engine, tmp_path):
    desk = make_desk(engine, tmp_path)
    with desk.work() as work:
        make_matter(work.session)

    with pytest.raises(WrongMoment, match="matters of its own"), desk.work() as work:
        plant(work, as_of=AS_OF)

    with desk.work(reads_only=True) as work:
        assert work.session.get(Office, 1) is None


def test_the_list_shows_requests_as_they_stood_on_the_office_s_day(look):
    first = look.get_one(FoiaRequest, seeded_code("R", "request-2010"))
    assert first.stage is RequestStage.WAITING, "closed years later, it waited that day"
    assert first.next_due_on is not None


def test_the_office_and_its_people_are_there(look):
    office = look.exec(select(Office)).one()
    people = look.exec(select(Person.name).order_by(Person.name)).all()

    assert (office.demonstration, office.as_of, office.zone) == (True, AS_OF, "America/New_York")
    assert people == [
        "Ada Marlowe",
        "Eve Lindqvist",
        "Mira Castellan",
        "Noor Haddad",
        "Sam Okonjo",
    ]


def test_each_fact_leaves_one_line_in_the_history_on_its_day(look):
    seeds = read_seeds(shipped("seeds")).rows
    lines = look.exec(select(HistoryEntry).where(HistoryEntry.what == "planted")).all()
    motion = next(line for line in lines if line.subject_id == entry("emergency-motion"))

    assert len(lines) == len(seeds)
    assert motion.at.date() == date(2010, 10, 28)
    assert motion.matter_id == seeded_code("M", "secure-communities")


def test_no_deadline_was_known_before_the_fact_it_rests_on(look):
    for row, filed_known_on in look.exec(
        select(Deadline, DocketEntry.known_on).join(
            DocketEntry, col(DocketEntry.id) == Deadline.docket_entry_id
        )
    ):
        assert row.known_on >= filed_known_on


@pytest.mark.parametrize("component", ["ice", "dhs", "fbi", "eoir", "olc"])
def test_the_five_determinations_show_a_range_and_its_readings(look, component):
    track = seeded_code("T", f"2010-{component}")
    [determination] = deadlines(look, f"{track}:determination", date(2010, 2, 28))

    assert not determination.certain
    assert determination.whose is Side.THEIRS
    assert determination.earliest == date(2010, 3, 4)
    assert determination.latest > determination.earliest


def test_the_opposition_to_the_emergency_motion_is_not_confirmed(look):
    motion = entry("emergency-motion")
    [opposition] = deadlines(look, f"{motion}:lcr.nysd.6_1b.opposition", AS_OF)

    assert not opposition.certain
    assert opposition.whose is Side.THEIRS
    assert opposition.due == date(2010, 11, 12)  # the fourteenth day is Veterans Day
    assert [reading["due"] for reading in opposition.readings] == ["2010-11-15"]


def test_service_and_the_answer_wait_for_a_day_nobody_gives(look):
    lawsuit, complaint = seeded_code("LS", "10-civ-3488"), entry("complaint-2010")
    [answer] = deadlines(look, f"{lawsuit}:foia.answer", AS_OF)
    [service] = deadlines(look, f"{complaint}:frcp.4m.service", AS_OF)

    assert (answer.due, answer.certain, answer.whose) == (None, False, Side.THEIRS)
    assert (service.due, service.certain) == (date(2010, 8, 25), False)


def test_the_time_to_appeal_the_february_order_ended_on_april_8(look):
    [appeal] = deadlines(look, f"{entry('dkt-41')}:frap.4a1b", date(2011, 2, 20))
    [later] = deadlines(look, f"{entry('dkt-41')}:frap.4a1b", date(2011, 2, 21))

    assert (appeal.due, appeal.whose) == (date(2011, 4, 8), Side.THEIRS)
    assert later.done_on == date(2011, 2, 21)


def test_the_time_to_appeal_the_october_order_ended_on_december_23(look):
    [appeal] = deadlines(look, f"{entry('opinion-2011-10-24')}:frap.4a1b", date(2011, 11, 1))

    assert appeal.due == date(2011, 12, 23)


def test_reconsideration_was_asked_for_on_the_fourteenth_day(look):
    key = f"{entry('dkt-99')}:lcr.nysd.6_3.reconsideration:ours"
    [ours] = deadlines(look, key, date(2011, 7, 25))

    assert (ours.due, ours.done_on) == (date(2011, 7, 25), date(2011, 7, 25))


@pytest.mark.parametrize(
    ("key", "fixed_for"),
    [
        ("produce-2011-01-17", date(2011, 1, 17)),  # King Day: it does not move
        ("produce-2011-02-25", date(2011, 2, 25)),
        ("produce-2011-08-29", date(2011, 8, 29)),
        ("produce-2011-11-14", date(2011, 11, 14)),
    ],
)
def test_a_date_the_court_fixed_stands(look, key, fixed_for):
    [fixed] = deadlines(look, f"{seeded_code('OD', key)}:order", fixed_for - timedelta(days=1))

    assert (fixed.due, fixed.kind, fixed.rule) == (fixed_for, DeadlineKind.ORDER, None)


def test_that_a_date_was_met_is_known_only_then(look):
    order_date = look.get(OrderDate, seeded_code("OD", "produce-2011-01-17"))
    done = look.exec(
        select(HistoryEntry).where(
            HistoryEntry.what == "deadline.done",
            HistoryEntry.matter_id == order_date.matter_id,
        )
    ).all()
    line = next(each for each in done if each.facts["on"] == "2011-01-17")

    assert order_date.met_on == date(2011, 1, 17)
    assert line.at.date() == date(2011, 1, 17)


@pytest.mark.parametrize(
    ("matter", "over_on"),
    [("secure-communities", date(2013, 7, 3)), ("pep", date(2020, 12, 11))],
)
def test_when_a_matter_is_over_nothing_of_it_is_due(look, matter, over_on):
    last = look.exec(
        select(Deadline).where(
            Deadline.matter_id == seeded_code("M", matter),
            col(Deadline.superseded_on).is_(None),
        )
    ).all()

    assert [row.title for row in last if row.done_on is None] == []
    assert max(row.done_on for row in last) == over_on


def test_the_hearing_and_every_day_are_read_back_as_planted(look):
    hearing = look.get(Hearing, seeded_code("H", "hearing-2010-12-09"))
    matters = look.exec(select(Matter).where(col(Matter.practice).is_(True))).all()
    facts = look.exec(select(sa.func.count()).select_from(EventRow)).one()

    assert (hearing.starts_at.hour, hearing.zone) == (19, "America/New_York")
    assert [matter.id for matter in matters] == [seeded_code("M", "practice")]
    assert facts > 70


def test_before_the_request_only_the_matters_are_known(look):
    day = date(2010, 2, 1)

    assert len(look.exec(select(Matter).where(Matter.known_on <= day)).all()) == 2
    assert look.exec(select(Track).where(Track.known_on <= day)).all() == []


@pytest.mark.parametrize("day", [AS_OF, date(2016, 6, 1), date(2020, 12, 31)])
def test_many_read_at_once_give_the_dates_that_each_gives_alone(desk, day):
    with desk.work(reads_only=True) as work:
        then = work.on(day)
        tracks = work.session.exec(select(Track.id).where(Track.known_on <= day)).all()
        lawsuits = work.session.exec(select(Lawsuit.id).where(Lawsuit.known_on <= day)).all()
        together = [
            *(derive_track.derived_from(then, each) for each in track_facts.read(then, tracks)),
            *(derive_lawsuit.derived_from(then, e) for e in lawsuit_facts.read(then, lawsuits)),
        ]
        alone = [derive_track.derive(then, each) for each in tracks]
        alone += [derive_lawsuit.derive(then, each) for each in lawsuits]

    assert together == alone
    assert sum(map(len, together)) > len(tracks)


@pytest.mark.parametrize("day", [AS_OF, date(2012, 3, 1), date(2020, 12, 31)])
def test_on_no_day_of_the_story_does_the_law_move_a_date(desk, day):
    with desk.work() as work:
        assert relaw.would_move(work.on(day)) == ()


def test_a_motion_logged_on_a_day_of_the_story_tells_nothing_of_later_days(desk):
    with desk.work() as work:
        lawsuit = work.session.exec(
            select(Lawsuit).where(Lawsuit.docket_number == "10-cv-3488")
        ).one()
        later = work.session.exec(
            select(sa.func.count(Deadline.id)).where(
                Deadline.known_on > AS_OF, col(Deadline.superseded_on).is_(None)
            )
        ).one()
        make_docket_entry(work.session, lawsuit, EntryKind.MOTION, AS_OF, number=900)
        clock.project_lawsuit(work, lawsuit.id, because="we moved")
        [made] = work.moved
        still = work.session.exec(
            select(sa.func.count(Deadline.id)).where(
                Deadline.known_on > AS_OF, col(Deadline.superseded_on).is_(None)
            )
        ).one()

    assert (made.what, made.title, made.due) == (
        "made",
        "Oppose the motion of October 29, 2010 (Dkt. 900)",
        date(2010, 11, 12),
    )
    assert still == later


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_date_that_a_later_day_replaces_can_be_moved_before(desk, by_hand):
    day = date(2010, 10, 5)
    with desk.work() as work:
        row = work.session.exec(
            select(Deadline).where(Deadline.known_on <= day, Deadline.superseded_on > day)
        ).first()
        if by_hand:
            paper = make_document(work.session, work.session.get_one(Matter, row.matter_id))
            clock.overridden(work.on(day), row, date(2010, 11, 30), "So agreed.", paper.id)
        else:
            track = work.session.get_one(Track, row.track_id)
            make_event(work.session, track, EventKind.EXTENSION_NOTICE, day)
            clock.project_track(work.on(day), track.id, because="they gave notice")
        work.session.flush()
        stand = work.session.exec(
            select(Deadline).where(Deadline.key == row.key, col(Deadline.superseded_on).is_(None))
        ).all()

    assert [each.known_on for each in stand] == [day]
    assert stand[0].id == row.superseded_by_id

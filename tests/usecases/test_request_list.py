"""The list of requests: whatever it is narrowed to and sorted by, and however it is walked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from casemgr.db import request_list as statements
from casemgr.db.request_list import Walk
from casemgr.db.session import transaction
from casemgr.db.tables import FoiaRequest, Matter, TrackingNumber
from casemgr.desk import Desk
from casemgr.domain.words import EventKind, RequestStage, Role
from casemgr.errors import Malformed
from casemgr.usecases import clock
from casemgr.usecases.views import request_list
from casemgr.usecases.views.request_list import Asked, Line, look
from tests import makes

SIZE = 7


@dataclass
class Listed:
    """An office with more requests than fit on a page of seven."""

    desk: Desk
    cast: makes.Cast
    matter: Matter

    def look(self, asked: Asked | None = None, **more: str) -> request_list.Page:
        with self.desk.work(makes.actor_of(self.cast.ada), reads_only=True) as work:
            return look(work, asked or Asked(), most=SIZE, **more)

    def titles(self, **filters: object) -> list[str]:
        with self.desk.work(makes.actor_of(self.cast.ada), reads_only=True) as work:
            asked = Asked.model_validate(filters)
            return sorted(line.title for line in request_list.every(work, asked, at_once=SIZE))


@pytest.fixture
def listed(engine: Engine, tmp_path: Path) -> Listed:
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        makes.make_agency(session)
        for i in range(30):
            makes.make_request(
                session,
                matter,
                title=f"Letter {i % 9:02d}",
                reference=f"OUR_{i:02d}",
                # Days and titles repeat, and some have neither a day nor a date ahead.
                requested_on=None if i % 7 == 0 else date(2010, 2, 1) + timedelta(days=i % 5),
                next_due_on=None if i % 3 else date(2010, 11, 1) + timedelta(days=i % 4),
                stage=RequestStage.WAITING if i % 2 else RequestStage.CLOSED,
            )
        hidden = makes.make_matter(session, cast.eve, title="Not for Ada")
        makes.make_request(session, hidden, title="Hidden")
    return Listed(desk, cast, matter)


SORTS = list(product(("asked", "title", "due"), ("up", "down")))


@pytest.mark.parametrize(("sort", "way"), SORTS)
def test_walking_forth_and_back_meets_every_request_once(
    listed: Listed, sort: str, way: str
) -> None:
    asked = Asked.model_validate({"sort": sort, "way": way})
    forth: list[str] = []
    page = listed.look(asked)
    assert page.before == ""
    while True:
        forth += [line.id for line in page.lines]
        if not page.after:
            break
        page = listed.look(asked, after=page.after)
    back: list[str] = []
    page = listed.look(asked, before=request_list.LAST)
    assert page.after == ""
    while True:
        back = [line.id for line in page.lines] + back
        if not page.before:
            break
        page = listed.look(asked, before=page.before)

    assert len(forth) == len(set(forth)) == 30
    assert back == forth


def _sorted_by(line: Line, sort: str) -> object:
    return {"asked": line.asked_on, "title": line.title, "due": line.next_due_on}[sort]


@pytest.mark.parametrize(("sort", "way"), SORTS)
def test_the_list_is_in_the_order_asked_and_what_has_no_date_comes_last(
    listed: Listed, sort: str, way: str
) -> None:
    with listed.desk.work(makes.actor_of(listed.cast.ada), reads_only=True) as work:
        asked = Asked.model_validate({"sort": sort, "way": way})
        found = [_sorted_by(line, sort) for line in request_list.every(work, asked, at_once=4)]

    dated = [each for each in found if each is not None]
    assert dated == sorted(dated, reverse=way == "down")  # type: ignore[type-var]
    assert found[len(dated) :] == [None] * (30 - len(dated))


def test_each_filter_leaves_what_it_says(listed: Listed) -> None:
    with transaction(listed.desk.engine) as session:
        cast = listed.cast
        request = makes.make_request(
            session,
            listed.matter,
            title="50% of all_letters",
            reference="X-1",
            owner_id=cast.ada.id,
            fee_waiver_because="Public interest.",
            their_due_on=date(2010, 10, 28),
            next_due_on=date(2010, 12, 24),
            stage=RequestStage.DECIDED,
        )
        track = makes.make_track(session, request, "cbp")
        session.add(
            TrackingNumber(
                track_id=track.id, number="2010FOIA2674", known_on=makes.TODAY, source="letter"
            )
        )

    only = ["50% of all_letters"]
    assert listed.titles(component="cbp") == only
    assert listed.titles(owner=listed.cast.ada.id) == only
    assert listed.titles(text="0% of ALL_l") == only
    assert listed.titles(text="x-1") == only
    assert listed.titles(text="2010FOIA") == only
    assert listed.titles(text="FOIA2674") == []  # of a number, how it begins
    assert listed.titles(fee_waiver=True) == only
    assert listed.titles(late=True) == only
    assert listed.titles(due_after=date(2010, 12, 24)) == only
    assert listed.titles(state="decided", due_before=date(2010, 12, 24)) == only
    assert len(listed.titles(fee_waiver=False)) == 30
    assert len(listed.titles(matter=listed.matter.id)) == 31
    assert listed.titles(matter="M-0000000000") == []
    assert listed.titles(state="decided", fee_waiver=False) == []


def test_the_count_is_of_what_the_filters_leave_and_stops_counting(listed: Listed) -> None:
    with listed.desk.work(makes.actor_of(listed.cast.ada), reads_only=True) as work:
        assert request_list.count(work, Asked()) == 30
        assert request_list.count(work, Asked(state=RequestStage.WAITING)) == 15
        assert request_list.count(work, Asked(), most=8) == 8


def test_nobody_else_sees_any_of_it(listed: Listed) -> None:
    for person, titles in ((listed.cast.eve, ["Hidden"]), (listed.cast.noor, [])):
        with listed.desk.work(makes.actor_of(person), reads_only=True) as work:
            found = [line.title for line in look(work, Asked()).lines]
            choices = request_list.choices(work)
        assert found == titles
        assert listed.matter.id not in dict(choices["matter"])


@pytest.mark.parametrize("broken", ["x", "R-1~never", "~", "R-1~2010-13-01", "R-1\0~2010-01-01"])
def test_a_broken_cursor_is_told(listed: Listed, broken: str) -> None:
    with pytest.raises(Malformed, match="Start from the first page"):
        listed.look(after=broken)


def test_how_far_a_request_has_come_follows_from_what_happened(listed: Listed) -> None:
    with transaction(listed.desk.engine) as session:
        request = makes.make_request(session, listed.matter, title="Staged")
        track = makes.make_track(session, request)

    def stage(kind: EventKind | None) -> RequestStage:
        with listed.desk.work(makes.actor_of(listed.cast.ada)) as work:
            if kind is not None:
                makes.make_event(work.session, track, kind, date(2010, 3, 1))
            clock.project_track(work, track.id, because="the tests said so")
            found = work.session.get_one(FoiaRequest, request.id)
            work.session.refresh(found)
            return found.stage

    assert stage(None) is RequestStage.NOT_STARTED
    assert stage(EventKind.SENT) is RequestStage.NOT_STARTED
    assert stage(EventKind.RECEIVED) is RequestStage.WAITING
    assert stage(EventKind.DETERMINATION) is RequestStage.DECIDED
    assert stage(EventKind.CLOSED) is RequestStage.CLOSED


# --- no statement walks the whole table

GIVEN = {
    "today": makes.TODAY, "now": makes.NOON, "actor": "P-1", "most": 51, "matter": "M-1",
    "component": "ice", "state": RequestStage.WAITING, "owner": "P-1",
    "due_after": makes.TODAY, "due_before": makes.TODAY, "text": "%x%", "text_from": "x",
    "text_until": "y", "after_value": makes.TODAY, "after_id": "R-1",
}  # fmt: skip
FILTERS = (
    "", "matter", "component", "state", "owner", "due_after", "due_before", "fee_waiver", "late",
    "text",
)  # fmt: skip


def _walks() -> Iterator[Walk]:
    for sort, by, beyond, role in product(
        ("asked", "title", "due"), FILTERS, (False, True), (Role.STAFF, Role.ATTORNEY)
    ):
        everywhere = role is Role.ATTORNEY
        few = by == "matter" or not everywhere
        yield Walk(role, everywhere, frozenset({by} - {""}), sort, beyond=beyond, few=few)


def _plan(engine: Engine, walk: Walk) -> str:
    sent: list[tuple[str, object]] = []

    def note(*about: object) -> None:
        sent.append((str(about[2]), about[3]))

    values = GIVEN | ({"after_value": "Letter"} if walk.sort == "title" else {})
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if not sqlite:  # so small a table is quicker read whole: ask what the indexes allow
            connection.execute(sa.text("SET enable_seqscan = off"))
        sa.event.listen(engine, "before_cursor_execute", note)
        connection.execute(statements.page(walk), values)
        sa.event.remove(engine, "before_cursor_execute", note)
        prefix = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        found = connection.exec_driver_sql(prefix + sent[0][0], sent[0][1])  # type: ignore[arg-type]
        return "\n".join(str(row[-1]) for row in found)


def test_no_list_reads_the_whole_table(engine: Engine) -> None:
    seen = 0
    for walk in _walks():
        seen += 1
        plan = _plan(engine, walk)
        bare = ("SCAN foia_request", "Seq Scan on foia_request", "SCAN track", "Seq Scan on track")
        walked = [
            line
            for line in plan.splitlines()
            if any(each in line for each in bare) and "USING" not in line
        ]
        assert not walked, (walk, plan)

    assert seen == 120


def test_the_ends_of_the_list_are_as_near_as_each_other(listed: Listed) -> None:
    first, last = listed.look(), listed.look(before=request_list.LAST)

    assert (len(first.lines), len(last.lines)) == (SIZE, SIZE)
    assert first.after
    assert last.before

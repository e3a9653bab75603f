"""What fires a waiting deadline: the paper its words name, and no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import permutations

import pytest

from casemgr.domain.waiting import hearing_meant, kind_named, period, set_going, side_named
from casemgr.domain.words import AwaitedAct, EntryKind, PeriodUnit, Side


@dataclass(frozen=True)
class Row:
    """A row of a docket."""

    id: str
    number: int | None
    kind: EntryKind
    filed_on: date
    filed_by: Side = Side.COURT
    part: int | None = None
    answers_id: str | None = None
    decides_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waits:
    """A period that waits for an opposition of theirs."""

    docket_entry_id: str | None = "order"
    awaits: EntryKind = EntryKind.OPPOSITION
    awaits_by: Side | None = Side.THEIRS
    fired_by_id: str | None = None


def day(n: int) -> date:
    return date(2022, 1, n)


ORDER = Row("order", 20, EntryKind.ORDER, day(3))
MOTION = Row("motion", 21, EntryKind.MOTION, day(5), Side.OURS)
OTHER = Row("other", 22, EntryKind.MOTION, day(6), Side.OURS)
FIRST = Row("first", 25, EntryKind.OPPOSITION, day(19), Side.THEIRS, answers_id="motion")
SECOND = Row("second", 27, EntryKind.OPPOSITION, day(21), Side.THEIRS, answers_id="motion")
OF_OTHER = Row("of-other", 28, EntryKind.OPPOSITION, day(24), Side.THEIRS, answers_id="other")
EXHIBIT = Row("exhibit", 25, EntryKind.OPPOSITION, day(19), Side.THEIRS, part=1)
EARLIER = Row("earlier", 9, EntryKind.OPPOSITION, day(2), Side.THEIRS, answers_id="older")
OURS = Row("ours", 24, EntryKind.OPPOSITION, day(18), Side.OURS, answers_id="theirs")
DOCKET = (EARLIER, ORDER, MOTION, OTHER, OURS, EXHIBIT, FIRST, SECOND, OF_OTHER)


def fired(waits: Waits, *docket: Row) -> list[str]:
    return [each.id for each in set_going(waits, docket)]


def test_it_waits_until_the_paper_is_docketed() -> None:
    assert fired(Waits(), EARLIER, ORDER, MOTION, OURS, EXHIBIT) == []


def test_the_papers_to_one_motion_fire_it_and_those_to_another_do_not() -> None:
    assert fired(Waits(), *DOCKET) == ["first", "second"]


def test_the_order_in_which_entries_came_in_makes_no_difference() -> None:
    rows = (ORDER, FIRST, SECOND, OF_OTHER, EARLIER)
    assert {tuple(fired(Waits(), *each)) for each in permutations(rows)} == {("first", "second")}


def test_an_entry_somebody_chose_fires_it_alone() -> None:
    assert fired(Waits(fired_by_id="of-other"), *DOCKET) == ["of-other"]
    assert fired(Waits(fired_by_id="gone"), *DOCKET) == []


def test_papers_without_a_motion_named_fire_it_once() -> None:
    loose = Row("loose", 30, EntryKind.OPPOSITION, day(19), Side.THEIRS)
    again = Row("again", 31, EntryKind.OPPOSITION, day(20), Side.THEIRS)
    assert fired(Waits(), ORDER, loose, again) == ["loose"]


def test_an_order_fires_it_only_where_it_decides_something() -> None:
    waits = Waits(awaits=EntryKind.ORDER, awaits_by=None)
    housekeeping = Row("housekeeping", 30, EntryKind.ORDER, day(20))
    ruling = Row("ruling", 31, EntryKind.OPINION, day(25), decides_ids=("motion",))
    assert fired(waits, ORDER, MOTION, housekeeping) == []
    assert fired(waits, ORDER, MOTION, housekeeping, ruling) == ["ruling"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("replies", EntryKind.REPLY),
        ("oppositions to the motion", EntryKind.OPPOSITION),
        ("order on the motion", EntryKind.ORDER),
        ("Vaughn index", EntryKind.DECLARATION),
        ("joint status report", EntryKind.LETTER),
        ("transcript", None),
    ],
)
def test_words_name_the_paper_that_comes_first_in_them(words: str, kind: EntryKind | None) -> None:
    assert kind_named(words) is kind


def test_words_name_a_side_or_none() -> None:
    assert [side_named(each) for each in ("Plaintiffs", "Government", "parties")] == [
        Side.OURS,
        Side.THEIRS,
        None,
    ]


def test_a_period_is_said_as_people_say_it() -> None:
    assert period(14, PeriodUnit.WORKING_DAYS) == "14 working days"
    assert period(1, PeriodUnit.WEEKS) == "one week"


# --- periods that run to a hearing


@dataclass(frozen=True)
class Set:
    """A time that a hearing was set for."""

    id: str
    title: str
    on: date
    first_id: str | None = None
    superseded_on: date | None = None


@dataclass(frozen=True)
class ToHearing:
    """A period that runs to a hearing."""

    words: str = ""
    hearing_id: str | None = None
    act: AwaitedAct = AwaitedAct.BEFORE_HEARING


STATUS = Set("status", "Status conference", day(20))
PRETRIAL = Set("pretrial", "Initial Pre-Trial Conference", day(12))
THE_STATUS = ToHearing("A letter is due seven days before the status conference")


def meant(period: ToHearing, *hearings: Set, since: date = day(3), today: date = day(4)) -> str:
    found = hearing_meant(period, hearings, since, today)
    return found.id if found else ""


def test_the_hearing_that_the_words_name_is_the_one() -> None:
    assert meant(THE_STATUS, PRETRIAL, STATUS) == "status"
    assert meant(ToHearing("seven days before the conference"), STATUS, PRETRIAL) == "pretrial"
    pretrial = ToHearing("three days before the initial pretrial conference")
    assert meant(pretrial, STATUS, PRETRIAL) == "pretrial"
    assert meant(THE_STATUS, PRETRIAL) == ""


def test_a_hearing_before_the_order_is_not_meant() -> None:
    assert meant(THE_STATUS, STATUS, since=day(21)) == ""


def test_a_moved_hearing_is_meant_at_its_new_time_and_one_called_off_not_at_all() -> None:
    off = Set("status", "Status conference", day(20), superseded_on=day(10))
    moved = Set("moved", "Conference by telephone", day(27), first_id="status")
    chosen = ToHearing(hearing_id="status")

    assert meant(chosen, off, moved, today=day(10)) == "moved"
    assert meant(chosen, off, today=day(9)) == "status"
    assert meant(chosen, off, today=day(10)) == meant(THE_STATUS, off, today=day(10)) == ""

"""Clocks that lie: nothing is lost, nothing early while a process runs, and somebody is told.

Every place that reads the clock reads one of ours here, beside the true one.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as time_of_day
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from casemgr import alarm, desk, scheduler, sweeping
from casemgr.db.session import open_engine
from casemgr.db.tables import Reminder
from casemgr.desk import Desk
from casemgr.domain.clock_watch import ClockWatch
from casemgr.domain.reminders import instant
from casemgr.domain.words import ReminderState
from casemgr.mail.server import Post
from casemgr.usecases import health
from tests.chaos.conftest import Fault
from tests.chaos.owed import MORNING, Owed, owe

pytestmark = pytest.mark.chaos

READ_THE_CLOCK = (scheduler, desk, health, sweeping, alarm)
MINUTE, HOUR, YEAR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=365)
EARLY = timedelta(minutes=2)
ALARM = "Reminders do not go out"
COUNT = 10


@dataclass
class World:
    """True time, what the clock on the wall says beside it, and a process that ticks."""

    desk: Desk
    true: datetime
    wrong: timedelta = timedelta(0)
    mails: list[tuple[datetime, EmailMessage]] = field(default_factory=list)
    watch: ClockWatch = field(init=False)

    def deliver(self, message: EmailMessage) -> None:
        """Take a mail, and note when it truly was."""
        self.mails.append((self.true, message))

    def steady(self) -> float:
        """Return the clock that nobody can set."""
        return self.true.timestamp()

    def start(self) -> None:
        """Start the process, anew."""
        self.watch = scheduler.new_watch()

    def run(self, minutes: int, every: timedelta = MINUTE) -> None:
        """Let time pass, with a tick after each minute (or each longer while)."""
        for _ in range(minutes):
            self.true += every
            self.watch = scheduler.tick(self.desk, self.opens, self.watch)

    def opens(self) -> AbstractContextManager[Post]:
        return nullcontext(self)

    def alarms(self) -> list[datetime]:
        """Return when somebody was told that reminders do not go out."""
        return [at for at, mail in self.mails if str(mail["Subject"]) == ALARM]

    def believe(self) -> None:
        """Have a person say that the clock is right."""
        with self.desk.work() as work:
            health.believe_clock(work, self.true + self.wrong)


def make_world(owed: Owed, true: datetime, monkeypatch: pytest.MonkeyPatch) -> World:
    """Have every place that reads the clock read the world's."""
    at = replace(owed.desk(open_engine(owed.url)), as_of=None)
    world = World(at, true)

    class Wall(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return (world.true + world.wrong).astimezone(tz)

    for module in READ_THE_CLOCK:
        monkeypatch.setattr(module, "datetime", Wall)
    monkeypatch.setattr(scheduler, "steady", world.steady)
    world.start()
    return world


@dataclass(frozen=True)
class Became:
    """What arrived, held against what was owed when."""

    owed: dict[str, datetime]  # Message-ID: when it was due
    world: World

    def copies(self, id_: str) -> list[tuple[datetime, EmailMessage]]:
        return [(at, mail) for at, mail in self.world.mails if str(mail["Message-ID"]) == id_]

    @property
    def lost(self) -> int:
        return sum(not self.copies(each) for each in self.owed)

    @property
    def repeats(self) -> int:
        return sum(max(0, len(self.copies(each)) - 1) for each in self.owed)

    @property
    def unlabelled(self) -> int:
        """Return how many copies beyond the first do not say that they may be one."""
        later = [mail for each in self.owed for _, mail in self.copies(each)[1:]]
        return sum(not str(each["Subject"]).startswith("(Possible repeat)") for each in later)

    @property
    def early(self) -> int:
        """Return how many went out more than two minutes before they were due."""
        return sum(at < due - EARLY for id_, due in self.owed.items() for at, _ in self.copies(id_))


def due_at(owed: Owed, moments: Sequence[datetime]) -> dict[str, datetime]:
    """Have the reminders fall due at these moments in turn; return which when."""
    engine = open_engine(owed.url)
    with owed.desk(engine).work() as work:
        rows = {
            row.dedupe_key: row
            for row in work.session.exec(
                select(Reminder).where(col(Reminder.dedupe_key).in_(owed.expected.values()))
            )
        }
        found = {}
        for number, (id_, key) in enumerate(owed.expected.items()):
            rows[key].send_at = found[id_] = moments[number % len(moments)]
    engine.dispose()
    return found


@dataclass(frozen=True)
class Jump:
    """A clock that is set wrong after ten minutes, and what people do then."""

    by: timedelta
    then: str  # mended: set right; believed: said to be right; restarted: with the process

    @property
    def said(self) -> str:
        return f"{self.by.total_seconds() / 3600:+.6g} h, {self.then}"

    @property
    def noticed(self) -> bool:
        return abs(self.by) > timedelta(minutes=10)


STEPS, ENDS = (HOUR, -HOUR, YEAR, -YEAR), ("mended", "believed", "restarted")
SMOKE = [*(Jump(each, "mended") for each in STEPS), Jump(YEAR, "restarted")]
LARGE = [
    *(Jump(by, then) for by in STEPS for then in ENDS),
    *(Jump(timedelta(minutes=by), "mended") for by in (9, -9, 11, -11)),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take the few jumps and days of the small size, or with --chaos all of them."""
    large = metafunc.config.getoption("chaos") or metafunc.config.getoption("full")
    if "jump" in metafunc.fixturenames:
        metafunc.parametrize("jump", LARGE if large else SMOKE, ids=lambda each: each.said)
    if "odd" in metafunc.fixturenames:
        days = [(zone, day) for zone in ZONES for day in odd_days(ZoneInfo(zone))]
        metafunc.parametrize(
            "odd", days if large else days[:1], ids=lambda each: f"{each[0]}-{each[1]}"
        )


def test_a_clock_that_jumps_loses_nothing_and_is_told_of(
    lite_url: str, tmp_path: Path, jump: Jump, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed = owe(lite_url, tmp_path, COUNT)
    start = MORNING.astimezone(UTC)
    found = due_at(owed, [start + number * 4 * MINUTE for number in range(1, COUNT + 1)])
    world = make_world(owed, start, monkeypatch)
    world.run(5, every=2 * MINUTE)
    world.wrong, jumped_at = jump.by, world.true
    if jump.then == "restarted":
        world.start()
    world.run(2)
    world.run(4, every=3 * MINUTE)
    told, before = world.alarms(), len(world.mails)
    while_wrong = sum(at > jumped_at for at, _ in world.mails) - len(told)
    live_on(world, jump)
    world.desk.engine.dispose()

    became = Became(found, world)
    fault(
        "F5 clock set wrong",
        owed.database,
        owed=COUNT,
        struck=1,
        lost=became.lost,
        repeats=became.repeats,
        unexplained=became.unlabelled,
    )
    assert len(world.mails) > before
    assert became.lost == 0
    assert became.unlabelled == 0
    assert owed.states() == {ReminderState.SENT: COUNT}
    # A gap since the last sweep of a process before is downtime; a few minutes are believed.
    if jump.then != "restarted" and jump.noticed:
        assert told[0] <= jumped_at + 2 * MINUTE
        assert while_wrong == 0
        assert became.repeats == became.early == 0 or jump.then == "believed"


def live_on(world: World, jump: Jump) -> None:
    """Do what people do about a clock that is wrong, and let time pass until all was due."""
    if jump.then == "believed":
        world.believe()
        world.run(13, every=max(-jump.by, timedelta(0)) / 12 + MINUTE)
    else:
        world.wrong = timedelta(0)
    if jump.then == "restarted":
        world.run(2)
        world.believe()
    world.run(10, every=4 * MINUTE)


def test_the_check_sees_a_process_that_believes_any_clock(
    lite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a process that believes any clock sends at once what is due in a year."""
    owed = owe(lite_url, tmp_path, COUNT)
    start = MORNING.astimezone(UTC)
    found = due_at(owed, [start + number * HOUR for number in range(1, COUNT + 1)])
    monkeypatch.setattr(ClockWatch, "wrong", lambda *_, **__: "")
    world = make_world(owed, start, monkeypatch)
    world.run(1)
    world.wrong = YEAR
    world.run(2)
    world.desk.engine.dispose()

    assert Became(found, world).early == COUNT


# --- days on which clocks change, and days that are not in every year

ZONES = (
    "America/New_York", "America/Chicago", "America/Phoenix", "Pacific/Honolulu",
    "Europe/London", "Pacific/Apia",
)  # fmt: skip


def odd_days(place: ZoneInfo) -> list[date]:
    """Return the days of a year on which clocks change there (or else in New York), and others."""
    days = [date(2011, 1, 1) + timedelta(days=number) for number in range(360)]
    noon = time_of_day(12)
    offsets = [datetime.combine(each, noon, place).utcoffset() for each in days]
    changes = [
        day for day, one, two in zip(days[1:], offsets, offsets[1:], strict=False) if one != two
    ]
    none = [date(2011, 3, 13), date(2011, 11, 6)]
    return [*(changes or none)[:2], date(2012, 2, 29), date(2010, 12, 31)]


def test_on_an_odd_day_each_arrives_once_on_its_own_day(
    lite_url: str,
    tmp_path: Path,
    odd: tuple[str, date],
    fault: Fault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also at half past two, an hour that clocks leave out in spring and repeat in autumn."""
    owed, place = owe(lite_url, tmp_path, 6), ZoneInfo(odd[0])
    days = [odd[1] + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    hours = (time_of_day(2, 30), time_of_day(6))
    found = due_at(owed, [instant(day, at, place) for day in days for at in hours])
    world = make_world(owed, instant(days[0], time_of_day(0), place), monkeypatch)
    world.run(3 * 8, every=3 * HOUR)
    world.desk.engine.dispose()

    became = Became(found, world)
    arrived = [at.astimezone(place).date() for each in found for at, _ in became.copies(each)]
    fault(
        "F5 daylight changes, leap day, year's end",
        owed.database,
        owed=len(found),
        struck=1,
        lost=became.lost,
        repeats=became.repeats,
        unexplained=became.repeats,
    )
    assert (became.lost, became.repeats, became.early) == (0, 0, 0)
    assert sorted(arrived) == sorted(days * 2)
    assert world.alarms() == []


@pytest.mark.parametrize("zone", ZONES)
def test_each_day_has_one_moment_of_each_half_hour(zone: str, full_size: bool) -> None:
    """Also where the clocks leave an hour out or repeat one, in the years 2024 to 2030."""
    place = ZoneInfo(zone)
    first = date(2024, 1, 1)
    days = [first + timedelta(days=number) for number in range(2557)]
    if not full_size:
        noon = time_of_day(12)
        hours = [instant(each, noon, place).hour for each in days]
        changes = [day for day, one, two in zip(days, hours, hours[1:], strict=False) if one != two]
        days = [*changes, date(2024, 2, 29), date(2026, 12, 31)]
    for day in days:
        for half in range(48):
            at = time_of_day(half // 2, half % 2 * 30)
            one, after = (instant(each, at, place) for each in (day, day + timedelta(days=1)))
            assert timedelta(hours=22) < after - one < timedelta(hours=26), (day, at)
            there = one.astimezone(place)
            assert there.date() == day, (day, at)

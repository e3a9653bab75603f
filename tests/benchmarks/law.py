"""How fast the law answers, beside a bare table, the obvious loop and a good library.

`python -m tests.benchmarks.law` prints a table of ratios. Every way answers the same questions,
and the answers are compared before anything is timed; ways are timed in turn, several rounds,
and the median of each is shown. Read the ratios: absolute times are this machine's.
"""

from __future__ import annotations

import gc
import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import bizdays
import holidays

from casemgr.domain.clock_events import ClockEvent
from casemgr.law import engine
from casemgr.law.calls import answer_lines
from casemgr.law.reader import the_law

LAW = the_law()
WORKING = LAW.almanac.working
ONE_DAY = timedelta(days=1)
ROUNDS = 7

Pair = tuple[date, int]
Way = Callable[[Sequence[Pair]], list[date]]


def pairs(count: int, spans: Sequence[int]) -> list[Pair]:
    """Random days of 1990 to 2040, each with one of these spans of working days."""
    chance = random.Random(552)
    first = date(1990, 1, 1)
    return [
        (first + timedelta(days=chance.randrange(18_000)), chance.choice(spans))
        for _ in range(count)
    ]


def bare_table() -> Way:
    """The least there can be: two lists made beforehand, and a sum."""
    base = date(1971, 1, 1)
    days, upto, so_far = [], [], 0
    for after in range((date(2061, 1, 1) - base).days):
        day = base + timedelta(days=after)
        if WORKING.closed_for(day) is None:
            days.append(day)
            so_far += 1
        upto.append(so_far)
    first = base.toordinal()

    def one(day: date, n: int) -> date:
        return days[upto[day.toordinal() - first] + n - 1]

    return lambda asked: [one(day, n) for day, n in asked]


def ours(asked: Sequence[Pair]) -> list[date]:
    """The product's calendar, without an explanation."""
    after = WORKING.after
    return [after(day, n) for day, n in asked]


def obvious_loop() -> Way:
    """What anybody would write first: a day at a time, asking the holidays library."""
    closed = holidays.country_holidays("US", years=range(1990, 2061))

    def one(day: date, n: int) -> date:
        while n:
            day += ONE_DAY
            n -= day.weekday() < 5 and day not in closed
        return day

    return lambda asked: [one(day, n) for day, n in asked]


def library() -> Way:
    """bizdays, over the same closed days."""
    closed = [day for day in WORKING.closures if day.year >= 1989]
    calendar = bizdays.Calendar(closed, ["Saturday", "Sunday"], "1989-01-01", "2060-12-31")
    return lambda asked: [calendar.offset(calendar.preceding(day), n) for day, n in asked]


def time_of(work: Callable[[], object]) -> float:
    gc.disable()
    started = time.process_time()
    work()
    spent = time.process_time() - started
    gc.enable()
    return spent


def in_turn(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Time each way in turn, several rounds, and return the median of each in seconds."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            spent[name].append(time_of(work))
    return {name: statistics.median(one) for name, one in spent.items()}


def same_answers(ways: dict[str, Way], asked: Sequence[Pair]) -> None:
    """Stop unless every way gives the same days."""
    answers = {name: way(asked) for name, way in ways.items()}
    first = next(iter(answers.values()))
    for name, given in answers.items():
        if given != first:
            sys.exit(f"{name} gives other days: nothing was timed.")


def row(what: str, nanoseconds: float, ratio: float | None, goal: str = "") -> None:
    shown = f"{ratio:9.2f}" if ratio is not None else "         "
    print(f"{what:48s} {nanoseconds:12.0f} ns {shown}  {goal}")


FAST = ("bare table", "casemgr")


def again(way: Way, asked: Sequence[Pair], times: int) -> Callable[[], object]:
    """The same questions several times over, for ways too quick to time once."""
    return lambda: [way(asked) for _ in range(times)]


def counting() -> float:
    """Compare the bare count at several spans; return the bare table's time at 20 days."""
    base = 0.0
    for label, spans, count in (
        ("1 working day", (1,), 20_000),
        ("20 working days", (20,), 20_000),
        ("a year of working days", (250,), 2_000),
        ("ten years of working days", (2_500,), 400),
    ):
        asked = pairs(count, spans)
        ways = {"bare table": bare_table(), "casemgr": ours, "obvious loop": obvious_loop(),
                "bizdays": library()}  # fmt: skip
        same_answers(ways, asked)
        small = asked[: max(20, count // 50)]
        many = max(1, 20_000 // count)
        fast = in_turn({name: again(ways[name], asked, many) for name in FAST})
        slow = in_turn({name: again(ways[name], small, 1) for name in ways if name not in FAST})
        each = {name: spent / count / many * 1e9 for name, spent in fast.items()}
        each |= {name: spent / len(small) * 1e9 for name, spent in slow.items()}
        limit = each["bare table"]
        print(f"\n{label}")
        goals = {"casemgr": "goal: at most 1.3"}
        for name, spent in each.items():
            row(f"  {name}", spent, spent / limit, goals.get(name, ""))
        faster = each["obvious loop"] / each["casemgr"]
        print(f"  casemgr is {faster:.0f} times the obvious loop")
        base = limit if label.startswith("20 ") else base
    return base


def explained() -> None:
    """A rule's whole answer: text, steps, readings, beside the bare table in the same turns."""
    asked = [day for day, _ in pairs(4_000, (20,))]
    table, counted = bare_table(), [(day, 20) for day in asked]
    bare = table(counted)
    rule, many = "foia.determination", 10
    if [engine.due(LAW, rule, day, law_as_of=date(2010, 1, 1)).due for day in asked] != bare:
        sys.exit("The explained answers differ: nothing was timed.")
    works: dict[str, Callable[[], object]] = {
        "bare table": again(table, counted, many),
        "foia.determination, date only": lambda: [
            engine.due(LAW, rule, day, law_as_of=date(2010, 1, 1)).due for day in asked
        ],
        "foia.determination, with its steps": lambda: [
            engine.due(LAW, rule, day, law_as_of=date(2010, 1, 1)).steps for day in asked
        ],
        "foia.determination, steps and readings": lambda: [
            (one.steps, one.readings)
            for day in asked
            for one in (engine.due(LAW, rule, day, law_as_of=date(2010, 1, 1)),)
        ],
        "frcp.72.objections in nysd, with its steps": lambda: [
            engine.due(LAW, "frcp.72.objections", day, court="nysd", service="mail").steps
            for day in asked
        ],
    }
    print("\nan explained answer")
    each = {name: spent / len(asked) * 1e9 for name, spent in in_turn(works).items()}
    each["bare table"] /= many
    for name, spent in each.items():
        goal = "" if name == "bare table" else "goal: at most 20"
        row(f"  {name}", spent, spent / each["bare table"], goal)


def clocks(limit: float) -> None:
    """A clock of ten events."""
    start = date(2019, 11, 18)
    kinds = (
        ("received_by_designated", 0), ("received", 4), ("expedition_requested", 4),
        ("information_request", 9), ("information_reply_received", 15), ("fee_question", 18),
        ("fee_reply_received", 24), ("extension_notice", 30), ("determination", 90),
        ("appeal_sent", 120),
    )  # fmt: skip
    events = [ClockEvent(kind, start + timedelta(days=after)) for kind, after in kinds]

    def one() -> object:
        return engine.clock(
            LAW, agency="ice", requested_on=start, as_of=date(2020, 6, 1), events=events
        )

    spent = in_turn({"clock": lambda: [one() for _ in range(200)]})["clock"] / 200 * 1e9
    print()
    row("a clock of ten events", spent, spent / limit)


def batch() -> None:
    """One hundred thousand lines through `law batch`."""
    chance, lines = random.Random(6), []
    for number in range(100_000):
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(9_000))
        rule, court = chance.choice((
            ("foia.determination", None), ("frcp.12a1.answer", "nysd"),
            ("frap.4a1b.notice_of_appeal", "dcd"), ("lcr.nysd.6_3.reconsideration", "nysd"),
        ))  # fmt: skip
        call = {"id": number, "do": "due", "rule": rule, "trigger": day.isoformat()}
        lines.append(json.dumps(call | ({"court": court} if court else {})))
    out = io.StringIO()
    spent = time_of(lambda: out.writelines(line + "\n" for line in answer_lines(lines)))
    print(f"\nlaw batch, 100,000 lines: {spent:.1f} s, {out.tell() / 1e6:.0f} MB of explanations")


def main() -> None:
    print(f"{'what':48s} {'each':>15s} {'times bare':>9s}")
    limit = counting()
    explained()
    clocks(limit)
    batch()


if __name__ == "__main__":
    main()

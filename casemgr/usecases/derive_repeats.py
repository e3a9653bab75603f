"""Days that an order lets return: a status report every 60 days after the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.domain.court_dates import again_key, chains, own_key
from casemgr.domain.deadlines import Derived, spread
from casemgr.domain.prose import long_day, with_capital
from casemgr.domain.waiting import period
from casemgr.domain.words import DeadlineKind, PeriodUnit, Side
from casemgr.errors import LawError
from casemgr.usecases.derive_orders import court_date
from casemgr.usecases.derive_waiting import count_period, key
from casemgr.usecases.lawsuit_facts import LawsuitFacts, OrderFacts, WaitingFacts, name
from casemgr.usecases.work import Work

# Two years of a report every 60 days. The number does not depend on the day somebody looks, so
# that no date comes or goes by itself.
KEPT_AHEAD = 12
LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class _Series:
    """The day a series begins with, and how long after it the same is due again and again."""

    of: OrderFacts | WaitingFacts
    key: str
    first: date
    every: int
    unit: PeriodUnit


def returning(work: Work, facts: LawsuitFacts, made: Sequence[Derived]) -> Iterator[Derived]:
    """Yield the days after the first of everything that an order lets return.

    Each is counted from the first, as a period of an order (Fed. R. Civ. P. 6(a)); `made` are the
    dates of the waiting deadlines, from which a series may run.
    """
    for series in (*_of_orders(facts), *_of_waiting(facts, made)):
        try:
            yield from _days(work, facts, series)
        except LawError:
            # Past the years whose holidays are held there is no day to show yet.
            continue


def _of_orders(facts: LawsuitFacts) -> Iterator[_Series]:
    fixed = {each.id: each for each in facts.order_dates}
    for chain in chains(court_date(facts, each) for each in facts.order_dates).values():
        # Of several orders for the same the last that lets it return stands.
        last = next((fixed[one.id] for one in reversed(chain) if fixed[one.id].every), None)
        if last is not None and last.every is not None:
            yield _Series(last, own_key(last.id), last.fixed_for, last.every, last.every_unit)


def _of_waiting(facts: LawsuitFacts, made: Sequence[Derived]) -> Iterator[_Series]:
    days = {each.key: each.due for each in made}
    for each in facts.waiting:
        first = days.get(key(each.id))
        if each.every is not None and first is not None:
            yield _Series(each, key(each.id), first, each.every, each.every_unit)


def _days(work: Work, facts: LawsuitFacts, series: _Series) -> Iterator[Derived]:
    before = series.first
    for number in range(2, KEPT_AHEAD + 1):
        made = _day(work, facts, series, number, before)
        yield made
        before = made.latest or before


def _day(work: Work, facts: LawsuitFacts, series: _Series, number: int, before: date) -> Derived:
    court, of = facts.lawsuit.court_id, series.of
    so_long = series.every * (number - 1)
    due, steps = count_period(work, so_long, series.unit, series.first, court=court)
    chained, _ = count_period(work, series.every, series.unit, before, court=court)
    readings = tuple(_from_the_one_before(due, chained))
    earliest, latest = spread([due, *(date.fromisoformat(one["due"]) for one in readings)])
    return Derived(
        key=again_key(series.key, number),
        title=of.title,
        whose=of.whose,
        kind=DeadlineKind.ORDER,
        rule=None,
        due=due,
        safe=earliest if of.whose is Side.OURS else latest,
        earliest=earliest,
        latest=latest,
        readings=readings,
        steps=(_says(facts, series, number), *steps),
        belongs_to={
            "matter_id": facts.lawsuit.matter_id,
            "lawsuit_id": facts.lawsuit.id,
            "docket_entry_id": of.docket_entry_id,
        },
        counts_from=series.first,
    )


def _from_the_one_before(due: date, chained: date) -> Iterator[Mapping[str, Any]]:
    if chained != due:
        yield {
            "name": "from the day before it",
            "due": chained.isoformat(),
            "why": "Each period may be counted from the day before it, as that day was moved. "
            "The order does not say; nobody should rely on the later day.",
        }


def _says(facts: LawsuitFacts, series: _Series, number: int) -> dict[str, str | None]:
    entry = facts.by_id.get(series.of.docket_entry_id or "")
    said = with_capital(name(entry)) if entry else "The court"
    quoted = f": “{series.of.words[:LONGEST_QUOTE]}”" if series.of.words else ""
    every = period(series.every, series.unit)
    return {
        "on": series.first.isoformat(),
        "says": f"{said} asks for this on {long_day(series.first)} and every {every} after it"
        f"{quoted}. This is number {number}; {KEPT_AHEAD} are kept ahead.",
        "cites": None,
    }

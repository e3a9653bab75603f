"""The check of years: one far from every other, above all where one figure explains it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from casemgr.declarations.date_words import OF_OLD, OWN_DEED, SINCE, is_a_step
from casemgr.declarations.findings import change, found
from casemgr.declarations.given import Dated, Given
from casemgr.declarations.paper import Finding, Paper, Record

_YEARS = 4  # as far as this from every other date of the paper, a day asks for a second look


def year_out_of_range(given: Given) -> Iterator[Finding]:
    """Find a year far from every other, above all where one mistyped figure explains it."""
    paper, against, days = given.paper, given.against, given.dated
    years = [each.seen.first.year for each in days]
    if paper.executed_on is not None:
        years.append(paper.executed_on.year)
    if against is None and years and max(years) - min(years) < _YEARS:
        return
    compared = sorted(_compared(given))
    for each in days:
        day = each.seen.first
        others = _without(compared, day) if _counts(each) else compared
        if not each.seen.exact or not others or _is_quoted(paper, each):
            continue
        near = _nearest(others, day)
        far = abs(near.year - day.year)
        if far < _YEARS or not _is_fact(each):
            continue
        meant = _meant(each, days, others)
        if meant is None and (far < 3 * _YEARS or (far < 40 and day < near and len(others) < 3)):
            continue
        yield _out_of_range(paper, against, each, others[0], meant)


def _compared(given: Given) -> Iterator[date]:
    """Return the days a date is held against: the paper's others, and the matter's first."""
    yield from (each.seen.first for each in given.dated if _counts(each))
    if given.paper.executed_on is not None:
        yield given.paper.executed_on
    if given.against is not None and given.against.first_event_on is not None:
        yield given.against.first_event_on


def _without(days: list[date], day: date) -> list[date]:
    at = bisect_left(days, day)
    if at + 1 < len(days) and days[at + 1] == day:
        return days  # the same day again: it does not stand alone
    return days[:at] + days[at + 1 :]


def _nearest(days: Sequence[date], day: date) -> date:
    at = bisect_left(days, day)
    return min(days[max(0, at - 1) : at + 1] or days[-1:], key=lambda one: abs((one - day).days))


def _counts(each: Dated) -> bool:
    return not OF_OLD.search(each.sentence) or bool(SINCE.search(each.before))


def _is_fact(each: Dated) -> bool:
    near = f"{each.before[-70:]}{each.seen.text}"
    if re.search(r"September\s+11,?\s+2001", near):
        return False
    own = bool(OWN_DEED.search(each.sentence))
    return own or not OF_OLD.search(each.sentence) or is_a_step(each)


def _is_quoted(paper: Paper, each: Dated) -> bool:
    text = paper.paragraphs[each.position].text[: each.seen.start]
    return text.count("“") > text.count("”")


def _meant(this: Dated, days: Sequence[Dated], others: list[date]) -> date | None:
    """Return the day that was meant, if changing one figure of the year puts it in its place."""
    low, high = _place(this, days, others)
    options = []
    for near in _one_figure_off(this.seen.first.year):
        try:
            day = this.seen.first.replace(year=near)
        except ValueError:
            continue
        if low - timedelta(days=370) <= day <= high + timedelta(days=370):
            options.append(day)
    middle = low + (high - low) / 2
    return min(options, key=lambda day: abs((day - middle).days), default=None)


def _place(this: Dated, days: Sequence[Dated], others: list[date]) -> tuple[date, date]:
    """Return between which days the date should lie, going by those told before and after it.

    `days` are in the order of the paper, `others` in that of the calendar.
    """
    at = bisect_left(days, _order(this), key=_order)
    before = days[at - 1].seen.first if at else None
    after = days[at + 1].seen.first if at + 1 < len(days) else None
    low = before if before is not None and _is_among(others, before) else others[0]
    high = after if after is not None and _is_among(others, after) else others[-1]
    return (low, high) if low <= high else (others[0], others[-1])


def _is_among(days: Sequence[date], day: date) -> bool:
    at = bisect_left(days, day)
    return at < len(days) and days[at] == day


def _order(each: Dated) -> tuple[int, int]:
    return each.position, each.seen.start


def _one_figure_off(year: int) -> Iterator[int]:
    said = str(year)
    for at in range(4):
        for figure in "0123456789":
            if figure != said[at]:
                changed = int(said[:at] + figure + said[at + 1 :])
                if 1900 <= changed <= 2100:
                    yield changed
    yield from {int(said[:2] + said[3] + said[2]), year + 100, year - 100} - {year}


def _out_of_range(
    paper: Paper, against: Record | None, this: Dated, first: date, meant: date | None
) -> Finding:
    year = this.seen.first.year
    event = against.first_event_on if against is not None else None
    if event is not None and year < event.year:
        than = f"{event.year - year} years before this matter's first event ({event.year})"
    elif year < first.year:
        than = f"{first.year - year} years before every other date here ({first.year} and later)"
    else:
        than = "far from every other date here"
    ask = f" Did you mean {meant.year}?" if meant is not None else ""
    place = paper.paragraphs[this.position].name
    says = f"In {place}, “{this.seen.text}”: {year} is {than}.{ask}"
    replacement = None
    if meant is not None:
        start = this.seen.start + this.seen.text.rfind(str(year))
        replacement = change(paper, this.position, start, start + 4, str(meant.year))
    return found("year-out-of-range", says, paper, this.position, replacement=replacement)

"""The second counter: slow, plain, and sharing no counting code with the first.

It walks the calendar one day at a time and asks of each day whether it is a holiday, by a test
written out here for that purpose. It takes from the law files only what is written there: how
many days, of what kind, since when. A stored proof is believed when both counters agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from casemgr.domain.counting import CountingRule, CountingText
from casemgr.domain.rules import Rule, Text
from casemgr.law.reader import Law

DAY = timedelta(days=1)


def federal_holiday(day: date) -> bool:
    """Whether 5 U.S.C. 6103(a) sets this very day aside."""
    month, number, monday, year = day.month, day.day, day.weekday() == 0, day.year
    if (month, number) in ((1, 1), (7, 4), (12, 25)):
        return True
    if (month, number) == (6, 19):
        return year >= 2021
    if month == 11 and number == 11:
        return year >= 1978
    if month == 11:
        return day.weekday() == 3 and 22 <= number <= 28
    if month == 10 and year <= 1977 and monday and 22 <= number <= 28:
        return True
    weeks = {1: (15, 21), 2: (15, 21), 5: (25, 31), 9: (1, 7), 10: (8, 14)}
    if month == 1 and year < 1986:
        return False
    return monday and month in weeks and weeks[month][0] <= number <= weeks[month][1]


def kept_on_monday(day: date) -> bool:
    """Whether a fixed federal holiday fell on the Sunday before."""
    return day.weekday() == 0 and _fixed(day - DAY)


def kept_on_friday(day: date) -> bool:
    """Whether a fixed federal holiday falls on the Saturday after."""
    return day.weekday() == 4 and _fixed(day + DAY)


def _fixed(day: date) -> bool:
    fixed = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
    return (day.month, day.day) in fixed and federal_holiday(day)


def state_holiday(state: str, day: date) -> bool:
    """Whether a state we hold keeps this day besides the federal ones."""
    tests = {"NY": _new_york, "DC": _columbia, "MA": _patriots, "ME": _patriots, "CA": _california}
    return state in tests and tests[state](day)


def _new_york(day: date) -> bool:
    lincoln = (day.month, day.day) == (2, 12)
    lincoln_monday = (day.month, day.day, day.weekday()) == (2, 13, 0)
    election = day.month == 11 and day.weekday() == 1 and 2 <= day.day <= 8
    return lincoln or lincoln_monday or election


def _columbia(day: date) -> bool:
    month, number, weekday = day.month, day.day, day.weekday()
    if month == 4 and day.year >= 2007:
        return number == 16 or (number, weekday) in ((15, 4), (17, 0))
    inaugural = month == 1 and day.year % 4 == 1
    return inaugural and (number == 20 or (number, weekday) == (21, 0))


def _patriots(day: date) -> bool:
    return day.month == 4 and day.weekday() == 0 and 15 <= day.day <= 21


_LUNAR = "2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03"


def _california(day: date) -> bool:
    before = day - DAY
    return _california_day(day) or (day.weekday() == 0 and _california_day(before, moving=True))


def _california_day(day: date, *, moving: bool = False) -> bool:
    key, year = (day.month, day.day), day.year
    if key in ((2, 12), (9, 9)) or (key == (3, 31) and year >= 2001):
        return True
    if (key == (4, 24) and year >= 2023) or day.isoformat() in _LUNAR.split():
        return True
    native = day.month == 9 and day.weekday() == 4 and 22 <= day.day <= 28 and year >= 2022
    return native and not moving


def works(day: date) -> bool:
    """Whether an agency works: no weekend, no federal holiday or its observed day."""
    closed = federal_holiday(day) or kept_on_monday(day) or kept_on_friday(day)
    return day.weekday() < 5 and not closed


def sits(day: date, states: Iterable[str], *, forward: bool) -> bool:
    """Whether the day is open for Rule 6(a): states and Fridays close only days counted forward."""
    if day.weekday() > 4 or federal_holiday(day) or kept_on_monday(day):
        return False
    states_close = any(state_holiday(state, day) for state in states)
    return not (forward and (kept_on_friday(day) or states_close))


def recount(law: Law, call: Mapping[str, Any]) -> date | None:
    """Recount the date of a law call (`due` or `clock`) day by day."""
    if call.get("do") == "clock":
        return _clock(law, call)
    rule, trigger = law.rules[call["rule"]], _date(call["trigger"])
    if call.get("trigger_until") and (call.get("whose") or rule.whose) == "theirs":
        trigger = _date(call["trigger_until"])
    return _by_rule(law, rule, trigger, call)


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _by_rule(law: Law, rule: Rule, trigger: date, call: Mapping[str, Any]) -> date:
    prescribed = call.get("requested_on") if rule.chosen_by == "requested_on" else None
    law_on = _date(call.get("law_as_of") or prescribed or trigger)
    if rule.method == "appeal_window":
        return _appeal_window(law, trigger, law_on, call.get("agency"), rule.texts[0])
    text = _in_force(rule.texts, law_on)
    if rule.method == "day_after":
        return trigger + DAY
    if rule.counted_under == "foia":
        return _working(trigger, text.n)
    if rule.counted_under == "plain":
        return trigger + DAY * text.n
    if rule.method == "limitations":
        trigger = _working(trigger, 20)
    return _in_court(law, rule, text, trigger, law_on, call)


def _in_force(texts: Sequence[Text], day: date) -> Text:
    return [text for text in texts if text.since <= day][-1]


def _working(start: date, n: int) -> date:
    day = start
    while n:
        day += DAY
        n -= works(day)
    return day


def _appeal_window(law: Law, start: date, law_on: date, agency: str | None, floor: Text) -> date:
    windows = law.almanac.agencies[agency].windows if agency else ()
    ends = []
    for window in [one for one in windows if one.since <= law_on][-1:]:
        working = window.unit == "working_days"
        ends.append(_working(start, window.n) if working else start + DAY * window.n)
    if law_on >= floor.since:
        ends.append(start + DAY * floor.n)
    return max(ends)


def _in_court(
    law: Law, rule: Rule, text: Text, trigger: date, law_on: date, call: Mapping[str, Any]
) -> date:
    counting = law.counting[rule.counted_under]
    how = [one for one in counting.texts if one.since <= law_on][-1]
    court, forward = call.get("court"), rule.direction == "after"
    states = _states(law, court, rule)
    closed = {_date(day) for day in call.get("closed") or ()}
    closed |= {one.day for one in law.almanac.closures if one.court == court and court}
    n = text.abroad if call.get("abroad") and text.abroad else text.n
    end = _end(trigger, n, text.unit, how, states, forward, closed)
    three = rule.three_days == "added" and _adds_three(counting, call.get("service"), trigger)
    if not three:
        return _open_day(end, states, closed, how, forward=forward)
    if how.three_days == "after_the_move":
        end = _open_day(end, states, closed, how, forward=forward)
    return _open_day(end + DAY * 3, states, closed, how, forward=True)


def _states(law: Law, court: str | None, rule: Rule) -> set[str]:
    if court is None:
        return set()
    own = law.almanac.courts[court]
    circuit = law.almanac.courts[own.circuit] if rule.counted_under == "frap_26" else own
    return {own.state, circuit.state}


def _end(
    start: date,
    n: int,
    unit: str,
    how: CountingText,
    states: set[str],
    forward: bool,
    closed: set[date],
) -> date:
    """Walk to the nth day; old texts walk past closed days in short periods."""
    if unit == "years":
        while n and not _same_day_in(start, start.year + n):
            start -= DAY
        return start.replace(year=start.year + n)
    day, step, short = start, DAY if forward else -DAY, n < how.short_below
    while n:
        day += step
        shut = forward and how.clerk and day in closed  # Latham, 149 F.3d 673
        n -= not short or (sits(day, states, forward=forward) and not shut)
    return day


def _same_day_in(day: date, year: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (day.month, day.day) != (2, 29) or leap


def _adds_three(counting: CountingRule, service: str | None, served_on: date) -> bool:
    texts = [one for one in counting.service if one.since <= served_on]
    return bool(texts) and service in texts[-1].adds_for


def _open_day(
    day: date, states: set[str], closed: set[date], how: CountingText, *, forward: bool
) -> date:
    while not sits(day, states, forward=forward):
        day += DAY if forward else -DAY
    while how.clerk and (day in closed or not sits(day, states, forward=forward)):
        day += DAY  # Rule 6(a)(3) runs on, even where the count ran back
    return day


def _clock(law: Law, call: Mapping[str, Any]) -> date | None:
    """Walk an agency's time day by day with the facts of a clock call."""
    as_of, asked_on = _date(call["as_of"]), _date(call["requested_on"])
    known = [one for one in call["events"] if _date(one["on"]) <= as_of]
    known.sort(key=lambda one: (_date(one["on"]), _last(one)))
    modern = asked_on >= date(2008, 12, 31)
    decided = min(
        (_date(one["on"]) for one in known if one["kind"] == "determination"), default=as_of
    )
    known = [one for one in known if _date(one["on"]) <= decided]
    start = _clock_start(known, modern)
    if start is None:
        return None
    stands = _standing_days(known) if modern else []
    n = _in_force(law.rules["foia.determination"].texts, asked_on).n
    longer = _in_force(law.rules["foia.extension"].texts, asked_on).n
    notices = [_date(one["on"]) for one in known if one["kind"] == "extension_notice"]
    due = _walk(start, n, stands)
    if any(due is None or notice <= due for notice in notices):
        return _walk(start, longer, stands)
    return due


def _last(event: Mapping[str, Any]) -> date:
    return _date(event.get("until_on") or event["on"])


def _clock_start(known: Sequence[Mapping[str, Any]], modern: bool) -> date | None:
    received = [_last(one) for one in known if one["kind"] == "received"][:1]
    routed = [_last(one) for one in known if one["kind"] == "received_by_designated"][:1]
    days = received + ([_working(day, 10) for day in routed] if modern else [])
    return min(days, default=None)


def _standing_days(known: Sequence[Mapping[str, Any]]) -> list[tuple[date, date | None]]:
    """List when the clock may stand: from a question to the first answer on or after it."""
    stands: list[tuple[date, date | None]] = []
    pairs = (
        ("information_request", "information_reply_received"),
        ("fee_question", "fee_reply_received"),
    )
    for question, reply in pairs:
        asked = [_date(one["on"]) for one in known if one["kind"] == question]
        for day in asked[:1] if question == "information_request" else asked:
            ends = [_last(one) for one in known if one["kind"] == reply and _last(one) >= day]
            stands.append((day, ends[0] if ends else None))
    return stands


def _walk(start: date, n: int, stands: Sequence[tuple[date, date | None]]) -> date | None:
    """Count `n` working days after `start`, standing still as long as the agency waits."""
    day = start
    if any(first <= start and last is None for first, last in stands):
        return None
    while n:
        day += DAY
        waiting = [last for first, last in stands if first <= day and (last is None or day <= last)]
        if None in waiting:
            return None
        n -= works(day) and not waiting
    return day

"""Law calls: one line in, one line out. The same functions answer the pages and the commands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casemgr.domain.clock_events import KINDS, OUTCOMES, ClockEvent
from casemgr.domain.counting import (
    SERVICES,
    Service,
    Terms,
    add_days,
    add_hours,
    add_working_days,
    anniversary,
    named,
    subtract_working_days,
    zone_named,
)
from casemgr.domain.elapsed import elapsed
from casemgr.domain.steps import Step
from casemgr.errors import CasemgrError, LawError
from casemgr.law import engine
from casemgr.law.reader import Law, the_law

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?")
TEXT_OF_2009 = date(2009, 12, 1)

Line = Mapping[str, Any]
Out = dict[str, Any]


def answer(line: object) -> Out:
    """Answer one law call; what cannot be answered comes back as a sentence under `error`."""
    return answer_under(the_law(), line)


def answer_under(law: Law, line: object) -> Out:
    """Answer one law call under a given law, such as one with an office's own closures."""
    if not isinstance(line, Mapping):
        return {"id": None, "error": 'A call is a JSON object, as in {"do": "due", …}.'}
    try:
        return {"id": line.get("id"), **_answer(law, line)}
    except CasemgrError as error:
        return {"id": line.get("id"), "error": str(error)}


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each line of JSON with a line of JSON, in order; empty lines are left out."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer_text(line), ensure_ascii=False, separators=(",", ":"))


def _answer_text(line: str) -> Out:
    try:
        call = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"This line is not JSON ({error}). Write one object a line."}
    return answer(call)


def _answer(law: Law, line: Line) -> Out:
    do = line.get("do")
    if not isinstance(do, str) or do not in _CALLS:
        raise LawError(f"There is no call {do!r}: `do` is one of {', '.join(_CALLS)}.")
    call = _CALLS[do]
    for key in line:
        if key not in call.keys and key not in ("id", "do"):
            raise LawError(f"`do: {do}` has no key {key!r}. It has: {', '.join(call.keys)}.")
    return call.answer(law, line)


# How each kind of value is read ---------------------------------------------------------------


def day(line: Line, key: str) -> date | None:
    """Read a date written as 2010-02-03, or None where the key is missing."""
    return None if line.get(key) is None else _day(line[key], key)


def needed_day(line: Line, key: str) -> date:
    """Read a date that must be there."""
    found = day(line, key)
    if found is None:
        raise LawError(f"The key {key!r} is missing: write a date, as in 2010-02-03.")
    return found


def _day(value: Any, key: str) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise LawError(f"{key!r} is {value!r}, which is no day of any calendar.") from error
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        raise LawError(f"{key!r} is {value!r}: a day is wanted here, without the hour.")
    raise LawError(f"{key!r} is {value!r}: write a date, as in 2010-02-03.")


def _local(line: Line, key: str) -> datetime:
    value = line.get(key)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError as error:
            raise LawError(f"{key!r} is {value!r}, which is no day or hour.") from error
    raise LawError(f"{key!r} is {value!r}: hours need a day and an hour, as in 2007-11-02T10:23.")


def days(line: Line, key: str) -> frozenset[date]:
    """Read a list of dates; nothing is an empty one."""
    value = line.get(key)
    if value is None:
        return frozenset()
    if not isinstance(value, list):
        raise LawError(f'{key!r} wants a list of dates, as in ["2015-02-17"].')
    return frozenset(_day(one, key) for one in value)


def word(line: Line, key: str, known: Iterable[str] | None = None) -> str | None:
    """Read a word, one of `known` where that is given, or None where the key is missing."""
    value = line.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or (known is not None and value not in known):
        of = f" one of {', '.join(known)}" if known is not None else " a word"
        raise LawError(f"{key!r} is {value!r}; it is{of}.")
    return value


def truth(line: Line, key: str) -> bool:
    """Read true or false; nothing is false."""
    value = line.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise LawError(f"{key!r} is {value!r}; write true or false.")


def number(line: Line, key: str) -> int:
    """Read a whole number, zero or more."""
    value = line.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise LawError(f"{key!r} is {value!r}; write a whole number, 0 or more.")


# due ------------------------------------------------------------------------------------------


def _due(law: Law, line: Line) -> Out:
    rule = word(line, "rule")
    if rule is None:
        raise LawError("The key 'rule' is missing: name a rule, as in foia.determination.")
    return engine.due(
        law,
        rule,
        needed_day(line, "trigger"),
        trigger_until=day(line, "trigger_until"),
        court=word(line, "court"),
        agency=word(line, "agency"),
        service=word(line, "service", SERVICES),
        law_as_of=day(line, "law_as_of"),
        closed=days(line, "closed"),
        whose=word(line, "whose", engine.SIDES),
        abroad=truth(line, "abroad"),
        requested_on=day(line, "requested_on"),
    ).as_dict()


# count ----------------------------------------------------------------------------------------

_PERIOD_KEYS = ("from", "n", "unit", "direction", "roll", "zone")
_UNITS = ("working_days", "days", "hours", "months", "years")


def _count(law: Law, line: Line) -> Out:
    if line.get("fixed") is not None:
        return _fixed(law, line)
    unit, direction = _unit(line), _direction(line)
    terms, steps = _terms(law, line), list[Step]()
    if unit == "hours":
        return _hours(law, line, terms, steps)
    start, n = needed_day(line, "from"), number(line, "n")
    due_on = _counted(law, start, n, unit, direction, terms, steps)
    return {"due": due_on.isoformat(), "steps": [step.as_dict() for step in steps]}


def _fixed(law: Law, line: Line) -> Out:
    """A date a court set: Rule 6(a) does not apply, and nothing moves it."""
    for key in _PERIOD_KEYS:
        if line.get(key) is not None:
            raise LawError(f"A fixed date stands alone: leave out {key!r}, or leave out 'fixed'.")
    law.court(word(line, "court"))
    value = line["fixed"]
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        on, shown = _local(line, "fixed").date(), value
    else:
        on = needed_day(line, "fixed")
        shown = on.isoformat()
    says = f"{named(on)} was set by the court; a fixed date is never moved."
    step = Step(on, says, "Fed. R. Civ. P. 6(a), committee note of 2009")
    return {"due": shown, "steps": [step.as_dict()]}


def _unit(line: Line) -> str:
    unit = word(line, "unit", _UNITS)
    if unit is None:
        raise LawError(f"The key 'unit' is missing: one of {', '.join(_UNITS)}.")
    return unit


def _direction(line: Line) -> Any:
    return word(line, "direction", ("after", "before")) or "after"


def _terms(law: Law, line: Line) -> Terms:
    """Say how a court counts: as Rule 6 said on `law_as_of`, or in the text of 2009."""
    court, service = law.court(word(line, "court")), _service(line)
    rule = law.counting["frcp_6"]
    served_on = str(line.get("from", ""))[:10]
    adds = bool(service) and rule.adds_three_days(service, _day(served_on, "from"))
    recorded = law.almanac.clerk_closed(court.id) if court else frozenset()
    return Terms(
        rule=rule,
        text=rule.text_on(day(line, "law_as_of") or TEXT_OF_2009),
        forward=law.almanac.court_days((court.state,) if court else ()),
        backward=law.almanac.court_days(fridays=False),
        closed=days(line, "closed") | recorded,
        service=service,
        adds_three=adds,
        roll=word(line, "roll", ("none",)) is None,
    )


def _service(line: Line) -> Service | None:
    service = word(line, "service", SERVICES)
    return next((one for one in SERVICES if one == service), None)


def _counted(
    law: Law, start: date, n: int, unit: str, direction: Any, terms: Terms, steps: list[Step]
) -> date:
    if unit == "working_days":
        count = add_working_days if direction == "after" else subtract_working_days
        return count(start, n, law.almanac.working, steps)
    if unit == "days":
        return add_days(start, n, terms, direction, steps)
    return anniversary(
        start, n, terms, direction, steps, unit="months" if unit == "months" else "years"
    )


def _hours(law: Law, line: Line, terms: Terms, steps: list[Step]) -> Out:
    court = law.court(word(line, "court"))
    zone = word(line, "zone") or (court.zone if court else None)
    if zone is None:
        raise LawError(
            "Hours need a 'zone', as in America/New_York, or a 'court', whose zone counts."
        )
    start, n = _local(line, "from"), number(line, "n")
    try:
        end = add_hours(start, n, zone_named(zone), terms, _direction(line), steps)
    except OverflowError as error:
        raise LawError(f"{n} hours end outside every calendar. Use a smaller number.") from error
    shown = end.isoformat(timespec="minutes")
    return {"due": shown, "steps": [step.as_dict() for step in steps]}


# chain ----------------------------------------------------------------------------------------

_CHAIN_UNITS = ("working_days", "days", "months", "years")


def _chain(law: Law, line: Line) -> Out:
    """One period after the other, each from the end of the one before, moved or not as it says."""
    on, links = needed_day(line, "from"), line.get("steps")
    if not isinstance(links, list) or not links:
        raise LawError('\'steps\' wants a list of periods, as in [{"n": 60, "unit": "days"}].')
    steps: list[Step] = []
    for link in links:
        on = _link(law, line, link, on, steps)
    return {"due": on.isoformat(), "steps": [step.as_dict() for step in steps]}


def _link(law: Law, line: Line, link: Any, on: date, steps: list[Step]) -> date:
    if not isinstance(link, Mapping):
        raise LawError('Each of \'steps\' is an object, as in {"n": 60, "unit": "days"}.')
    for key in link:
        if key not in ("n", "unit", "roll"):
            raise LawError(f"A period of a chain has no key {key!r}. It has: n, unit, roll.")
    unit = word(link, "unit", _CHAIN_UNITS)
    if unit is None:
        raise LawError(f"Each of 'steps' needs a 'unit': one of {', '.join(_CHAIN_UNITS)}.")
    terms = _terms(law, {**line, "from": on.isoformat(), "roll": link.get("roll")})
    return _counted(law, on, number(link, "n"), unit, "after", terms, steps)


# elapsed --------------------------------------------------------------------------------------


def _elapsed(law: Law, line: Line) -> Out:
    if word(line, "unit", ("working_days",)) is None:
        raise LawError("The key 'unit' is missing: elapsed counts working_days.")
    stated = number(line, "stated") if line.get("stated") is not None else None
    found = elapsed(law.almanac, needed_day(line, "from"), needed_day(line, "to"), stated)
    out: Out = {"n": found.n, "conventions": dict(found.conventions)}
    if stated is not None:
        out["explained_by"] = found.explained_by
    return {**out, "steps": [step.as_dict() for step in found.steps]}


# clock ----------------------------------------------------------------------------------------

_EVENT_KEYS = ("id", "kind", "on", "until_on", "outcome", "adverse", "until")


def _clock(law: Law, line: Line) -> Out:
    events = line.get("events")
    if not isinstance(events, list):
        raise LawError('\'events\' wants a list, as in [{"kind": "received", "on": "2010-02-03"}].')
    return engine.clock(
        law,
        agency=word(line, "agency"),
        requested_on=needed_day(line, "requested_on"),
        as_of=needed_day(line, "as_of"),
        events=[read_event(one) for one in events],
    ).as_dict()


def read_event(entry: Any) -> ClockEvent:
    """Read one event of a clock; an unknown key or kind is refused."""
    if not isinstance(entry, Mapping):
        raise LawError("Each of 'events' is an object with 'kind' and 'on'.")
    for key in entry:
        if key not in _EVENT_KEYS:
            raise LawError(f"An event has no key {key!r}. It has: {', '.join(_EVENT_KEYS)}.")
    kind = word(entry, "kind", KINDS)
    if kind is None:
        raise LawError(f"An event needs a 'kind': one of {', '.join(KINDS)}.")
    return ClockEvent(
        kind=kind,
        on=needed_day(entry, "on"),
        until_on=day(entry, "until_on"),
        outcome=word(entry, "outcome", OUTCOMES),
        adverse=None if entry.get("adverse") is None else truth(entry, "adverse"),
        until=day(entry, "until"),
        id=_event_id(entry.get("id")),
    )


def _event_id(value: Any) -> str | int | None:
    if value is None or isinstance(value, str | int):
        return value
    raise LawError(f"An event's 'id' is {value!r}; write a word or a number.")


@dataclass(frozen=True, slots=True)
class _Call:
    answer: Callable[[Law, Line], Out]
    keys: tuple[str, ...]


_COUNT_KEYS = ("from", "n", "unit", "direction", "roll", "service", "court", "law_as_of")
_DUE_KEYS = ("rule", "trigger", "trigger_until", "court", "agency", "service", "law_as_of")
_CALLS: Mapping[str, _Call] = {
    "due": _Call(_due, (*_DUE_KEYS, "closed", "whose", "abroad", "requested_on")),
    "count": _Call(_count, (*_COUNT_KEYS, "closed", "zone", "fixed")),
    "chain": _Call(_chain, ("from", "steps", "court", "law_as_of", "closed")),
    "clock": _Call(_clock, ("agency", "requested_on", "as_of", "events")),
    "elapsed": _Call(_elapsed, ("from", "to", "unit", "stated")),
}

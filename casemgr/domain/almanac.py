"""Everything the law engine knows of days and places: holidays, closings, courts, agencies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from casemgr.domain.calendars import Calendar
from casemgr.domain.holidays import Statute

ClosureKind = Literal["executive_order", "inauguration", "weather", "lapse", "office"]

# How a closure is called in a reading and in a convention.
CLOSURE_WORDS: Mapping[ClosureKind, str] = {
    "executive_order": "days closed by executive order",
    "inauguration": "Inauguration Day",
    "weather": "snow and storm closures",
    "lapse": "days of a lapse in appropriations",
    "office": "the agency's own closures entered by this office",
}


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which offices were closed although no statute makes it a holiday.

    `court` limits it to one court's clerk (the office was inaccessible), `agency` to one agency.
    """

    day: date
    kind: ClosureKind
    why: str
    source: str
    status: Literal["verified", "unverified"] = "verified"
    court: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Court:
    """A federal court: the state whose holidays it keeps, its time zone, its circuit."""

    id: str
    name: str
    state: str
    zone: str
    circuit: str


@dataclass(frozen=True, slots=True)
class Window:
    """One agency's regulation on administrative appeals, for requests made since `since`.

    `n` of `unit` from the date of the determination; `counts_by` says whether the appeal must be
    sent or received by then; `until_hour` is the regulation's cut-off on the last day.
    """

    since: date
    n: int
    unit: Literal["working_days", "days"]
    counts_by: Literal["sent", "received"]
    cites: str
    authority: str
    until_hour: str | None = None
    status: Literal["verified", "unverified"] = "verified"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency or component: whose regulation it follows and how it is known to count.

    `receipt_day` is `counted` where the agency counts the day of receipt as day one,
    `not_counted` where it counts as the law does, None where we do not know. `question_rule` and
    `fee_rule` name the rules for our answers to its letters, None where its text is not held.
    """

    id: str
    name: str
    parent: str | None = None
    receipt_day: Literal["counted", "not_counted"] | None = None
    receipt_day_source: str | None = None
    windows: tuple[Window, ...] = ()
    question_rule: str | None = None
    fee_rule: str | None = None


@dataclass(frozen=True)
class Almanac:
    """Calendars for agencies and courts, each built once and then kept.

    `federal` is 5 U.S.C. 6103; `states` maps a state's postal code to its statute.
    """

    federal: Statute
    states: Mapping[str, Statute]
    closures: Sequence[Closure]
    courts: Mapping[str, Court]
    agencies: Mapping[str, Agency]
    _kept: dict[object, Calendar] = field(default_factory=dict, init=False, repr=False)
    _closed: dict[object, list[date]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def working(self) -> Calendar:
        """An agency's working days: weekends, the days of 6103(a) and their observed days out."""
        return self.working_without(frozenset())

    @cached_property
    def _closings(self) -> list[date]:
        return sorted(closure.day for closure in self.closures)

    def working_without(self, kinds: frozenset[ClosureKind], agency: str | None = None) -> Calendar:
        """Return an agency's working days with these kinds of closures left out as well."""
        key = ("working", kinds, agency if "office" in kinds else None)
        if key not in self._kept:
            self._kept[key] = self._calendar("federal", self._legal(), self._of(kinds, agency))
        return self._kept[key]

    def court_days(
        self, states: tuple[str, ...] = (), *, fridays: bool = True, presidents: bool = False
    ) -> Calendar:
        """Return a court's open days: 6103(a) days and the Mondays after a Sunday holiday closed.

        `states` adds the holidays of states we hold; `fridays` the Friday before a Saturday
        holiday; `presidents` the days on which the President closed the executive branch.
        """
        key = ("court", states, fridays, presidents)
        if key not in self._kept:
            added = [self.federal.fridays] if fridays else []
            for state in states:
                if statute := self.states.get(state):
                    added += [statute.days, statute.mondays, statute.fridays]
            if presidents:
                added.append(self._of(frozenset({"executive_order"}), None))
            self._kept[key] = self._calendar(
                "court", [self.federal.days, self.federal.mondays], *added
            )
        return self._kept[key]

    def and_closures(self, added: tuple[Closure, ...]) -> Almanac:
        """Return the almanac with more closures, keeping every calendar they cannot change."""
        more = replace(self, closures=(*self.closures, *added))
        if all(closure.kind == "office" for closure in added):
            kept = {key: days for key, days in self._kept.items() if "office" not in str(key)}
            more._kept.update(kept)
        return more

    def closed_between(
        self, kind: ClosureKind, start: date, end: date, agency: str | None = None
    ) -> list[date]:
        """List the days from `start` to `end`, both included, of one kind of closure."""
        key = (kind, agency if kind == "office" else None)
        if key not in self._closed:
            self._closed[key] = sorted(self._of(frozenset({kind}), agency))
        days = self._closed[key]
        return days[bisect_left(days, start) : bisect_right(days, end)]

    def any_closed_between(self, start: date, end: date) -> bool:
        """Say whether any closure at all fell from `start` to `end`, both included."""
        place = bisect_left(self._closings, start)
        return place < len(self._closings) and self._closings[place] <= end

    def clerk_closed(self, court: str) -> frozenset[date]:
        """Return the days on which the office has recorded this court's clerk as inaccessible."""
        return self._clerks.get(court, frozenset())

    @cached_property
    def _clerks(self) -> Mapping[str, frozenset[date]]:
        days: dict[str, set[date]] = {}
        for closure in self.closures:
            if closure.court is not None:
                days.setdefault(closure.court, set()).add(closure.day)
        return {court: frozenset(found) for court, found in days.items()}

    def _legal(self) -> list[Mapping[date, str]]:
        return [self.federal.days, self.federal.mondays, self.federal.fridays]

    def _of(self, kinds: frozenset[ClosureKind], agency: str | None) -> Mapping[date, str]:
        return {
            closure.day: closure.why
            for closure in self.closures
            if closure.kind in kinds and closure.court is None and closure.agency in (None, agency)
        }

    def _calendar(
        self, name: str, first: Sequence[Mapping[date, str]], *more: Mapping[date, str]
    ) -> Calendar:
        closures: dict[date, str] = {}
        for days in [*first, *more]:
            for day, why in days.items():
                closures.setdefault(day, why)
        return Calendar(name, self.federal.first, self.federal.last, closures)


def each_day(start: date, end: date) -> list[date]:
    """List the days from `start` to `end`, both included."""
    return [start + timedelta(days=i) for i in range((end - start).days + 1)]

"""A question to a rule before it has a day: what bears on it is looked up once for all days.

Most questions differ in their day alone. So a `Plan` keeps, for every span of days in which the
same texts are in force, one `Course`; asking for a day finds its span and counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casemgr.domain.almanac import Agency, Almanac, Court, Window
from casemgr.domain.calendars import Calendar
from casemgr.domain.counting import CountingRule, Service, Terms, so_many
from casemgr.domain.rules import Rule, Text
from casemgr.domain.steps import Reading, Step
from casemgr.errors import CalendarNotKnown


@dataclass(frozen=True, slots=True)
class Footing:
    """What an answer stands on: since when, by which clause, and what nobody has verified."""

    text_since: date
    cites: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """A way of counting: the last day, the other readings, the footing, and the careful day.

    `count` writes its steps into the list it is given; without one it only counts. `careful` is
    for rules that name a careful day of their own.
    """

    count: Callable[[Ask, list[Step] | None], date]
    readings: Callable[[Ask, date], list[Reading]]
    footing: Callable[[Ask], Footing]
    careful: Callable[[Ask, date], date] | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What one text of a rule comes to under a plan.

    `n` is the length of the period (longer, in some texts, for a defendant abroad); `begins` the
    words an explanation begins with, up to the day whose law governs, and `says` the whole
    sentence where that day is the plan's; `terms` how the court counts, None where no court does.
    """

    text: Text
    n: int
    begins: str
    says: str | None
    terms: Terms | None


@dataclass(slots=True)
class Ask:
    """One question to a rule: the plan, the trigger, the day whose law governs, its text."""

    plan: Plan
    course: Course
    trigger: date
    law_on: date

    @property
    def text(self) -> Text:
        """The wording that governs."""
        return self.course.text

    @property
    def n(self) -> int:
        """The length of the period."""
        return self.course.n

    def again(self, trigger: date, text: Text | None = None, law_on: date | None = None) -> Ask:
        """Return the same question from another day, or under another text."""
        text, law_on = text or self.text, law_on or self.law_on
        return Ask(self.plan, self.plan.course(text, trigger, law_on), trigger, law_on)


@dataclass(frozen=True, slots=True)
class Plan:
    """A question to a rule without its trigger: everything that bears on it, looked up once."""

    rule: Rule
    method: Method
    almanac: Almanac
    whose: str
    counting: CountingRule | None = None
    court: Court | None = None
    agency: Agency | None = None
    service: Service | None = None
    closed: frozenset[date] = frozenset()
    abroad: bool = False
    requested_on: date | None = None
    law_as_of: date | None = None
    # An agency's open days, the years for which holidays are held, and the day whose law governs
    # (None: the trigger's).
    working: Calendar = field(init=False, repr=False, compare=False)
    first: int = field(init=False, compare=False)
    last: int = field(init=False, compare=False)
    law_on: date | None = field(init=False, compare=False)
    # The days on which a trigger meets another text, and the course of each span between them.
    _turns: list[date] = field(init=False, repr=False, compare=False)
    _courses: list[Course | None] = field(init=False, repr=False, compare=False)
    _terms: dict[tuple[date, bool], Terms] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        asked = self.requested_on if self.rule.chosen_by == "requested_on" else None
        law_on, turns = self.law_as_of or asked, set[date]()
        if law_on is None:
            turns |= {text.since for text in self.rule.texts}
            turns |= {text.since for text in self.counting.texts} if self.counting else set()
        if self.counting and self.service:
            turns |= {text.since for text in self.counting.service}
        self._keep("working", self.almanac.working)
        self._keep("first", self.almanac.federal.first)
        self._keep("last", self.almanac.federal.last)
        self._keep("law_on", law_on)
        self._keep("_turns", sorted(turns))
        self._keep("_courses", [None] * (len(turns) + 1))

    def _keep(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    @property
    def windows(self) -> tuple[Window, ...]:
        """The agency's regulations on appeals, oldest first."""
        return self.agency.windows if self.agency else ()

    @property
    def states(self) -> tuple[str, ...]:
        """The states whose holidays may count: the district's, and on appeal the circuit's."""
        if self.court is None:
            return ()
        if self.rule.counted_under == "frap_26":
            circuit = self.almanac.courts[self.court.circuit]
            return tuple(dict.fromkeys((self.court.state, circuit.state)))
        return (self.court.state,)

    def ask(self, trigger: date) -> Ask:
        """Ask for one trigger, under the text of the day the rule prescribes."""
        return Ask(self, self.course_on(trigger), trigger, self.law_on or trigger)

    def course_on(self, trigger: date) -> Course:
        """Return the course of the span of days in which the trigger lies."""
        if not self.first <= trigger.year <= self.last:
            raise CalendarNotKnown("federal", trigger.year, self.first, self.last)
        span = bisect_right(self._turns, trigger)
        course = self._courses[span]
        if course is None:
            law_on = self.law_on or trigger
            course = self._courses[span] = self.course(self._text_on(law_on), trigger, law_on)
        return course

    def _text_on(self, law_on: date) -> Text:
        # A regulation may be older than the statute's floor.
        floor = self.rule.method == "appeal_window"
        return self.rule.text_on(max(law_on, self.rule.since) if floor else law_on)

    def course(self, text: Text, trigger: date, law_on: date) -> Course:
        """Say what a text comes to for a trigger under the law of a day."""
        n = text.abroad if self.abroad and text.abroad else text.n
        terms = self._terms_on(self.counting, trigger, law_on) if self.counting else None
        begins = self._begins(text, n)
        says = f"{begins}{law_on.isoformat()}." if self.law_on == law_on else None
        return Course(text, n, begins, says, terms)

    def _begins(self, text: Text, n: int) -> str:
        period = f"{so_many(n, text.unit)} {self.rule.direction} {self.rule.after}"
        if self.rule.method == "appeal_window":
            period = f"from {self.rule.after}"
        return f"{self.rule.title}: {period}, by the text in force on "

    def _terms_on(self, counting: CountingRule, trigger: date, law_on: date) -> Terms:
        """Say how the court counts: text of the day, open days, service, closed clerk."""
        text, added = counting.text_on(law_on), self.rule.three_days == "added"
        three = added and counting.adds_three_days(self.service, trigger)
        terms = self._terms.get((text.since, three))
        if terms is None:
            terms = self._terms[text.since, three] = Terms(
                rule=counting,
                text=text,
                forward=self.almanac.court_days(self.states),
                backward=self.almanac.court_days(fridays=False),
                closed=self.closed,
                service=self.service,
                adds_three=three,
            )
        return terms

"""One date of a docket beside ours, and how the two stand to each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from casemgr.domain.docket_days import StatedDate, StatedKind
from casemgr.domain.prose import with_capital
from casemgr.domain.waiting import period, side_named, unit_named
from casemgr.domain.words import DeadlineState, PeriodUnit, Side
from casemgr.usecases import lawsuit_facts
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.lawsuit_rows import Entry, Hearing
from casemgr.usecases.views.lawsuits import LawsuitPage

# A date on the docket with its entry, in the order of the docket.
Stated = tuple[Entry, StatedDate]


class Verdict(StrEnum):
    """How a date of the docket stands to ours."""

    AGREE = "agree"
    DIFFER = "differ"
    ONLY_THEIRS = "only theirs"
    ONLY_OURS = "only ours"
    MOVED = "moved"  # a later entry set another day
    AGAIN = "said again"  # an earlier entry set this day already


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One date, on the docket, with us or both.

    `counted` is what the rule gives, where one applies; `why` is one or two sentences for a person.
    """

    verdict: Verdict
    why: str
    entry: Entry | None = None
    stated: StatedDate | None = None
    ours: Shown | None = None
    hearing: Hearing | None = None
    rule: str = ""
    counted: date | None = None

    @property
    def entry_name(self) -> str:
        """Return what the entry is called: `Dkt. 29`."""
        return lawsuit_facts.name(self.entry) if self.entry else ""

    @property
    def title(self) -> str:
        """Return what is due, as a deadline's title would begin."""
        what = self.stated.what if self.stated else ""
        return with_capital(what)[:300]

    @property
    def whose(self) -> Side:
        """Return whose duty it seems to be: theirs where the words say so; an answer is theirs."""
        if self.stated is None:
            return Side.OURS
        said = side_named(self.stated.who)
        answers = re.match(r"(?i)answer\b", self.stated.what) is not None
        return said or (Side.THEIRS if answers else Side.OURS)

    @property
    def every_unit(self) -> PeriodUnit:
        """Return the unit in which the docket says how soon the same is due again."""
        return unit_named(self.stated.every_unit if self.stated else "")

    @property
    def again(self) -> str:
        """Return how soon the same is due again: `and every 60 days after it`, or ""."""
        if self.stated is None or not self.stated.every:
            return ""
        return f"and every {period(self.stated.every, self.every_unit)} after it"

    @property
    def can_be_recorded(self) -> bool:
        """Say whether it is a day the court fixed that is not with us yet."""
        return self.verdict is Verdict.ONLY_THEIRS and self.stated is not None and not self.rule


def is_open(shown: Shown) -> bool:
    """Say whether a deadline still waits: what a later day of a story ends is open till then."""
    return shown.state is not DeadlineState.DONE


def place(entry: Entry) -> tuple[date, int, str]:
    """Return where an entry stands in its docket."""
    return entry.filed_on, entry.number or 0, entry.id


@dataclass(frozen=True)
class Beside:
    """A lawsuit with every day its docket names, each found by what it is for, entry and day.

    A docket of thousands names thousands of days: each is looked up, and not sought among all.
    """

    page: LawsuitPage
    every: Sequence[Stated]

    def due_on(self, on: date) -> Sequence[Shown]:
        """Return our dates of a day."""
        return self._due.get(on, ())

    def of_the_same(self, each: StatedDate) -> Sequence[Stated]:
        """Return the days that the docket names for the same, in the order of the docket."""
        return self._same.get((each.kind, family(each.what)), ())

    def of_entry(self, entry_id: str) -> Sequence[Stated]:
        """Return the days that one entry names."""
        return self._of_entry.get(entry_id, ())

    def of_day(self, kind: StatedKind, on: date) -> Sequence[Stated]:
        """Return what the docket names of one kind and day."""
        return self._of_day.get((kind, on), ())

    @cached_property
    def _due(self) -> Mapping[date | None, Sequence[Shown]]:
        found: defaultdict[date | None, list[Shown]] = defaultdict(list)
        for each in self.page.deadlines:
            found[each.line.due].append(each)
        return found

    @cached_property
    def _same(self) -> Mapping[tuple[StatedKind, str], Sequence[Stated]]:
        found: defaultdict[tuple[StatedKind, str], list[Stated]] = defaultdict(list)
        for entry, each in self.every:
            found[each.kind, family(each.what)].append((entry, each))
        return found

    @cached_property
    def _of_entry(self) -> Mapping[str, Sequence[Stated]]:
        found: defaultdict[str, list[Stated]] = defaultdict(list)
        for entry, each in self.every:
            found[entry.id].append((entry, each))
        return found

    @cached_property
    def _of_day(self) -> Mapping[tuple[StatedKind, date], Sequence[Stated]]:
        found: defaultdict[tuple[StatedKind, date], list[Stated]] = defaultdict(list)
        for entry, each in self.every:
            found[each.kind, each.on].append((entry, each))
        return found


_FAMILIES = (
    (re.compile(r"(?i)^(?:the )?answer\b|\bto answer\b"), "answer"),
    (re.compile(r"(?i)\b(?:response|oppos)"), "response"),
    (re.compile(r"(?i)\brepl(?:y|ies)"), "reply"),
    (re.compile(r"(?i)\bexpert"), "expert discovery"),
    (re.compile(r"(?i)\bfact discovery"), "fact discovery"),
    (re.compile(r"(?i)\b(?:joint|status) (?:status )?(?:letter|report)"), "joint letter"),
    (re.compile(r"(?i)\btrial\b"), "trial"),
    (re.compile(r"(?i)\bpre-?trial conference|initial conference"), "pretrial conference"),
    (re.compile(r"(?i)\bmediation conference"), "mediation conference"),
    (re.compile(r"(?i)\bstatus conference"), "status conference"),
    (re.compile(r"(?i)\bhearing"), "hearing"),
)


@lru_cache(maxsize=4096)
def family(what: str) -> str:
    """Return what a date is for, in one word for all the ways it is said."""
    found = next((name for pattern, name in _FAMILIES if pattern.search(what)), None)
    return found or what.casefold()

"""The clerk's dates beside ours: where they agree, where they do not and why, what one side lacks.

A date on a docket is evidence and no law. Each is recounted here by the rule it should follow from;
where the clerk counted otherwise, the likely cause is named, and the person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casemgr.domain.clerk_dates import stated_dates
from casemgr.domain.docket_days import Speaker, StatedDate, StatedKind
from casemgr.domain.prose import long_day
from casemgr.domain.words import DeadlineKind
from casemgr.usecases.views import court_dates, lawsuits, waiting
from casemgr.usecases.views.compared import Beside, Compared, Verdict, is_open, place
from casemgr.usecases.views.compared_by_order import by_the_court, lifted, meeting
from casemgr.usecases.views.compared_by_rule import by_rule, rule_of
from casemgr.usecases.views.deadlines import Line
from casemgr.usecases.views.lawsuit_rows import Entry
from casemgr.usecases.views.lawsuits import LawsuitPage
from casemgr.usecases.views.waiting import WaitingPage
from casemgr.usecases.work import Work


@dataclass(frozen=True)
class Reconciliation:
    """A lawsuit with every date of its docket beside ours."""

    page: LawsuitPage
    dates: tuple[Compared, ...]
    waiting: WaitingPage

    @cached_property
    def _open(self) -> list[Line]:
        return [each.line for each in self.page.deadlines if is_open(each)]

    @cached_property
    def changeable(self) -> list[tuple[str, str]]:
        """Return the open deadlines that a day of the court may change: key and title."""
        return [
            (each.key, f"{each.title}, {long_day(each.due) if each.due else 'no day yet'}")
            for each in self._open
        ]

    def may_change(self, each: Compared) -> str:
        """Return the key of the deadline that a day on the docket seems to change, or ""."""
        if each.stated is None:
            return ""
        return court_dates.may_change(each.title, each.stated.on, self._open)

    def of(self, verdict: Verdict) -> list[Compared]:
        """Return the dates of one verdict, in the order of the docket."""
        return [each for each in self.dates if each.verdict is verdict]


def look(work: Work, lawsuit_id: str) -> Reconciliation:
    """Compare every date the docket of a lawsuit states with the dates on file."""
    page = lawsuits.look(work, lawsuit_id)
    texts = {each.docket_entry_id: each.says for each in page.reads}  # the newest comes last
    stated = [
        (entry, each)
        for entry in sorted(page.entries, key=place)
        for each in _once(stated_dates(texts.get(entry.id, entry.says)))
    ]
    beside = Beside(page, stated)
    found = [_compared(work, beside, entry, each) for entry, each in stated]
    compared = (*found, *_only_ours(page, found))
    return Reconciliation(page, compared, waiting.look(work, page))


def _once(found: Sequence[StatedDate]) -> Iterator[StatedDate]:
    """Return the dates of one entry: what the clerk added repeats what the order says."""
    clerk = {(each.on, each.kind) for each in found if each.speaker is Speaker.CLERK}
    returns = {(each.on, each.kind): each for each in found if each.every}
    for each in found:
        said = returns.get((each.on, each.kind))
        if each.speaker is Speaker.CLERK and said is not None:
            # The clerk's formula has no room for what returns: the order's own words say it.
            yield replace(each, every=said.every, every_unit=said.every_unit, words=said.words)
        elif each.speaker is Speaker.CLERK or (each.on, each.kind) not in clerk:
            yield each


def _compared(work: Work, beside: Beside, entry: Entry, each: StatedDate) -> Compared:
    if each.kind is StatedKind.LIFTED:
        return lifted(beside, entry, each)
    if each.kind is not StatedKind.DUE:
        return meeting(beside, entry, each)
    rule = rule_of(beside, entry, each)
    if rule is not None:
        return by_rule(work, beside, entry, each, *rule)
    return by_the_court(beside, entry, each)


_COUNTED = "No entry of the docket names this day. Ours has its proof."
_THE_COURT_S = "The court fixed it, as we have it; the text of no entry names the day."


def _only_ours(page: LawsuitPage, found: Sequence[Compared]) -> Iterator[Compared]:
    named = {each.ours.line.id for each in found if each.ours is not None}
    days = {each.stated.on for each in found if each.stated is not None}
    for shown in page.deadlines:
        line = shown.line
        open_still = is_open(shown) and line.due is not None
        if open_still and line.id not in named and line.due not in days:
            yield Compared(
                verdict=Verdict.ONLY_OURS,
                why=_THE_COURT_S if line.kind is DeadlineKind.ORDER else _COUNTED,
                ours=shown,
                rule=line.rule or "",
                counted=line.due,
            )

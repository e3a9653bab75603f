"""The clerk's dates beside ours: where they agree, where they do not and why, what one side lacks.

A date on a docket is evidence and no law. Each is recounted here by the rule it should follow from;
where the clerk counted otherwise, the likely cause is named, and the person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from casemgr.domain.clerk_dates import Speaker, StatedDate, StatedKind, stated_dates
from casemgr.domain.prose import long_day, with_capital
from casemgr.domain.words import DeadlineKind, DeadlineState, EntryKind
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.usecases import lawsuit_facts
from casemgr.usecases.views import court_dates, lawsuits, waiting
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.lawsuits import Entry, Hearing, LawsuitPage
from casemgr.usecases.views.waiting import WaitingPage
from casemgr.usecases.work import Work

# A day is often moved at the last moment, and entered on the docket just after it.
A_LITTLE_LATE = timedelta(days=3)


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
    def can_be_recorded(self) -> bool:
        """Say whether it is a day the court fixed that is not with us yet."""
        return self.verdict is Verdict.ONLY_THEIRS and self.stated is not None and not self.rule


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A lawsuit with every date of its docket beside ours."""

    page: LawsuitPage
    dates: tuple[Compared, ...]
    waiting: WaitingPage

    @property
    def changeable(self) -> list[tuple[str, str]]:
        """Return the open deadlines that a day of the court may change: key and title."""
        lines = [each.line for each in self.page.deadlines if _is_open(each)]
        return [
            (each.key, f"{each.title}, {long_day(each.due) if each.due else 'no day yet'}")
            for each in lines
        ]

    def may_change(self, each: Compared) -> str:
        """Return the key of the deadline that a day on the docket seems to change, or ""."""
        if each.stated is None:
            return ""
        lines = (one.line for one in self.page.deadlines if _is_open(one))
        return court_dates.may_change(each.title, each.stated.on, lines)

    def of(self, verdict: Verdict) -> list[Compared]:
        """Return the dates of one verdict, in the order of the docket."""
        return [each for each in self.dates if each.verdict is verdict]


def _is_open(shown: Shown) -> bool:
    # What a later day of a demonstration's story ends is open still.
    return shown.state is not DeadlineState.DONE


def look(work: Work, lawsuit_id: str) -> Reconciliation:
    """Compare every date the docket of a lawsuit states with the dates on file."""
    page = lawsuits.look(work, lawsuit_id)
    texts = {each.docket_entry_id: each.says for each in page.reads}  # the newest comes last
    stated = [
        (entry, each)
        for entry in sorted(page.entries, key=_place)
        for each in _once(stated_dates(texts.get(entry.id, entry.says)))
    ]
    found = [_compared(work, page, entry, each, stated) for entry, each in stated]
    compared = (*found, *_only_ours(page, found))
    return Reconciliation(page, compared, waiting.look(work, page))


Stated = tuple[Entry, StatedDate]


def _once(found: Sequence[StatedDate]) -> Iterator[StatedDate]:
    """Return the dates of one entry: what the clerk added repeats what the order says."""
    clerk = {(each.on, each.kind) for each in found if each.speaker is Speaker.CLERK}
    for each in found:
        if each.speaker is Speaker.CLERK or (each.on, each.kind) not in clerk:
            yield each


def _compared(
    work: Work, page: LawsuitPage, entry: Entry, each: StatedDate, every: Sequence[Stated]
) -> Compared:
    if each.kind is not StatedKind.DUE:
        return _meeting(page, entry, each, every)
    rule = _rule_of(page, entry, each)
    if rule is not None:
        return _by_rule(work, page, entry, each, *rule)
    return _by_the_court(page, entry, each, every)


# --- dates that follow from a rule

_GOVERNMENT = re.compile(
    r"\b(?:United States|U\.S\.|Department|Agency|Bureau|Administration|Federal|Secretary|"
    r"Immigration and Customs|Office of|Attorney General|Customs and Border)\b",
    re.IGNORECASE,
)
_TRANSCRIPTS = {
    "redaction request": "transcript.redaction_request",
    "redacted transcript": "transcript.redacted",
    "release of transcript": "transcript.release",
}
_RESPONSES = re.compile(r"(?i)(?:responses?|oppositions?)$")


def _rule_of(page: LawsuitPage, entry: Entry, each: StatedDate) -> tuple[str, date] | None:
    """Return the rule a date should follow from and the day it runs from, or None: the court's."""
    if each.event_on is not None:
        return _of_service(each), each.event_on
    named = each.what.casefold()
    for words, rule in _TRANSCRIPTS.items():
        if named.startswith(words):
            return rule, entry.filed_on
    if entry.kind in {EntryKind.MOTION, EntryKind.RECONSIDERATION} and _RESPONSES.match(each.what):
        rule = f"lcr.{page.line.court_id}.6_1b.opposition".replace("nyed", "nysd")
        return rule, entry.filed_on
    return None


def _of_service(each: StatedDate) -> str:
    if each.event == "waiver sent":
        return "frcp.4d3.waiver_answer"
    return "foia.answer" if _GOVERNMENT.search(each.who) else "frcp.12a1.answer"


def _by_rule(
    work: Work, page: LawsuitPage, entry: Entry, each: StatedDate, rule: str, since: date
) -> Compared:
    counted = _gives(work, page, rule, since)
    if counted is None:
        why = (
            f"We hold no rule of {page.line.court_cites_as} that it follows from: the clerk's day "
            "is shown as it is. Look the rule up before you rely on it."
        )
        return Compared(verdict=Verdict.ONLY_THEIRS, why=why, entry=entry, stated=each)
    cites = work.law.rules[rule].cites
    agree = counted == each.on
    why = f"{cites}, counted from {long_day(since)}, gives the same day."
    if not agree:
        cause = _cause(work, page, rule, since, each, counted)
        why = f"{cites}, counted from {long_day(since)}, gives {long_day(counted)}. {cause}"
    ours = next((d for d in page.deadlines if d.line.rule == rule and d.line.due == counted), None)
    if ours is None and each.event_on is not None:
        why += " No date of ours rests on it yet: record the service."
    return Compared(
        verdict=Verdict.AGREE if agree else Verdict.DIFFER,
        why=why,
        entry=entry,
        stated=each,
        ours=ours,
        rule=rule,
        counted=counted,
    )


_OTHER_RULES = {
    "frcp.12a2.answer": "the 60 days that Rule 12(a)(2) gives the United States where no statute "
    "says otherwise; in a FOIA case 5 U.S.C. § 552(a)(4)(C) says 30",
    "frcp.12a1.answer": "the 21 days of an ordinary defendant, Rule 12(a)(1)(A)(i)",
    "foia.answer": "the 30 days of 5 U.S.C. § 552(a)(4)(C)",
    "frcp.4d3.waiver_answer": "the 60 days after a waiver, Rule 4(d)(3)",
}


def _cause(
    work: Work, page: LawsuitPage, rule: str, since: date, each: StatedDate, counted: date
) -> str:
    """Name why the clerk may have come to another day, the likeliest first."""
    for other, says in _OTHER_RULES.items():
        if other != rule and _gives(work, page, other, since) == each.on:
            return f"The clerk's day is that of {says}."
    if each.on.weekday() >= 5:
        return f"The clerk's day is a {each.on:%A}, on which nothing ends: it was not moved on."
    apart = (each.on - counted).days
    if apart == 3:
        return "The clerk's day is three days later, as if three days for the mail had been added."
    if abs(apart) == 1:
        return "The clerk's day is one day off, as if the first day had been counted wrongly."
    if counted - each.on <= timedelta(days=4) and apart < 0:
        return "The clerk's day is the last of the period itself, not moved past a day that is off."
    return f"The clerk's day is {(each.on - since).days} days after it. Look at the entry itself."


def _gives(work: Work, page: LawsuitPage, rule: str, since: date) -> date | None:
    """Return what a rule gives, or None where we hold no such rule for that court and day."""
    try:
        due = engine.due(work.law, rule, since, court=page.line.court_id).due
    except LawError:
        return None
    return due.date() if isinstance(due, datetime) else due


# --- dates the court fixed


def _by_the_court(
    page: LawsuitPage, entry: Entry, each: StatedDate, every: Sequence[Stated]
) -> Compared:
    ours = next(
        (d for d in page.deadlines if d.line.kind is DeadlineKind.ORDER and d.line.due == each.on),
        None,
    )
    if ours is not None:
        return Compared(
            verdict=Verdict.AGREE,
            why="The court fixed it, and it is on file as such.",
            entry=entry,
            stated=each,
            ours=ours,
        )
    moved = _moved_or_again(entry, each, every)
    if moved is not None:
        return moved
    why = "The court fixed it. It outranks every rule and stands also on a holiday: record it."
    if each.speaker is Speaker.CLERK and entry.kind is EntryKind.OTHER:
        why = "The clerk set it without an order's words. Look at the paper, then record it."
    return Compared(verdict=Verdict.ONLY_THEIRS, why=why, entry=entry, stated=each)


def _moved_or_again(entry: Entry, each: StatedDate, every: Sequence[Stated]) -> Compared | None:
    """Say that a later entry set another day in time, or that an earlier one set this day."""
    same = [(other, one) for other, one in every if _is_of_the_same(each, one)]
    later = next(
        (
            (other, one)
            for other, one in same
            if _place(entry) < _place(other)
            and other.filed_on <= each.on + A_LITTLE_LATE
            and one.on != each.on
        ),
        None,
    )
    compared = partial(Compared, entry=entry, stated=each)
    if later is not None:
        why = f"{lawsuit_facts.name(later[0])} set {long_day(later[1].on)} instead."
        return compared(verdict=Verdict.MOVED, why=why)
    before = next(
        (other for other, one in same if _place(other) < _place(entry) and one.on == each.on), None
    )
    if before is None:
        return None
    why = f"{lawsuit_facts.name(before)} names this day for the same already."
    return compared(verdict=Verdict.AGAIN, why=why)


def _place(entry: Entry) -> tuple[date, int, str]:
    return entry.filed_on, entry.number or 0, entry.id


def _is_of_the_same(one: StatedDate, other: StatedDate) -> bool:
    return one.kind is other.kind and _family(one) == _family(other)


_FAMILIES = (
    (re.compile(r"(?i)\b(?:response|opposition)"), "response"),
    (re.compile(r"(?i)\brepl(?:y|ies)"), "reply"),
    (re.compile(r"(?i)\bexpert"), "expert discovery"),
    (re.compile(r"(?i)\bfact discovery"), "fact discovery"),
    (re.compile(r"(?i)\bjoint (?:status )?(?:letter|report)"), "joint letter"),
    (re.compile(r"(?i)\btrial\b"), "trial"),
    (re.compile(r"(?i)\bpre-?trial conference|initial conference"), "pretrial conference"),
    (re.compile(r"(?i)\bmediation conference"), "mediation conference"),
    (re.compile(r"(?i)\bstatus conference"), "status conference"),
    (re.compile(r"(?i)\bhearing"), "hearing"),
)


def _family(each: StatedDate) -> str:
    """Return what a date is for, in one word for all the ways it is said."""
    found = next((name for pattern, name in _FAMILIES if pattern.search(each.what)), None)
    return found or each.what.casefold()


# --- hearings and conferences


def _meeting(
    page: LawsuitPage, entry: Entry, each: StatedDate, every: Sequence[Stated]
) -> Compared:
    ours = next((one for one in page.hearings if one.there.date() == each.on), None)
    compared = partial(Compared, entry=entry, stated=each)
    if each.kind is StatedKind.CANCELLED:
        if ours is None:
            return compared(verdict=Verdict.AGREE, why="It is off, and not on file.")
        why = "The docket says it is off, and it is on file. Look at the entry, then note it there."
        return compared(verdict=Verdict.DIFFER, why=why, hearing=ours)
    if ours is not None:
        agrees = each.at is None or ours.there.time() == each.at
        why = "The day and hour are on file." if agrees else "The day is on file at another hour."
        return compared(verdict=Verdict.AGREE if agrees else Verdict.DIFFER, why=why, hearing=ours)
    moved = _moved_or_again(entry, each, every)
    if moved is not None:
        return moved
    return compared(verdict=Verdict.ONLY_THEIRS, why="It is not on file: record it.")


# --- what the docket says nothing of


def _only_ours(page: LawsuitPage, found: Sequence[Compared]) -> Iterator[Compared]:
    named = {each.ours.line.id for each in found if each.ours is not None}
    days = {each.stated.on for each in found if each.stated is not None}
    for shown in page.deadlines:
        line = shown.line
        open_still = _is_open(shown) and line.due is not None
        if open_still and line.id not in named and line.due not in days:
            yield Compared(
                verdict=Verdict.ONLY_OURS,
                why="No entry of the docket names this day. Ours has its proof.",
                ours=shown,
                rule=line.rule or "",
                counted=line.due,
            )

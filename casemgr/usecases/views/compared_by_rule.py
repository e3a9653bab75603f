"""The clerk's dates that follow from a rule: counted again, and the likely cause of another day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from casemgr.domain.docket_days import StatedDate
from casemgr.domain.prose import long_day
from casemgr.domain.words import EntryKind
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.usecases.views.compared import Beside, Compared, Verdict
from casemgr.usecases.views.lawsuit_rows import Entry
from casemgr.usecases.views.lawsuits import LawsuitPage
from casemgr.usecases.work import Work

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
_REPLIES = re.compile(r"(?i)repl(?:y|ies)$")


def rule_of(beside: Beside, entry: Entry, each: StatedDate) -> tuple[str, date] | None:
    """Return the rule a date should follow from and the day it runs from, or None: the court's."""
    if each.event_on is not None:
        return _of_service(each), each.event_on
    named = each.what.casefold()
    for words, rule in _TRANSCRIPTS.items():
        if named.startswith(words):
            return rule, entry.filed_on
    if entry.kind in {EntryKind.MOTION, EntryKind.RECONSIDERATION}:
        return _of_motion(beside, entry, each)
    return None


def _of_motion(beside: Beside, entry: Entry, each: StatedDate) -> tuple[str, date] | None:
    """Return the local rule for what answers a motion; a reply runs from the clerk's response."""
    # Both districts of the city have the same local rules.
    rules = f"lcr.{beside.page.line.court_id}.6_1b".replace("nyed", "nysd")
    if _RESPONSES.match(each.what):
        return f"{rules}.opposition", entry.filed_on
    responses = (one.on for _, one in beside.of_entry(entry.id) if _RESPONSES.match(one.what))
    answered_on = next(responses, None)
    if _REPLIES.match(each.what) and answered_on is not None:
        return f"{rules}.reply", answered_on
    return None


def _of_service(each: StatedDate) -> str:
    if each.event == "waiver sent":
        return "frcp.4d3.waiver_answer"
    return "foia.answer" if _GOVERNMENT.search(each.who) else "frcp.12a1.answer"


def by_rule(
    work: Work, beside: Beside, entry: Entry, each: StatedDate, rule: str, since: date
) -> Compared:
    page = beside.page
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
    ours = next((one for one in beside.due_on(counted) if one.line.rule == rule), None)
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

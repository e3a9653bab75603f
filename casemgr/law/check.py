"""Check the law we hold: every example run, everything unverified or read long ago listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.domain.counting import CountingText, ServiceText
from casemgr.domain.rules import Example, Rule
from casemgr.errors import CasemgrError
from casemgr.law.engine import due
from casemgr.law.reader import Law

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: lines to print, and how many examples came out wrong."""

    lines: tuple[str, ...]
    wrong: int


def check(law: Law, today: date) -> Checked:
    """Run every rule's examples and list what nobody has verified or read within a year."""
    wrong = [line for rule in law.rules.values() for line in _wrong(law, rule)]
    doubtful = list(_unverified(law))
    old = list(_old(law, today))
    count = sum(len(rule.examples) for rule in law.rules.values())
    summary = (
        f"{len(law.rules)} rules, {count} examples, {len(wrong)} wrong; "
        f"{len(doubtful)} unverified, {len(old)} read more than a year ago. Version {law.version}."
    )
    return Checked((*wrong, *doubtful, *old, summary), len(wrong))


def run_example(law: Law, rule: Rule, example: Example) -> date | None:
    """Return the day the rule gives for one of its own examples."""
    answer = due(law, rule.id, example.trigger, **example.given)
    assert answer.due is not None
    return answer.due


def _wrong(law: Law, rule: Rule) -> Iterator[str]:
    if not rule.examples:
        yield f"WRONG  {rule.id}: it has no worked example."
    for example in rule.examples:
        try:
            found = run_example(law, rule, example)
        except (CasemgrError, TypeError) as error:
            yield f"WRONG  {rule.id}: {example.name}: {error}"
            continue
        if found != example.due:
            yield f"WRONG  {rule.id}: {example.name}: {found} where {example.due} is written."


def _unverified(law: Law) -> Iterator[str]:
    for rule in law.rules.values():
        if rule.status == "unverified":
            yield f"unverified  {rule.id}: {rule.doubt or rule.cites}"
        for text in rule.texts:
            if text.status == "unverified":
                yield f"unverified  {rule.id}, text of {text.since.isoformat()}: {text.authority}"
    for counting in law.counting.values():
        texts: list[CountingText | ServiceText] = [*counting.texts, *counting.service]
        for one in texts:
            if one.status == "unverified":
                yield f"unverified  {counting.id}, text of {one.since.isoformat()}: {one.authority}"
    yield from _unverified_days(law)


def _unverified_days(law: Law) -> Iterator[str]:
    for name, statute in law.calendars.items():
        if statute.status == "unverified":
            yield f"unverified  holidays of {name}: {statute.cites}"
    for agency in law.almanac.agencies.values():
        for window in agency.windows if agency.parent is None else ():
            if window.status == "unverified":
                since = window.since.isoformat()
                yield f"unverified  appeal window of {agency.id} since {since}: {window.cites}"
    for closure in law.almanac.closures:
        if closure.status == "unverified":
            yield f"unverified  closing of {closure.day.isoformat()}: {closure.why}"


def _old(law: Law, today: date) -> Iterator[str]:
    for rule in law.rules.values():
        if today - rule.checked_on > YEAR:
            yield f"old  {rule.id}: last read on {rule.checked_on.isoformat()} by {rule.checked_by}"
    for name, statute in law.calendars.items():
        if today - statute.checked_on > YEAR:
            yield f"old  holidays of {name}: last read on {statute.checked_on.isoformat()}"

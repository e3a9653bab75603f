"""The answer to the complaint: 5 U.S.C. § 552(a)(4)(C), from service on the U.S. Attorney."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casemgr.domain import docket
from casemgr.domain.deadlines import Derived
from casemgr.domain.words import DeadlineKind, EntryKind, Side
from casemgr.usecases.counted import count, from_answer, without_day
from casemgr.usecases.lawsuit_facts import EntryFacts, LawsuitFacts, ServiceFacts, name
from casemgr.usecases.work import Work


def of_lawsuit(facts: LawsuitFacts, entry_id: str | None) -> dict[str, str | None]:
    """Return what a date of a lawsuit belongs to."""
    return {
        "matter_id": facts.lawsuit.matter_id,
        "lawsuit_id": facts.lawsuit.id,
        "docket_entry_id": entry_id,
    }


def answers(work: Work, facts: LawsuitFacts) -> Iterator[Derived]:
    """Yield when the agency answers the complaint, once service on the U.S. Attorney is on file."""
    complaint = next((e for e in facts.entries if e.kind is EntryKind.COMPLAINT), None)
    answered = next((e for e in facts.entries if e.kind is EntryKind.ANSWER), None)
    reached = [each for each in facts.services if each.us_attorney]
    if reached:
        # Of several services of one person the first that reached him counts.
        first = min(reached, key=lambda each: each.delivered_on or date.max)
        yield _answer(work, facts, first, complaint, answered)


def _answer(
    work: Work,
    facts: LawsuitFacts,
    service: ServiceFacts,
    complaint: EntryFacts | None,
    answered: EntryFacts | None,
) -> Derived:
    key = f"{facts.lawsuit.id}:{docket.ANSWER}"
    title = f"Answer the complaint, {facts.lawsuit.cited_as}"
    belongs = of_lawsuit(facts, complaint.id if complaint else None)
    if service.delivered_on is None:
        return without_day(
            kind=DeadlineKind.RULE,
            key=key,
            title=title,
            whose=Side.THEIRS,
            rule=docket.ANSWER,
            because=(
                "The day of service on the United States Attorney is not known; "
                "the 30 days of 5 U.S.C. § 552(a)(4)(C) run from it."
            ),
            steps=[
                {
                    "on": None,
                    "says": "Nothing can be counted: the day of service is not on file.",
                    "cites": "5 U.S.C. § 552(a)(4)(C)",
                }
            ],
            belongs_to=belongs,
        )
    return from_answer(
        count(work, docket.ANSWER, service.delivered_on, court=facts.lawsuit.court_id),
        key=key,
        title=title,
        belongs_to=belongs,
        done_on=answered.filed_on if answered else None,
        done_how=f"answered, {name(answered)}" if answered else "",
    )

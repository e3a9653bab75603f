"""Dates a court fixed, each with the chain of days it had before and the entries that set them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casemgr.domain.court_dates import CourtDate, chains
from casemgr.domain.deadlines import Derived
from casemgr.domain.prose import long_day, with_capital
from casemgr.domain.words import DeadlineKind
from casemgr.usecases.lawsuit_facts import LawsuitFacts, OrderFacts, name

CITES = "Fed. R. Civ. P. 6(a), committee note of 2009"
LONGEST_QUOTE = 300


def with_court_dates(facts: LawsuitFacts, found: Sequence[Derived]) -> Iterator[Derived]:
    """Yield the dates of a lawsuit as the court left them: what it fixed outranks every rule.

    A date that an order or a stipulation changed keeps its name; its proof tells every day it had.
    """
    by_key = {each.key: each for each in found}
    fixed = {each.id: each for each in facts.order_dates}
    chained = chains(court_date(facts, each) for each in facts.order_dates)
    yield from (each for each in found if each.key not in chained)
    for key, chain in chained.items():
        yield _in_force(facts, key, [fixed[each.id] for each in chain], by_key.get(key))


def court_date(facts: LawsuitFacts, fixed: OrderFacts) -> CourtDate:
    """Return a day a court set with its place on the docket."""
    entry = facts.by_id.get(fixed.docket_entry_id or "")
    return CourtDate(
        id=fixed.id,
        fixed_for=fixed.fixed_for,
        set_on=entry.filed_on if entry else fixed.known_on,
        number=entry.number if entry else None,
        part=entry.part if entry else None,
        changes_key=fixed.changes_key,
        words=fixed.words,
    )


def _in_force(
    facts: LawsuitFacts, key: str, chain: Sequence[OrderFacts], by_rule: Derived | None
) -> Derived:
    last = chain[-1]
    met = next((each for each in chain if each.met_on is not None), None)
    made = Derived(
        key=key,
        title=by_rule.title if by_rule else last.title,
        whose=by_rule.whose if by_rule else last.whose,
        kind=DeadlineKind.ORDER,
        rule=None,
        due=last.fixed_for,
        safe=last.fixed_for,
        earliest=last.fixed_for,
        latest=last.fixed_for,
        steps=tuple(_steps(facts, chain, by_rule)),
        belongs_to={
            "matter_id": facts.lawsuit.matter_id,
            "lawsuit_id": facts.lawsuit.id,
            "docket_entry_id": last.docket_entry_id,
            "order_date_id": last.id,
        },
        done_on=met.met_on if met else None,
        done_how=met.met_by if met else "",
    )
    if by_rule is not None and by_rule.done_on is not None:
        return replace(made, done_on=by_rule.done_on, done_how=by_rule.done_how)
    return made


def _steps(
    facts: LawsuitFacts, chain: Sequence[OrderFacts], by_rule: Derived | None
) -> Iterator[Mapping[str, str | None]]:
    if by_rule is not None and by_rule.due is not None:
        yield {
            "on": by_rule.due.isoformat(),
            "says": f"Before any change it was {long_day(by_rule.due)}.",
            "cites": None,
        }
    for each in chain[:-1]:
        yield {
            "on": each.fixed_for.isoformat(),
            "says": f"{_set_by(facts, each)} set {long_day(each.fixed_for)}{_quoted(each)}.",
            "cites": None,
        }
    last = chain[-1]
    changed = f"{_set_by(facts, last)} set this day instead. " if chain[1:] or by_rule else ""
    yield {
        "on": last.fixed_for.isoformat(),
        "says": changed
        + (last.words or "The court fixed this day.")
        + " A day fixed by the court stands as it is, also on a holiday.",
        "cites": CITES,
    }


def _set_by(facts: LawsuitFacts, each: OrderFacts) -> str:
    entry = facts.by_id.get(each.docket_entry_id or "")
    if entry is None:
        return "The court"
    return with_capital(name(entry))


def _quoted(each: OrderFacts) -> str:
    return f": “{each.words[:LONGEST_QUOTE]}”" if each.words else ""

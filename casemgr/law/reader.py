"""Read the law from its files, strictly, once: rules, calendars, closings, courts, agencies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

from casemgr.domain.almanac import Agency, Almanac, Closure, ClosureKind, Court, each_day
from casemgr.domain.counting import CountingRule
from casemgr.domain.holidays import Statute
from casemgr.domain.methods import METHODS
from casemgr.domain.plans import Plan
from casemgr.domain.rules import Rule
from casemgr.errors import LawError, LawFileWrong
from casemgr.law.strict import Reader

Kept = TypeVar("Kept")
Listed = TypeVar("Listed", Court, Agency)
# What a question names besides its trigger: rule, court, agency, service, law_as_of, closed,
# whose, abroad, requested_on. A question asked often is looked up once.
PlanKey = tuple[
    str, str | None, str | None, str | None, date | None, frozenset[date], str | None, bool,
    date | None,
]  # fmt: skip
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class ClosureEntry:
    """A closing as its file writes it: one day, a run of days, or one day every few years."""

    since: date
    kind: ClosureKind
    why: str
    source: str
    status: Literal["verified", "unverified"]
    until: date | None = None
    every_years: int | None = None

    def closures(self, last_year: int) -> Iterable[Closure]:
        """Give each day of the closing."""
        for day in self._days(last_year):
            yield Closure(day, self.kind, self.why, self.source, self.status)

    def _days(self, last_year: int) -> Iterable[date]:
        if self.every_years is None:
            return each_day(self.since, self.until or self.since)
        years = range(self.since.year, last_year + 1, self.every_years)
        # 5 U.S.C. 6103(c): an inauguration on a Sunday is kept on the day after.
        return (_off_sunday(self.since.replace(year=year)) for year in years)


def _off_sunday(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() == 6 else day


@dataclass(frozen=True)
class Law:
    """All the law the office works with; `version` changes when any file or closure changes."""

    rules: Mapping[str, Rule]
    almanac: Almanac
    counting: Mapping[str, CountingRule]
    version: str
    plans: dict[PlanKey, Plan] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def calendars(self) -> Mapping[str, Statute]:
        """The holiday statutes: `federal`, and each state's by its postal code."""
        return {"federal": self.almanac.federal, **self.almanac.states}

    def rule(self, rule_id: str) -> Rule:
        """Return a rule by its id; an unknown one is refused."""
        return _known(self.rules, rule_id, "rule", "casemgr law check lists them all")

    def court(self, court_id: str | None) -> Court | None:
        """Return a court by its id (nysd, dcd, ca2 …); an unknown one is refused."""
        if court_id is None:
            return None
        return _known(
            self.almanac.courts, court_id, "court", "use the short name, as in nysd or dcd"
        )

    def agency(self, agency_id: str | None) -> Agency | None:
        """Return an agency by its id (dhs, ice, fbi …); an unknown one is refused."""
        if agency_id is None:
            return None
        hint = "use the short name, as in dhs or fbi, or leave the agency out"
        return _known(self.almanac.agencies, agency_id, "agency", hint)

    def with_closures(self, closures: Iterable[Closure]) -> Law:
        """Return the law with an office's own closures: a clerk inaccessible, an agency closed."""
        added = tuple(closures)
        for closure in added:
            self.court(closure.court), self.agency(closure.agency)
        almanac = self.almanac.and_closures(added)
        digest = hashlib.sha256(self.version.encode())
        for closure in sorted(added, key=repr):
            digest.update(repr(closure).encode())
        return replace(self, almanac=almanac, version=digest.hexdigest()[:16])


def _known(table: Mapping[str, Kept], name: str, noun: str, hint: str) -> Kept:
    if name in table:
        return table[name]
    raise LawError(f"There is no {noun} {name!r}: {hint}.")


@cache
def the_law() -> Law:
    """Return the law of the files shipped with the program, read once."""
    return read_law(HERE)


def read_law(folder: Path) -> Law:
    """Read every file of law under `folder`; a wrong one raises `LawFileWrong`."""
    calendars = folder / "calendars"
    federal = Reader(calendars / "federal.yaml").read(Statute)
    states = {
        path.stem.removeprefix("state_").upper(): Reader(path).read(Statute)
        for path in sorted(calendars.glob("state_*.yaml"))
    }
    almanac = Almanac(
        federal=federal,
        states=MappingProxyType(states),
        closures=_closures(calendars / "closures.yaml", federal.last),
        courts=_by_id(calendars / "courts.yaml", Court, "courts"),
        agencies=_agencies(calendars / "agencies.yaml"),
    )
    counting = {
        name: Reader(calendars / f"{name}.yaml").read(CountingRule)
        for name in ("frcp_6", "frap_26")
    }
    rules = _rules(folder / "rules")
    _check_answers(almanac.agencies.values(), rules)
    return Law(rules, almanac, MappingProxyType(counting), _version(folder))


def _closures(path: Path, last_year: int) -> tuple[Closure, ...]:
    entries = Reader(path).read_list(ClosureEntry, "closures")
    return tuple(closure for entry in entries for closure in entry.closures(last_year))


def _by_id(path: Path, kind: type[Listed], key: str) -> Mapping[str, Listed]:
    found: dict[str, Listed] = {}
    for one in Reader(path).read_list(kind, key):
        if one.id in found:
            raise LawFileWrong(path.name, 1, f"{one.id!r} is written twice. Keep one.")
        found[one.id] = one
    return MappingProxyType(found)


def _agencies(path: Path) -> Mapping[str, Agency]:
    """Give each component what its parent has and it has not."""
    agencies = _by_id(path, Agency, "agencies")
    for one in agencies.values():
        if one.parent is not None and one.parent not in agencies:
            raise LawFileWrong(path.name, 1, f"{one.id!r} has no parent {one.parent!r} here.")
    return MappingProxyType({name: _with_parent(one, agencies) for name, one in agencies.items()})


def _with_parent(one: Agency, agencies: Mapping[str, Agency]) -> Agency:
    if one.parent is None:
        return one
    parent = agencies[one.parent]
    return replace(
        one,
        windows=one.windows or parent.windows,
        receipt_day=one.receipt_day or parent.receipt_day,
        receipt_day_source=one.receipt_day_source or parent.receipt_day_source,
        question_rule=one.question_rule or parent.question_rule,
        fee_rule=one.fee_rule or parent.fee_rule,
    )


def _check_answers(agencies: Iterable[Agency], rules: Mapping[str, Rule]) -> None:
    """Refuse an agency whose letters are to be answered by a rule that is not there."""
    for one in agencies:
        for name in (one.question_rule, one.fee_rule):
            if name is not None and name not in rules:
                raise LawFileWrong("agencies.yaml", 1, f"{one.id!r} names no rule {name!r} here.")


def _rules(folder: Path) -> Mapping[str, Rule]:
    found: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        rule = Reader(path).read(Rule)
        _check(rule, path)
        found[rule.id] = rule
    return MappingProxyType(found)


def _check(rule: Rule, path: Path) -> None:
    """Refuse what the types cannot: a wrong file name, no text, texts out of order, no method."""
    if rule.id != path.stem:
        raise LawFileWrong(
            path.name, 1, f"the file is named {path.stem!r} but its id is {rule.id!r}."
        )
    if not rule.texts:
        raise LawFileWrong(path.name, 1, "'texts' is empty. Write at least one.")
    days = [text.since for text in rule.texts]
    if days != sorted(set(days)):
        raise LawFileWrong(path.name, 1, "'texts' must be in order of 'since', oldest first.")
    if rule.method not in METHODS:
        raise LawFileWrong(path.name, 1, f"'method' {rule.method!r} is none of {sorted(METHODS)}.")


def _version(folder: Path) -> str:
    """Hash every file of law: the calendar and rule version that a proof carries."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]

"""The search log as a table: each place, what was asked of it, what was done, what is not said.

In *NDLON v. ICE*, 877 F. Supp. 2d 87 (S.D.N.Y. 2012), the searches were judged by whose files were
looked through, for which words, and how those words were combined. What an agency leaves unsaid of
that stands in this table as an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casemgr.domain.prose import long_day
from casemgr.domain.words import SaidIn

# What tells of a search that was made; everything else asks for one.
TOLD = frozenset({SaidIn.DECLARATION, SaidIn.LETTER})


class Aspect(StrEnum):
    """What can be said of a search in one place."""

    TERMS = "terms"
    DATES = "dates"
    METHOD = "method"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one paper says; an empty word is one it does not say. `terms` has one term a line."""

    id: str
    said_in: SaidIn
    component: str
    custodian: str
    system: str
    terms: str
    records_from: date | None
    records_until: date | None
    method: str
    searched_by: str

    @property
    def told(self) -> bool:
        """Say whether it tells what was done, and not what was asked for."""
        return self.said_in in TOLD

    @property
    def places(self) -> tuple[str, str, str]:
        """Return component, custodian and system in one spelling."""
        return _plain(self.component), _plain(self.custodian), _plain(self.system)

    @property
    def each_term(self) -> tuple[str, ...]:
        """Return the search terms, one by one."""
        return tuple(line.strip() for line in self.terms.splitlines() if line.strip())

    def says(self, aspect: Aspect) -> str:
        """Return its words on one aspect, empty where it has none.

        >>> day = date(2008, 10, 1)
        >>> Statement("", SaidIn.ORDER, "", "", "", "", day, None, "", "").says(Aspect.DATES)
        'From October 1, 2008; no end is said'
        """
        if aspect is Aspect.TERMS:
            return "\n".join(self.each_term)
        if aspect is Aspect.DATES:
            return _range(self.records_from, self.records_until)
        return self.method if aspect is Aspect.METHOD else self.searched_by


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one cell, and the statement it is from."""

    says: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Cell:
    """One aspect of one place: what was asked for, and what the agency says it did."""

    asked: tuple[Words, ...]
    told: tuple[Words, ...]

    @property
    def empty(self) -> bool:
        """Say whether the agency has said nothing here."""
        return not self.told


@dataclass(frozen=True, slots=True)
class Row:
    """One place to search: a custodian's files in one system of one component."""

    component: str
    custodian: str
    system: str
    statements: tuple[Statement, ...]
    cells: Mapping[Aspect, Cell]

    @property
    def searched(self) -> bool:
        """Say whether any paper of the agency says that this place was searched."""
        return any(each.told for each in self.statements)

    @property
    def asked(self) -> bool:
        """Say whether somebody asked for this place to be searched."""
        return any(not each.told for each in self.statements)

    @property
    def empties(self) -> tuple[Aspect, ...]:
        """Return the aspects of which the agency says nothing."""
        return tuple(aspect for aspect, cell in self.cells.items() if cell.empty)

    @property
    def terms_not_used(self) -> tuple[str, ...]:
        """Return the terms that were asked for and that the agency does not say it used here."""
        used = {_plain(term) for each in self.statements if each.told for term in each.each_term}
        asked = (term for each in self.statements if not each.told for term in each.each_term)
        return tuple(dict.fromkeys(term for term in asked if _plain(term) not in used))


def table(statements: Sequence[Statement]) -> list[Row]:
    """Return a row for each place, with what each paper says of it.

    What the agency tells stands exactly where it tells it, so that nothing looks searched by
    accident. What was asked of a whole component or custodian counts for each of their rows, and
    has a row of its own only where nobody speaks of any place it could mean.
    """
    told = [each for each in statements if each.told]
    asked = sorted((each for each in statements if not each.told), key=_vague)
    places = list(dict.fromkeys(each.places for each in told))
    for each in asked:
        if not any(_means(each.places, place) for place in places):
            places.append(each.places)
    return [_row(place, told, asked) for place in sorted(places)]


def _row(place: tuple[str, str, str], told: Iterable[Statement], asked: Iterable[Statement]) -> Row:
    here = tuple(each for each in told if each.places == place)
    wanted = tuple(each for each in asked if _means(each.places, place))
    exact = next(each for each in (*here, *wanted) if each.places == place)
    cells = {aspect: Cell(_words(wanted, aspect), _words(here, aspect)) for aspect in Aspect}
    return Row(exact.component, exact.custodian, exact.system, (*wanted, *here), cells)


def _words(statements: Iterable[Statement], aspect: Aspect) -> tuple[Words, ...]:
    return tuple(Words(says, each) for each in statements if (says := each.says(aspect)))


def _means(asked: tuple[str, ...], place: tuple[str, ...]) -> bool:
    return all(want in {"", there} for want, there in zip(asked, place, strict=True))


def _vague(statement: Statement) -> int:
    return sum(not name for name in statement.places)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _range(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    if first is None:
        return f"Until {_day(last)}; no beginning is said"
    if last is None:
        return f"From {_day(first)}; no end is said"
    return f"{_day(first)} to {_day(last)}"


def _day(day: date | None) -> str:
    return "" if day is None else long_day(day)

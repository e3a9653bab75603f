"""What one row of a spreadsheet says of a request, and what is wrong with it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from casemgr.domain.prose import long_day
from casemgr.domain.spreadsheets import (
    DAYS,
    NO,
    YES,
    Field,
    NoDay,
    read_day,
    read_outcome,
    several,
)
from casemgr.domain.words import EventKind, Outcome
from casemgr.errors import Malformed
from casemgr.fields import TrackingNumberText
from casemgr.files.sheets import Cell, letters
from casemgr.usecases import events
from casemgr.usecases.events import EventInput

LEFT_OUT = "-"  # what stands for an office that somebody decided to leave out
Wrong = list[tuple[int, str]]  # the column, or -1 for the whole row, and the sentence
_NUMBER: TypeAdapter[str] = TypeAdapter(TrackingNumberText)

# What a day becomes on each office's track, in the order in which it happens.
HAPPENED: Mapping[Field, EventKind] = {
    Field.SENT_ON: EventKind.SENT,
    Field.RECEIVED_ON: EventKind.RECEIVED,
    Field.ACKNOWLEDGED_ON: EventKind.ACKNOWLEDGED,
    Field.DECIDED_ON: EventKind.DETERMINATION,
    Field.CLOSED_ON: EventKind.CLOSED,
}
LONGEST = {Field.TITLE: 200, Field.REFERENCE: 60, Field.SUMMARY: 4000, Field.ASKED_FOR: 8000}


class Agency(NamedTuple):
    """An office of the directory, as far as a spreadsheet may name it."""

    id: str
    name: str
    short_name: str
    aliases: Sequence[str]


@dataclass(frozen=True)
class Matching:
    """What somebody said of the columns, and of what a machine must not guess."""

    columns: Mapping[int, Field]
    day_first: bool | None = None
    formulas: bool = False  # what formulas last showed may be used
    offices: Mapping[str, str] = field(default_factory=dict)  # as typed: the office it is
    take_same: bool = False  # rows that look like requests on file are imported too


@dataclass(frozen=True)
class OnFile:
    """What of the matter's requests a row may repeat: each with the code of the request."""

    references: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[tuple[str, date | None], str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Office:
    """One office a row names, with its numbers and what happened there."""

    agency_id: str
    numbers: list[str]
    days: dict[Field, date]
    outcome: Outcome | None = None
    happened: list[tuple[Field, EventInput]] | None = None


@dataclass(slots=True)
class RowFacts:
    """A request as a row tells it."""

    number: int
    texts: dict[Field, str]
    days: dict[Field, date]
    offices: list[Office]


class RowReader:
    """Reads the rows of one file, each in the light of those before it."""

    def __init__(
        self, matching: Matching, agencies: Sequence[Agency], on_file: OnFile, today: date
    ) -> None:
        self.matching, self.today = matching, today
        self._on_file = on_file
        self._by_name = names_of(agencies)
        self._at = {wanted: at for at, wanted in matching.columns.items()}
        self._seen: dict[str, int] = {}
        self.unknown: dict[str, int] = {}  # offices nobody knows, and how often they are named

    def read(self, number: int, cells: Sequence[Cell]) -> tuple[RowFacts, Wrong, bool]:
        """Return what a row says, what is wrong with it, and whether it seems on file already."""
        wrong: Wrong = []
        texts = self._texts(cells, wrong)
        days = {wanted: texts.pop(wanted) for wanted in list(texts) if wanted in DAYS}
        offices = self._offices(texts, days, wrong)
        read = {w: d for w, text in days.items() if (d := self._day(w, text, wrong)) is not None}
        facts = RowFacts(number, texts, read, offices)
        self._check(facts, wrong)
        same = self._same(facts, wrong)
        return facts, wrong, same

    def _texts(self, cells: Sequence[Cell], wrong: Wrong) -> dict[Field, str]:
        found: dict[Field, str] = {}
        for at, wanted in self.matching.columns.items():
            cell = cells[at] if at < len(cells) else ""
            text = self._text(at, cell, wrong)
            if text:
                found[wanted] = text
        return found

    def _text(self, at: int, cell: Cell, wrong: Wrong) -> str:
        if isinstance(cell, str):
            return cell
        kind, text = cell[0], cell[-1]
        if kind == "m":
            wrong.append(
                (at, f"This cell is merged with {text}. Take the merging off and fill every cell.")
            )
            return ""
        if kind == "f" and not self.matching.formulas:
            wrong.append(
                (
                    at,
                    (
                        f"This is a formula ({cell[1][:60]}). Say that what formulas last showed "
                        f"may be used (here “{text[:60]}”), or put the value in its place."
                    ),
                )
            )
        elif kind == "f" and not text:
            wrong.append((at, f"This formula ({cell[1][:60]}) was saved without its value."))
        return text

    def _day(self, wanted: Field, text: str, wrong: Wrong) -> date | None:
        try:
            day = read_day(text, self.matching.day_first, self.today)
        except NoDay as why:
            wrong.append((self._at[wanted], str(why)))
            return None
        if day > self.today and wanted not in {Field.RECORDS_FROM, Field.RECORDS_UNTIL}:
            wrong.append((self._at[wanted], f"{long_day(day)} is in the future."))
        return day

    # --- offices

    def _offices(
        self, texts: dict[Field, str], days: dict[Field, str], wrong: Wrong
    ) -> list[Office]:
        named = self._named(texts.pop(Field.OFFICES, ""), wrong)
        numbers = several(texts.pop(Field.NUMBERS, "").replace(",", ";"))
        outcome = self._outcome(texts.pop(Field.OUTCOME, ""), Field.DECIDED_ON in days, wrong)
        self._check_numbers(numbers, len(named), wrong)
        each_its_own = len(named) > 1 and len(numbers) == len(named)
        found = []
        for place, agency_id in enumerate(named):
            own = [numbers[place]] if each_its_own else list(numbers) if len(named) == 1 else []
            found.append(Office(agency_id, own, self._days_of(place, len(named), days), outcome))
        self._one_day_each(days, len(named), wrong)
        return found

    def _named(self, text: str, wrong: Wrong) -> list[str]:
        whole = self._known(text)
        asked = [text] if whole else several(text)
        if not whole and len(asked) == 1 and "," in text:
            asked = [each.strip() for each in text.split(",") if each.strip()]
        found: list[str] = []
        for each in asked:
            agency_id = self._known(each)
            if agency_id is None:
                self.unknown[each] = self.unknown.get(each, 0) + 1
                wrong.append(
                    (
                        self._at[Field.OFFICES],
                        f"“{each[:60]}” is no office of the directory. Choose which it is, above.",
                    )
                )
            elif agency_id != LEFT_OUT and agency_id in found:
                wrong.append((self._at[Field.OFFICES], f"“{each[:60]}” is named twice."))
            elif agency_id != LEFT_OUT:
                found.append(agency_id)
        return found

    def _known(self, text: str) -> str | None:
        return self.matching.offices.get(text) or self._by_name.get(plain(text))

    def _outcome(self, text: str, decided: bool, wrong: Wrong) -> Outcome | None:
        if not text:
            return None
        outcome = read_outcome(text)
        if outcome is None:
            wrong.append(
                (
                    self._at[Field.OUTCOME],
                    (
                        f"“{text[:60]}” is no outcome we know. Write granted, partial, denied, "
                        "no records, glomar or improper, or leave it empty."
                    ),
                )
            )
        elif not decided:
            wrong.append(
                (self._at[Field.OUTCOME], "There is an outcome and no day of the decision.")
            )
        return outcome

    def _check_numbers(self, numbers: Sequence[str], offices: int, wrong: Wrong) -> None:
        if not numbers:
            return
        at = self._at[Field.NUMBERS]
        if offices == 0:
            wrong.append((at, "There is a tracking number and no office that gave it."))
        elif offices > 1 and len(numbers) != offices:
            wrong.append(
                (
                    at,
                    (
                        f"{len(numbers)} tracking numbers for {offices} offices: whose is which? "
                        "Give one for each, in the same order."
                    ),
                )
            )
        if len(set(numbers)) < len(numbers):
            wrong.append((at, "The same tracking number stands here twice."))
        for each in numbers:
            try:
                _NUMBER.validate_python(each)
            except ValidationError:
                wrong.append((at, f"“{each[:70]}” cannot be a tracking number."))

    def _days_of(self, place: int, offices: int, days: dict[Field, str]) -> dict[Field, date]:
        found: dict[Field, date] = {}
        for wanted in HAPPENED:
            listed = several(days.get(wanted, ""))
            if not listed:
                continue
            text = listed[place] if len(listed) == offices else listed[0]
            try:
                found[wanted] = read_day(text, self.matching.day_first, self.today)
            except NoDay:
                continue  # told of below, once for the row
        return found

    def _one_day_each(self, days: dict[Field, str], offices: int, wrong: Wrong) -> None:
        """Leave one day in each cell that lists one for each office, and check the others."""
        for wanted in HAPPENED:
            listed = several(days.get(wanted, ""))
            if len(listed) < 2:
                continue
            if len(listed) != offices:
                wrong.append(
                    (
                        self._at[wanted],
                        f"{len(listed)} days for {offices} offices: give one, or one for each.",
                    )
                )
            for other in listed[1:]:
                self._day(wanted, other, wrong)
            days[wanted] = listed[0]

    # --- the whole row

    def _check(self, facts: RowFacts, wrong: Wrong) -> None:
        if not facts.texts.get(Field.TITLE) and not any(at == self._title for at, _ in wrong):
            wrong.append((self._title, "A request needs a title: what it asks for, in a line."))
        for wanted, most in LONGEST.items():
            if len(facts.texts.get(wanted, "")) > most:
                wrong.append((self._at[wanted], f"This is longer than {most:,} characters."))
        for wanted, text in facts.texts.items():
            if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text) or "\x7f" in text:
                wrong.append((self._at[wanted], "This holds a control character. Type it again."))
        first, last = (facts.days.get(each) for each in (Field.RECORDS_FROM, Field.RECORDS_UNTIL))
        if first and last and last < first:
            wrong.append(
                (self._at[Field.RECORDS_UNTIL], f"{long_day(last)} is before {long_day(first)}.")
            )
        for office in facts.offices:
            wrong += [each for each in self._contradictions(office) if each not in wrong]

    @property
    def _title(self) -> int:
        return self._at.get(Field.TITLE, -1)

    def _contradictions(self, office: Office) -> Iterator[tuple[int, str]]:
        before: list[EventInput] = []
        for wanted, each in events_of(office):
            sent_on = office.days.get(Field.SENT_ON)
            for _, sentence in events.contradictions(each, before, sent_on):
                yield self._at[wanted], sentence
            before.append(each)

    def _same(self, facts: RowFacts, wrong: Wrong) -> bool:
        """Tell of a row that repeats another of the file, and say if it is on file already."""
        reference = facts.texts.get(Field.REFERENCE, "")
        if reference and reference in self._seen:
            wrong.append(
                (
                    self._at[Field.REFERENCE],
                    (
                        f"Row {self._seen[reference]} has the same reference. Each request has its "
                        "own; put several offices into one row, between semicolons."
                    ),
                )
            )
        elif reference:
            self._seen[reference] = facts.number
        return self.repeats(facts) is not None

    def repeats(self, facts: RowFacts) -> str | None:
        """Return the code of the request on file that a row seems to be, if there is one."""
        reference = facts.texts.get(Field.REFERENCE, "")
        if reference and (found := self._on_file.references.get(reference)):
            return found
        title = plain(facts.texts.get(Field.TITLE, ""))
        if found := self._on_file.letters.get((title, facts.days.get(Field.SENT_ON))):
            return found
        numbers = (each for office in facts.offices for each in office.numbers)
        return next((f for each in numbers if (f := self._on_file.numbers.get(each))), None)


def plain(text: str) -> str:
    """Return a name as it is compared: without capitals, dots and doubled blanks."""
    return " ".join(text.lower().replace(".", "").split())


def names_of(agencies: Sequence[Agency]) -> dict[str, str]:
    """Return the offices by every name they go by; one that two of them share names neither."""
    found: dict[str, set[str]] = {}
    for each in agencies:
        for name in (each.id, each.name, each.short_name, *each.aliases):
            if name:
                found.setdefault(plain(name), set()).add(each.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


_BLANK = EventInput(kind=EventKind.HAPPENED, happened_on=date(1900, 1, 1))


def events_of(office: Office) -> list[tuple[Field, EventInput]]:
    """Return what happened at an office, as it would be logged; worked out once for each."""
    if office.happened is None:
        office.happened = [
            (wanted, _happened(office, kind, office.days[wanted]))
            for wanted, kind in HAPPENED.items()
            if wanted in office.days
        ]
    return office.happened


def _happened(office: Office, kind: EventKind, day: date) -> EventInput:
    # Copied and not made anew: what the cells say was checked, and fifty thousand rows ask for it.
    outcome = office.outcome if kind is EventKind.DETERMINATION else None
    return _BLANK.model_copy(update={"kind": kind, "happened_on": day, "outcome": outcome})


def waiver(text: str) -> str:
    """Return why fees should be waived, as a cell says it; empty where it was not asked.

    >>> waiver("No"), waiver("Yes")
    ('', 'Asked, as the imported spreadsheet says.')
    """
    if plain(text) in NO:
        return ""
    return "Asked, as the imported spreadsheet says." if plain(text) in YES else text


def refuse_unmatched(columns: Mapping[int, Field], headers: Sequence[str]) -> None:
    """Raise Malformed where no column is the title, or two columns mean the same."""
    problems: dict[str, str] = {}
    if Field.TITLE not in columns.values():
        problems["columns"] = "Say which column holds the title: what each request asks for."
    by: dict[Field, int] = {}
    for at, wanted in columns.items():
        if wanted in by:
            problems[f"column_{at}"] = (
                f"Column {letters(by[wanted])} means this already. Choose one of the two."
            )
        by.setdefault(wanted, at)
        if not 0 <= at < len(headers):
            problems["columns"] = f"There is no column {letters(at)} in this file."
    if problems:
        raise Malformed(problems)

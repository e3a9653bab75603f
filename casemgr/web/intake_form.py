"""Read what was typed of a new request: lines of items, offices and requesters, days and money.

A field of a line has its number in its name: `office_2`, `sent_2`. Lines need not be without gaps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from casemgr.domain.prose import full_day
from casemgr.domain.words import Intake, SendMethod
from casemgr.errors import Malformed
from casemgr.usecases.intake import Ready
from casemgr.usecases.requests import NewRequest
from casemgr.web import typed
from casemgr.web.page import sentence_for

Typed = Mapping[str, str]

DAYS = ("requested_on", "records_from", "records_until")
_LINE = re.compile(r"^(item|office|sent|about|how|proof|requester|new_requester)_(\d{1,6})$")
_OFFICE = re.compile(r"^to_([A-Za-z0-9_.-]{1,24})$")
_DIFFERENT = re.compile(r"^other_(R-[0-9A-Z]{4,16})$")
_MONEY = re.compile(r"^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{2}))?$", re.ASCII)

# What each page of the second door asks for; a name that ends in _ stands for every line of it.
PARTS: Mapping[str, tuple[str, ...]] = {
    "records": ("title", "matter_id", "item_", "records_from", "records_until", "past"),
    "offices": ("to_", "q"),
    "asking": ("requester_", "new_requester_", "fee_category", "fee_limit", "seen_asking"),
}
_ALWAYS = ("page",)

NO_TITLE = "Give it a short title: what the records are about, in a few words."
NO_MATTER = "Choose the matter it belongs to."
NO_ITEM = "Write what it asks for. One kind of record is enough."
NO_OFFICE = "Choose at least one office."
NO_OFFICE_HERE = "Choose the office for this line, or remove the line."
NO_DAY = (
    "Enter the date it was sent, like 9/8/2026. If you are not sure of the day, tick the box "
    "beside it."
)
NO_MONEY = "Type an amount in dollars, like 25 or 25.50."


_PLAIN = {
    "title", "matter_id", *DAYS, "fee_category", "fee_limit", "fee_waiver", "fee_waiver_because",
    "expedition", "expedition_because", "past", "q", "page", "seen_asking",
}  # fmt: skip


def is_known(name: str) -> bool:
    """Say whether a field is one of these pages'; anything else is not kept."""
    return name in _PLAIN or any(form.match(name) for form in (_LINE, _OFFICE, _DIFFERENT))


def lines(said: Typed, *names: str) -> list[int]:
    """Return the numbers of the lines that have a field of one of these names, in order."""
    found = (_LINE.match(name) for name in said)
    return sorted({int(each[2]) for each in found if each and each[1] in names})


def offices(said: Typed) -> list[str]:
    """Return the offices ticked in a list."""
    return [found[1] for name in said if (found := _OFFICE.match(name)) and said[name]]


def different(said: Typed) -> set[str]:
    """Return the requests of which somebody said that this one is another."""
    return {found[1] for name in said if (found := _DIFFERENT.match(name))}


def of_part(part: str) -> Callable[[str], bool]:
    """Return what tells whether a field is one of a page's."""
    names = (*PARTS[part], *_ALWAYS)
    return lambda name: any(
        name.startswith(each) if each.endswith("_") else name == each for each in names
    )


def echoes(said: Typed, today: date) -> dict[str, str]:
    """Return each typed day written out with its weekday, or why it is none."""
    names = [*DAYS, *(f"sent_{number}" for number in lines(said, "sent"))]
    return {name: _echo(said[name], today) for name in names if said.get(name, "").strip()}


def _echo(text: str, today: date) -> str:
    try:
        return full_day(typed.day(text, today))
    except ValueError as wrong:
        return str(wrong)


# In the order of the pages, from top to bottom.
_PLACES = (
    "", "file", "matter_id", "title", "offices", "office", "sent", "how", "proof", "items", "item",
    "fee_waiver_because", "expedition_because", "requested_on", "records_from", "records_until",
    "fee_category", "fee_limit", "requester", "new_requester",
)  # fmt: skip


def in_order(problems: Typed) -> dict[str, str]:
    """Return problems in the order in which their fields stand on the page."""
    return dict(sorted(problems.items(), key=_place))


def _place(problem: tuple[str, str]) -> tuple[int, int, int]:
    name = problem[0]
    found = _LINE.match(name)
    kind, number = (found[1], int(found[2])) if found else (name, 0)
    at = _PLACES.index(kind) if kind in _PLACES else len(_PLACES)
    of_office = kind in {"office", "sent", "how", "proof"}
    return (_PLACES.index("office") if of_office else at), number, at


# --- from what was typed to a request


@dataclass
class Reading:
    """What was typed as a request that can be saved, or what is wrong with each field."""

    ready: Ready | None = None
    problems: dict[str, str] = field(default_factory=dict)
    request: NewRequest | None = None  # also where only the matter is missing

    def of(self, part: str) -> dict[str, str]:
        """Return the problems of one page of the second door."""
        is_of = of_part(part)
        return {
            name: says
            for name, says in self.problems.items()
            if is_of(name) or (name, part) in {("items", "records"), ("offices", "offices")}
        }


def read(said: Typed, intake: Intake, today: date) -> Reading:
    """Read a whole draft; every problem is told at once, beside its field."""
    reader = _Reader(said, intake, today)
    given = reader.given()
    reading = Reading(problems=reader.problems)
    try:
        reading.request = NewRequest.model_validate(given)
    except ValidationError as wrong:
        for error in wrong.errors():
            reading.problems.setdefault(reader.field_of(error["loc"]), sentence_for(dict(error)))
    if not said.get("matter_id", "").strip():
        reading.problems.setdefault("matter_id", NO_MATTER)
    if reading.request is None or reading.problems:
        return reading
    try:
        reading.ready = Ready(
            matter_id=said["matter_id"],
            request=reading.request,
            new_requesters=reader.new_requesters(),
        )
    except ValidationError as wrong:
        for error in wrong.errors():
            reading.problems.setdefault(reader.field_of(error["loc"]), sentence_for(dict(error)))
    return reading


def beside_fields(
    wrong: Malformed | Mapping[str, str], said: Typed, intake: Intake
) -> dict[str, str]:
    """Return the problems of a use case by the fields of the page, not by its own names."""
    problems = wrong.problems if isinstance(wrong, Malformed) else wrong
    reader = _Reader(said, intake, date.min)
    return {
        reader.field_of([int(p) if p.isdecimal() else p for p in name.split(".")]): says
        for name, says in problems.items()
    }


class _Reader:
    """Reads one draft; `problems` gathers what cannot be read at all."""

    def __init__(self, said: Typed, intake: Intake, today: date) -> None:
        self.said = {name: text.strip() for name, text in said.items()}
        self.intake, self.today = intake, today
        self.problems: dict[str, str] = {}
        self.items = [n for n in lines(self.said, "item") if self.said[f"item_{n}"]]
        self.asking = [n for n in lines(self.said, "requester") if self.said[f"requester_{n}"]]
        self.sent = [n for n in lines(self.said, "office", "sent", "proof") if self._is_line(n)]

    def _is_line(self, number: int) -> bool:
        return any(self.said.get(f"{name}_{number}") for name in ("office", "sent", "proof"))

    def given(self) -> dict[str, Any]:
        """Return the values of a new request; what cannot be read is left out and noted."""
        if not self.said.get("title"):
            self.problems["title"] = NO_TITLE
        if not self.items:
            self.problems["items"] = NO_ITEM
        given: dict[str, Any] = {
            "title": self.said.get("title") or "–",
            "items": [self.said[f"item_{n}"] for n in self.items],
            "requester_ids": [self.said[f"requester_{n}"] for n in self.asking],
            "fee_category": self.said.get("fee_category") or "other",
            "fee_limit_cents": self._cents("fee_limit"),
            **{name: self._day(name) for name in DAYS},
        }
        return given | (self._to() if self.intake is Intake.NEW else self._sent_to(given))

    def _to(self) -> dict[str, Any]:
        chosen = offices(self.said)
        if not chosen:
            self.problems["offices"] = NO_OFFICE
        return {"agency_ids": chosen, "requested_on": None}

    def _sent_to(self, given: Mapping[str, Any]) -> dict[str, Any]:
        if not self.sent:
            self.problems["offices"] = NO_OFFICE
        sendings = [self._sending(number) for number in self.sent]
        days = [each["sent_on"] for each in sendings if each["sent_on"]]
        return {
            "sendings": sendings,
            # Where the letter bears no day of its own it is of the day it first went out.
            "requested_on": given["requested_on"] or min(days, default=None),
            "asks_fee_waiver": bool(self.said.get("fee_waiver")),
            "fee_waiver_because": self.said.get("fee_waiver_because", ""),
            "asks_expedition": bool(self.said.get("expedition")),
            "expedition_because": self.said.get("expedition_because", ""),
        }

    def _sending(self, number: int) -> dict[str, Any]:
        if not self.said.get(f"office_{number}"):
            self.problems[f"office_{number}"] = NO_OFFICE_HERE
        if not self.said.get(f"sent_{number}"):
            self.problems[f"sent_{number}"] = NO_DAY
        return {
            "agency_id": self.said.get(f"office_{number}") or "-",
            "sent_on": self._day(f"sent_{number}"),
            "certainty": "about" if self.said.get(f"about_{number}") else "exact",
            "method": self.said.get(f"how_{number}") or SendMethod.UNKNOWN.value,
            "proof": self.said.get(f"proof_{number}", ""),
        }

    def _day(self, name: str) -> date | None:
        text = self.said.get(name, "")
        if not text:
            return None
        try:
            return typed.day(text, self.today)
        except ValueError as wrong:
            self.problems[name] = str(wrong)
            return None

    def _cents(self, name: str) -> int | None:
        text = self.said.get(name, "")
        if not text:
            return None
        found = _MONEY.match(text)
        if found is None:
            self.problems[name] = NO_MONEY
            return None
        return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)

    def new_requesters(self) -> list[str]:
        """Return the names of organisations that are not in the list."""
        numbers = lines(self.said, "new_requester")
        return [name for n in numbers if (name := self.said[f"new_requester_{n}"])]

    def field_of(self, place: Iterable[str | int]) -> str:
        """Return the field of the page that a value of the request was read from."""
        match [each for each in place if each != "request"]:
            case ["items", int(at), *_] if at < len(self.items):
                return f"item_{self.items[at]}"
            case ["requester_ids", int(at), *_] if at < len(self.asking):
                return f"requester_{self.asking[at]}"
            case ["requester_ids", *_]:
                return f"requester_{self.asking[0]}" if self.asking else "requester_1"
            case ["new_requesters" | "name", *_]:
                return "new_requester_1"
            case ["sendings", int(at), name, *_] if at < len(self.sent):
                return f"{_OF_SENDING.get(str(name), 'office')}_{self.sent[at]}"
            case ["sendings" | "agency_ids", *_]:
                return "offices"
            case ["fee_limit_cents", *_]:
                return "fee_limit"
            case [str(name), *_]:
                return name
        return ""


_OF_SENDING = {"agency_id": "office", "sent_on": "sent", "method": "how", "proof": "proof"}

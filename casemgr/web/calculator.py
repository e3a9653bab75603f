"""The calculator, for everybody: any rule and an agency's clock; the address is the question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep
from casemgr.domain.clock_events import KINDS, OUTCOMES
from casemgr.domain.counting import SERVICES
from casemgr.domain.words import EventKind
from casemgr.law.calls import answer_under
from casemgr.law.reader import Law
from casemgr.usecases.views.deadlines import Proof
from casemgr.web import speak, typed
from casemgr.web.page import page, page_router

router = page_router()

MOST_EVENTS = 30
BLANK_ROWS = 3
LONGEST = 200  # characters of one field
WORDS = ("rule", "court", "agency", "service", "whose")
DAYS = ("trigger", "trigger_until", "requested_on", "law_as_of")

SERVED = [(each, speak.words(each)) for each in SERVICES]
HAPPENED = [(each, speak.KINDS[EventKind(each)]) for each in KINDS]
DECIDED = [(each, speak.words(each)) for each in OUTCOMES]


@dataclass
class Asked:
    """What stands in the address, the law call it makes, and what is wrong with each field."""

    typed: Mapping[str, str]
    today: date
    call: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """Return a field as it was typed."""
        return self.typed.get(name, "").strip()

    def day(self, name: str, *, needed: bool = False) -> str | None:
        """Return a field as an ISO day, noting what is wrong with it."""
        said = self.word(name)
        if not said:
            if needed:
                self.problems[name] = "Give this day."
            return None
        try:
            return typed.day(said, self.today).isoformat()
        except ValueError as wrong:
            self.problems[name] = str(wrong)
            return None


@router.get("/calculator")
def show_calculator(http: Request, desk: DeskDep) -> Response:
    """Count a date by any rule, or run a clock; nothing is kept, and nobody need sign in."""
    given = {name: value[:LONGEST] for name, value in http.query_params.items()}
    asked = Asked(given, desk.now().astimezone(desk.zone).date())
    answer = _answer(desk.law, asked)
    shown: dict[str, Any] = {
        "law": desk.law,
        "rule_choices": [(one.id, f"{one.title} ({one.id})") for one in desk.law.rules.values()],
        "court_choices": [(one.id, one.name) for one in desk.law.almanac.courts.values()],
        "agency_choices": [(one.id, one.name) for one in desk.law.almanac.agencies.values()],
        "served": SERVED,
        "happened": HAPPENED,
        "decided": DECIDED,
        "rows": _rows(given),
        "do": asked.word("do"),
        "answer": answer,
        "proof": Proof(answer["steps"], answer.get("readings", ()), answer) if answer else None,
    }
    status = 422 if asked.problems else 200
    return page(http, "calculator", status=status, typed=given, problems=asked.problems, **shown)


def _answer(law: Law, asked: Asked) -> dict[str, Any] | None:
    """Ask the law what the address asks; None where nothing is asked or something is wrong."""
    make = _MAKE.get(asked.word("do"))
    if make is None or set(asked.typed) == {"do"}:
        return None
    make(asked)
    if asked.problems:
        return None
    found = answer_under(law, asked.call)
    if "error" in found:
        asked.problems["trigger" if asked.call["do"] == "due" else ""] = found["error"]
        return None
    return found


def _due(asked: Asked) -> None:
    words = {name: asked.word(name) for name in WORDS}
    days = {name: asked.day(name, needed=name == "trigger") for name in DAYS}
    if not words["rule"]:
        asked.problems["rule"] = "Choose a rule."
    call = {"do": "due", **words, **days, "closed": _closed(asked)}
    asked.call = {name: value for name, value in call.items() if value}
    if asked.word("abroad"):
        asked.call["abroad"] = True


def _closed(asked: Asked) -> list[str]:
    """Read days with a semicolon or a line between them: a comma may stand within a day."""
    found = []
    for said in asked.word("closed").replace("\n", ";").split(";"):
        if not said.strip():
            continue
        try:
            found.append(typed.day(said, asked.today).isoformat())
        except ValueError as wrong:
            asked.problems["closed"] = str(wrong)
    return found


def _clock(asked: Asked) -> None:
    requested_on = asked.day("requested_on", needed=True)
    as_of = asked.day("as_of") or asked.today.isoformat()
    events = list(_events(asked))
    if not events:
        asked.problems.setdefault("kind_1", "Name one thing that happened, such as the receipt.")
    asked.call = {"do": "clock", "requested_on": requested_on, "as_of": as_of, "events": events}
    if asked.word("agency"):
        asked.call["agency"] = asked.word("agency")


def _events(asked: Asked) -> Iterator[dict[str, Any]]:
    for row in range(1, MOST_EVENTS + 1):
        kind = asked.word(f"kind_{row}")
        if not kind:
            continue
        event: dict[str, Any] = {
            "kind": kind,
            "on": asked.day(f"on_{row}", needed=True),
            "until_on": asked.day(f"until_{row}"),
        }
        outcome = asked.word(f"outcome_{row}")
        if outcome:
            event |= {"outcome": outcome, "adverse": outcome != "granted"}
        yield {name: value for name, value in event.items() if value is not None}


_MAKE = {"due": _due, "clock": _clock}


def _rows(given: Mapping[str, str]) -> range:
    """Return the rows for events: as many as were used, and a few more."""
    used = [row for row in range(1, MOST_EVENTS + 1) if given.get(f"kind_{row}", "").strip()]
    return range(1, min(MOST_EVENTS, max(used, default=0) + BLANK_ROWS) + 1)

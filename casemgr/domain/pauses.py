"""When an agency's clock stands still, and when a period with pauses runs out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.domain.calendars import Calendar
from casemgr.domain.clock_events import ClockEvent
from casemgr.domain.holidays import ONE_DAY


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from the agency's question until it has the answer, both days included.

    552(a)(6)(A)(ii): days are counted through the day before the question, and again from the
    working day after the answer arrives. `reply` is None while the answer is awaited.
    """

    question: ClockEvent
    reply: ClockEvent | None

    def days(self, *, late: bool) -> tuple[date, date | None]:
        """Return the first and last day it can cover at its longest (`late`) or its shortest."""
        first = self.question.on if late else self.question.latest
        if self.reply is None:
            return first, None
        return first, self.reply.latest if late else self.reply.on


def pair(questions: Sequence[ClockEvent], replies: Sequence[ClockEvent]) -> list[Pause]:
    """Join each question with the first answer that came on its day or after it."""
    return [
        Pause(question, next((reply for reply in replies if reply.latest >= question.on), None))
        for question in questions
    ]


def runs_out(
    start: date, n: int, pauses: Iterable[tuple[date, date | None]], days: Calendar
) -> date | None:
    """Return the nth working day after `start` outside the pauses, or None while one is open.

    A pause that begins after the time has run changes nothing.
    """
    due = days.after(start, n)
    for first, last in merged(pauses):
        if first > due:
            break
        if last is None:
            return None
        stood = days.between(max(start, first - ONE_DAY), max(start, last))
        due = days.after(due, stood) if stood else due
    return due


def merged(pauses: Iterable[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    """Join pauses that overlap, so that no day is left out twice; leave out empty ones."""
    found: list[tuple[date, date | None]] = []
    for first, last in sorted(pauses, key=lambda one: (one[0], one[1] or date.max)):
        if last is not None and last < first:
            continue
        if found and (found[-1][1] is None or first <= found[-1][1]):
            before, until = found[-1]
            longer = None if until is None or last is None else max(until, last)
            found[-1] = (before, longer)
        else:
            found.append((first, last))
    return found

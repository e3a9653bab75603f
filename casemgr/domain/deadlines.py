"""What a deadline is on a day, and how a newly derived one compares with the one on file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from casemgr.domain.words import DeadlineKind, DeadlineState, Side


@dataclass(frozen=True)
class Derived:
    """A deadline as facts and law give it today; `key` stays the same when its date moves.

    `prove` makes the proof as JSON. It is made when the deadline is kept, for most are found to
    stand as they are.
    """

    key: str
    title: str
    whose: Side
    kind: DeadlineKind
    rule: str | None
    due: date | None
    safe: date | None = None
    earliest: date | None = None
    latest: date | None = None
    text_since: date | None = None
    status: str = "verified"
    certain: bool = True
    uncertain_because: str = ""
    readings: tuple[Mapping[str, Any], ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()
    prove: Callable[[], Mapping[str, Any]] = field(default=dict, compare=False)
    belongs_to: Mapping[str, str | None] = field(default_factory=dict)
    done_on: date | None = None
    done_how: str = ""
    counts_from: date | None = None  # the day the period runs from: its span ends with `latest`

    @cached_property
    def fingerprint(self) -> str:
        """Return the SHA-256 over everything that, if it differs, makes another deadline."""
        what = [
            self.title,
            self.whose,
            self.rule,
            self.due,
            self.safe,
            self.earliest,
            self.latest,
            self.certain,
            self.uncertain_because,
            list(self.readings),
            list(self.steps),
        ]
        said = json.dumps(what, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Owed:
    """A reminder to a person on a day: `person` is an id until somebody puts names to them."""

    person: str
    on: date


@dataclass(frozen=True, slots=True)
class Moved:
    """What a change of facts or law did, or would do, to one deadline.

    `deadline_id` is the date that was on file, None where there was none. `owners` are those who
    are reminded; `cancelled` are the reminders that fall away, `made` those that are owed instead.
    `steps` is the new proof.
    """

    what: Literal["made", "moved", "withdrawn", "done", "reopened", "overridden"]
    matter_id: str
    deadline_id: str | None
    title: str
    whose: Side
    rule: str | None
    was: date | None
    due: date | None
    safe_was: date | None
    safe: date | None
    owners: tuple[str, ...]
    cancelled: tuple[Owed, ...]
    made: tuple[Owed, ...]
    steps: tuple[Mapping[str, Any], ...]
    because: str


def state_on(
    today: date,
    *,
    known_on: date,
    superseded_on: date | None,
    done_on: date | None,
    due: date | None,
    latest: date | None,
    certain: bool,
) -> DeadlineState:
    """Return what a deadline is on a day.

    A date that rests on something unconfirmed is late only when it is late on every reading.

    >>> state_on(date(2010, 10, 29), known_on=date(2010, 10, 28), superseded_on=None,
    ...          done_on=None, due=date(2010, 11, 12), latest=date(2010, 11, 15), certain=False)
    <DeadlineState.NOT_CONFIRMED: 'not_confirmed'>
    """
    if known_on > today:
        return DeadlineState.NOT_YET
    if superseded_on is not None and superseded_on <= today:
        return DeadlineState.SUPERSEDED
    if done_on is not None and done_on <= today:
        return DeadlineState.DONE
    last = due if certain else latest
    if last is not None and last < today:
        return DeadlineState.OVERDUE
    return DeadlineState.DUE if certain and due is not None else DeadlineState.NOT_CONFIRMED


def spread(dates: Iterable[date | None]) -> tuple[date | None, date | None]:
    """Return the earliest and the latest of the known dates."""
    known = [day for day in dates if day is not None]
    return (min(known), max(known)) if known else (None, None)

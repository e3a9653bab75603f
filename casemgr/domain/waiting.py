"""Periods a court sets running from a paper still to come, and the paper that sets them running.

"Replies are due seven days after service of the oppositions" is no day yet: it waits. It fires when
an opposition is docketed, and then it is counted like any period of an order (Fed. R. Civ. P. 6(a)
counts periods of court orders too, and moves a last day that is closed). "Seven days before the
conference" waits for the conference to be set, and moves with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from casemgr.domain.docket_entries import Kinded
from casemgr.domain.words import AwaitedAct, EntryKind, PeriodUnit, Side


class Waiting(Protocol):
    """What a waiting deadline waits for, as far as firing it goes.

    `docket_entry_id` is the entry whose words set the period; `fired_by_id` an entry that a person
    chose as the one it waited for.
    """

    @property
    def docket_entry_id(self) -> str | None: ...
    @property
    def awaits(self) -> EntryKind | None: ...
    @property
    def awaits_by(self) -> Side | None: ...
    @property
    def fired_by_id(self) -> str | None: ...


class Docketed(Kinded, Protocol):
    """A row of the docket, as far as it can set a period running."""

    @property
    def id(self) -> str: ...
    @property
    def filed_by(self) -> Side: ...
    @property
    def answers_id(self) -> str | None: ...
    @property
    def decides_ids(self) -> Sequence[str]: ...


Entry = TypeVar("Entry", bound=Docketed)

_RULINGS = frozenset({EntryKind.ORDER, EntryKind.OPINION, EntryKind.JUDGMENT})


def set_going(waiting: Waiting, docket: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries that set a waiting period running, in order; none where it still waits.

    These are the papers awaited that came after the words, and of several to different motions
    those to the first one only. The last of them counts: "service of the oppositions" is complete
    when the last is served. An entry that a person chose stands alone.
    """
    in_order = sorted(docket, key=_place)
    if waiting.fired_by_id is not None:
        return tuple(each for each in in_order if each.id == waiting.fired_by_id)
    words = next((each for each in in_order if each.id == waiting.docket_entry_id), None)
    found = [
        each
        for each in in_order
        if _is_awaited(each, waiting) and (words is None or _place(each) > _place(words))
    ]
    if not found or found[0].answers_id is None:
        return tuple(found[:1])
    return tuple(each for each in found if each.answers_id == found[0].answers_id)


def _place(entry: Docketed) -> tuple[date, int, int, str]:
    return entry.filed_on, entry.number or 0, entry.part or 0, entry.kind.value


def _is_awaited(entry: Docketed, waiting: Waiting) -> bool:
    if entry.part is not None or waiting.awaits_by not in (None, entry.filed_by):
        return False
    if waiting.awaits in _RULINGS:
        # An order that decides nothing is not the decision somebody waits for.
        return entry.kind in _RULINGS and bool(entry.decides_ids)
    return entry.kind is waiting.awaits


# --- periods that run to a hearing, or from one


class ToAHearing(Protocol):
    """A period as far as it may run to a hearing: `hearing_id` is the one a person chose."""

    @property
    def act(self) -> AwaitedAct: ...
    @property
    def hearing_id(self) -> str | None: ...
    @property
    def words(self) -> str: ...


class Heard(Protocol):
    """One time that a hearing was set for: `first_id` holds the times of one hearing together."""

    @property
    def id(self) -> str: ...
    @property
    def first_id(self) -> str | None: ...
    @property
    def title(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def superseded_on(self) -> date | None: ...


Meeting = TypeVar("Meeting", bound=Heard)

TO_A_HEARING = frozenset({AwaitedAct.BEFORE_HEARING, AwaitedAct.AFTER_HEARING})
_NAMED_HEARING = re.compile(
    r"(?i)\b(?:before|prior to|in advance of|after|following)(?: the (?:date|start|beginning) of)?"
    r"(?: the| that| such)? (?P<of>(?:[a-z-]+ ){0,4}?(?:trial|hearing|conference|argument))\b"
)


def is_to_a_hearing(waiting: ToAHearing) -> bool:
    """Say whether a period runs to a hearing or from one, and not from a paper."""
    return waiting.act in TO_A_HEARING


def hearing_meant(
    waiting: ToAHearing, hearings: Sequence[Meeting], since: date | None, today: date
) -> Meeting | None:
    """Return the hearing a period runs to, at the time it is set for today; None while it waits.

    The one a person chose; else the first one from the day of the words on that they name: "the
    status conference" is no "pretrial conference", and "the conference" is either.
    """
    standing = sorted(
        (one for one in hearings if one.superseded_on is None or one.superseded_on > today),
        key=lambda one: (one.on, one.title),
    )
    if waiting.hearing_id is not None:
        chosen = {one.first_id or one.id for one in hearings if one.id == waiting.hearing_id}
        return next((one for one in standing if (one.first_id or one.id) in chosen), None)
    named = _naming(waiting.words)
    return next(
        (
            one
            for one in standing
            if (since is None or one.on >= since) and named <= _in_a_word(one.title)
        ),
        None,
    )


def _naming(words: str) -> frozenset[str]:
    found = _NAMED_HEARING.search(words)
    return _in_a_word(found["of"]) if found else frozenset()


def _in_a_word(named: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", named.casefold().replace("pre-trial", "pretrial")))


# --- what words name

_NAMED: tuple[tuple[re.Pattern[str], EntryKind], ...] = tuple(
    (re.compile(rf"(?i)\b(?:{pattern})\b"), kind)
    for pattern, kind in (
        (r"repl(?:y|ies)", EntryKind.REPLY),
        (r"oppositions?|responses?|opposing", EntryKind.OPPOSITION),
        (r"answers?", EntryKind.ANSWER),
        (r"complaint", EntryKind.COMPLAINT),
        (r"reconsideration", EntryKind.RECONSIDERATION),
        (r"notices? of appeal", EntryKind.NOTICE_OF_APPEAL),
        (r"stipulations?", EntryKind.STIPULATION),
        (r"motions?|moving papers", EntryKind.MOTION),
        (r"judgment", EntryKind.JUDGMENT),
        (r"orders?|opinions?|decisions?|rulings?", EntryKind.ORDER),
        (r"declarations?|affidavits?|Vaughn index", EntryKind.DECLARATION),
        (r"letters?|reports?", EntryKind.LETTER),
    )
)


def kind_named(words: str) -> EntryKind | None:
    """Return the kind of paper that words name, the first one named; None where they name none.

    >>> kind_named("oppositions to the motion"), kind_named("the transcript")
    (<EntryKind.OPPOSITION: 'opposition'>, None)
    """
    found = [(at.start(), kind) for pattern, kind in _NAMED if (at := pattern.search(words))]
    return min(found)[1] if found else None


def side_named(who: str) -> Side | None:
    """Return whose paper or duty words name: we are the plaintiffs of every suit here.

    >>> side_named("Defendants"), side_named("")
    (<Side.THEIRS: 'theirs'>, None)
    """
    if re.match(r"(?i)(?:plaintiff|petitioner)", who):
        return Side.OURS
    if re.match(r"(?i)(?:defendant|respondent|government)", who):
        return Side.THEIRS
    return None


_UNITS = {
    "days": PeriodUnit.DAYS,
    "business days": PeriodUnit.WORKING_DAYS,
    "weeks": PeriodUnit.WEEKS,
    "months": PeriodUnit.MONTHS,
}


def unit_named(unit: str) -> PeriodUnit:
    """Return the unit that an order's words name."""
    return _UNITS.get(unit, PeriodUnit.DAYS)


_SO_MANY = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
_SAID_UNIT = {PeriodUnit.WORKING_DAYS: "working day"}


def period(count: int, unit: PeriodUnit) -> str:
    """Return a period in words.

    >>> period(7, PeriodUnit.DAYS), period(1, PeriodUnit.MONTHS)
    ('seven days', 'one month')
    """
    number = _SO_MANY[count] if count < len(_SO_MANY) else str(count)
    name = _SAID_UNIT.get(unit, unit.value.removesuffix("s"))
    return f"{number} {name}" if count == 1 else f"{number} {name}s"


_HAPPENS = {
    AwaitedAct.SERVICE: "served",
    AwaitedAct.FILING: "filed",
    AwaitedAct.ENTRY: "entered",
    AwaitedAct.RECEIPT: "received",
    AwaitedAct.DECISION: "decided",
    AwaitedAct.BEFORE_HEARING: "set",
    AwaitedAct.AFTER_HEARING: "set",
}


def happens(act: AwaitedAct) -> str:
    """Return what must happen to the paper: `served`."""
    return _HAPPENS[act]

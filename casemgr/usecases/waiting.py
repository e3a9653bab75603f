"""Waiting deadlines: periods a court set that run from a paper or to a hearing still to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from casemgr.db.tables import DocketEntry, Hearing, Lawsuit, WaitingDeadline
from casemgr.domain.docket_days import Awaited
from casemgr.domain.prose import with_capital
from casemgr.domain.waiting import (
    TO_A_HEARING,
    is_to_a_hearing,
    kind_named,
    period,
    side_named,
    unit_named,
)
from casemgr.domain.words import AwaitedAct, EntryKind, PeriodUnit, Side
from casemgr.fields import Code, Input, Printable, ShortText
from casemgr.usecases.litigation import Title, change_fact, of_lawsuit, record_fact
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Length = Annotated[int, Field(ge=1, le=1000)]


class WaitingInput(Input):
    """A period a court set running from something still to come, and the words that set it.

    `asks` is the paper that fulfils it, `awaits` the paper that fires it (`awaits_by`: whose), and
    `act` what must happen to that paper. `fired_by_id` names the entry that fired it where the
    docket does not show it. Where `act` is `before_hearing` or `after_hearing` no paper is awaited:
    it runs to the hearing `hearing_id`, or to the first one that the words name. With `every` the
    same is due again so many `every_unit` after it, and again.
    """

    title: Title
    whose: Side
    asks: EntryKind | None = None
    length: Length
    unit: PeriodUnit = PeriodUnit.DAYS
    act: AwaitedAct = AwaitedAct.SERVICE
    awaits: EntryKind | None = None
    awaits_by: Side | None = None
    fired_by_id: Code | None = None
    hearing_id: Code | None = None
    every: Length | None = None
    every_unit: PeriodUnit = PeriodUnit.DAYS
    words: Annotated[str, Field(max_length=1000), Printable] = ""
    docket_entry_id: Code | None = None
    source: ShortText = ""


def record_waiting(work: Work, lawsuit_id: str, given: WaitingInput) -> WaitingDeadline:
    """Record a waiting deadline; it fires at once where the paper it waits for is docketed."""
    return record_fact(
        work,
        lawsuit_id,
        WaitingDeadline,
        given,
        _check,
        tag="waiting_deadline.recorded",
        title=given.title,
        because=f"the court set {period(given.length, given.unit)} for {given.title}",
    )


def change_waiting(
    work: Work, waiting_id: str, given: WaitingInput, *, version: int | None = None
) -> WaitingDeadline:
    """Correct a waiting deadline, or name the entry that fired it."""
    because = f"the waiting deadline {given.title} was corrected"
    return change_fact(
        work, WaitingDeadline, waiting_id, given, _check, version=version, because=because
    )


def _check(work: Work, lawsuit: Lawsuit, given: WaitingInput) -> WaitingInput:
    checks = Checks(work)
    of_lawsuit(checks, "docket_entry_id", DocketEntry, given.docket_entry_id, lawsuit.id)
    of_lawsuit(checks, "fired_by_id", DocketEntry, given.fired_by_id, lawsuit.id)
    of_lawsuit(checks, "hearing_id", Hearing, given.hearing_id, lawsuit.id)
    for field, sentence in _awaited(given):
        checks.wrong(field, sentence)
    checks.of_a_party("whose", given.whose)
    itself = given.fired_by_id is not None and given.fired_by_id == given.docket_entry_id
    if itself and given.act is not AwaitedAct.ENTRY:
        checks.wrong(
            "fired_by_id", "The entry that sets the period fires it only where its entry counts."
        )
    checks.done()
    return given


def _awaited(given: WaitingInput) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what it waits for: a paper or a hearing, and never both."""
    if is_to_a_hearing(given):
        if given.awaits is not None or given.fired_by_id is not None:
            yield "awaits", "It runs to a hearing: leave the paper out."
        return
    if given.awaits is None:
        yield "awaits", "Say which paper it waits for."
    if given.hearing_id is not None:
        yield "hearing_id", "It waits for a paper: leave the hearing out."


def proposed(entry_id: str, source: str, found: Awaited) -> WaitingInput:
    """Return what an entry's words propose; whose duty it is stays ours until a person says."""
    act = AwaitedAct(found.act)
    paper = kind_named(found.of) or EntryKind.OTHER
    what = with_capital(found.what)
    return WaitingInput(
        title=what[:300],
        whose=side_named(found.who) or Side.OURS,
        asks=kind_named(found.what),
        length=min(max(found.count, 1), 1000),
        unit=unit_named(found.unit),
        act=act,
        awaits=None if act in TO_A_HEARING else paper,
        awaits_by=None if act in TO_A_HEARING else side_named(found.of_whom),
        every=min(found.every, 1000) or None,
        every_unit=unit_named(found.every_unit),
        words=found.words[:1000],
        docket_entry_id=entry_id,
        fired_by_id=entry_id if found.from_itself else None,
        source=source[:500],
    )

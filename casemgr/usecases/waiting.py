"""Waiting deadlines: periods a court set that run from a paper still to come."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casemgr.db.tables import DocketEntry, Lawsuit, WaitingDeadline
from casemgr.domain.docket_days import Awaited
from casemgr.domain.prose import with_capital
from casemgr.domain.waiting import kind_named, period, side_named, unit_named
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
    docket does not show it.
    """

    title: Title
    whose: Side
    asks: EntryKind | None = None
    length: Length
    unit: PeriodUnit = PeriodUnit.DAYS
    act: AwaitedAct = AwaitedAct.SERVICE
    awaits: EntryKind
    awaits_by: Side | None = None
    fired_by_id: Code | None = None
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
    checks.of_a_party("whose", given.whose)
    itself = given.fired_by_id is not None and given.fired_by_id == given.docket_entry_id
    if itself and given.act is not AwaitedAct.ENTRY:
        checks.wrong(
            "fired_by_id", "The entry that sets the period fires it only where its entry counts."
        )
    checks.done()
    return given


def proposed(entry_id: str, source: str, found: Awaited) -> WaitingInput:
    """Return what an entry's words propose; whose duty it is stays ours until a person says."""
    awaits = kind_named(found.of) or EntryKind.OTHER
    what = with_capital(found.what)
    return WaitingInput(
        title=what[:300],
        whose=side_named(found.who) or Side.OURS,
        asks=kind_named(found.what),
        length=min(max(found.count, 1), 1000),
        unit=unit_named(found.unit),
        act=AwaitedAct(found.act),
        awaits=awaits,
        awaits_by=side_named(found.of_whom),
        words=found.words[:1000],
        docket_entry_id=entry_id,
        fired_by_id=entry_id if found.from_itself else None,
        source=source[:500],
    )

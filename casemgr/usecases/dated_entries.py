"""Record a docket entry together with what was decided about the dates it makes.

The dates are shown with their proofs first (`casemgr.usecases.preview`). Then a person keeps or
leaves out each rule, names who sees to each date, and may confirm them; a second person
double-checks each on its own page.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from casemgr.db.tables import Deadline, DocketEntry
from casemgr.domain.access import Right, may
from casemgr.domain.words import Side
from casemgr.errors import Refused
from casemgr.fields import Code, Input
from casemgr.usecases import deadlines, litigation
from casemgr.usecases.deadlines import OwnersInput
from casemgr.usecases.litigation import DocketEntryInput, RuleId, lawsuit_to_change
from casemgr.usecases.work import Work


class MadeDate(Input):
    """Who sees to one of the dates an entry makes: the rule and the side name the date."""

    rule: RuleId
    whose: Side
    owner_id: Code | None = None
    second_id: Code | None = None


def record_with_dates(
    work: Work,
    lawsuit_id: str,
    given: DocketEntryInput,
    dates: Sequence[MadeDate] = (),
    *,
    confirmed: bool = False,
) -> DocketEntry:
    """Record an entry, give its dates to people, and confirm them where somebody counted them.

    `given.without_rules` are the rules left out. What cannot be done leaves nothing behind.
    """
    lawsuit_to_change(work, lawsuit_id)
    if confirmed and not may(work.actor.role, Right.CONFIRM):
        raise Refused("You cannot confirm dates. Save without it, and ask somebody who can.")
    entry = litigation.record_docket_entry(work, lawsuit_id, given)
    wanted = {(each.rule, each.whose): each for each in dates}
    for row in _made_by(work, entry):
        who = wanted.get((row.rule or "", row.whose))
        if who is not None and (who.owner_id or who.second_id):
            owners = OwnersInput(owner_id=who.owner_id, second_id=who.second_id)
            deadlines.assign(work, row.id, owners)
        if confirmed and row.due is not None:
            deadlines.confirm(work, row.id)
    return entry


def _made_by(work: Work, entry: DocketEntry) -> Sequence[Deadline]:
    return work.session.exec(
        select(Deadline)
        .where(
            Deadline.docket_entry_id == entry.id,
            col(Deadline.superseded_on).is_(None),
            col(Deadline.done_on).is_(None),
        )
        .order_by(col(Deadline.due), Deadline.id)
    ).all()

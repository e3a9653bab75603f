"""Which dates follow from which docket entries, and which entries answer them.

The tables say only what sets a rule going and what fulfils it; every date is counted by the law
engine. Sources: Fed. R. Civ. P. 4(m), 54(d)(2), 59, 60(c)(1); Fed. R. App. P. 4(a)(1)(B) and
4(a)(4); Local Civil Rules 6.1(b) and 6.3 of the Southern and Eastern Districts of New York;
5 U.S.C. § 552(a)(4)(C).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.domain.words import EntryKind, Side

SDNY_EDNY = frozenset({"nysd", "nyed"})

OPPOSITION = "lcr.nysd.6_1b.opposition"
REPLY = "lcr.nysd.6_1b.reply"
RECONSIDERATION = "lcr.nysd.6_3.reconsideration"
APPEAL = "frap.4a1b.notice_of_appeal"
SERVICE = "frcp.4m.service"
ANSWER = "foia.answer"
RULE_59 = "frcp.59.motion"
FEES = "frcp.54d2.fee_motion"
RELIEF = "frcp.60c1.motion"

# A motion to reconsider under the local rule stops the time to appeal only if it would also have
# been in time as a motion under Rule 59: 28 days from entry (since 2009-12-01).
TOLLS_WITHIN = timedelta(days=28)

FULFILS = {
    EntryKind.OPPOSITION: OPPOSITION,
    EntryKind.REPLY: REPLY,
    EntryKind.RECONSIDERATION: RECONSIDERATION,
    EntryKind.NOTICE_OF_APPEAL: APPEAL,
    EntryKind.FEE_MOTION: FEES,
}


def other(side: Side) -> Side:
    """Return the opponent; of a paper whose side is not known, ours, which then is on its guard."""
    return Side.THEIRS if side is Side.OURS else Side.OURS


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule set going by an entry: for which side."""

    rule: str
    whose: Side


def triggers(
    kind: EntryKind, filed_by: Side, hurts: frozenset[Side], court: str
) -> tuple[Trigger, ...]:
    """Return the rules an entry sets going in a court, and whose act each asks for.

    An order sets time running for the sides it went against, and for nobody else.
    """
    local = court in SDNY_EDNY
    if kind is EntryKind.COMPLAINT:
        # One read from a docket without a side is ours: in every suit here we are the plaintiffs.
        return (Trigger(SERVICE, Side.OURS if filed_by is Side.COURT else filed_by),)
    if kind in {EntryKind.MOTION, EntryKind.RECONSIDERATION} and local:
        return (Trigger(OPPOSITION, other(filed_by)),)
    if kind is EntryKind.OPPOSITION and local:
        return (Trigger(REPLY, other(filed_by)),)
    if kind in {EntryKind.ORDER, EntryKind.OPINION}:
        asked = (RECONSIDERATION, APPEAL) if local else (APPEAL,)
        return tuple(Trigger(rule, side) for side in sorted(hurts) for rule in asked)
    if kind is EntryKind.JUDGMENT:
        always = (RULE_59, RELIEF, APPEAL)
        sides = tuple(Trigger(rule, side) for side in sorted(hurts) for rule in always)
        return (*sides, Trigger(FEES, Side.OURS))
    return ()


def stops_the_time_to_appeal(entered_on: date, moved_on: date) -> bool:
    """Say whether a motion to reconsider came soon enough to restart the time to appeal."""
    return moved_on <= entered_on + TOLLS_WITHIN

"""What can be pleaded against a component on a day, claim by claim: a pure function of its clock.

Five claims: that the time ran out; that faster processing was refused or not decided; that the
fee waiver was refused; that the search was poor; that records were kept back. A date is never
counted here: each comes from the clock or from an event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casemgr.domain.clock import Clock
from casemgr.domain.words import Outcome

ONE_DAY = timedelta(days=1)
EXHAUSTED = "5 U.S.C. § 552(a)(6)(C)(i)"
OGLESBY = "Oglesby v. Department of the Army, 920 F.2d 57 (D.C. Cir. 1990)"
EXPEDITION = "5 U.S.C. § 552(a)(6)(E)(iii)"
COMPLETE = "5 U.S.C. § 552(a)(6)(E)(iv)"
WAIVER = "5 U.S.C. § 552(a)(4)(A)(vii)"
REVIEW = "5 U.S.C. § 552(a)(4)(B)"


class Kind(StrEnum):
    """What is claimed."""

    TIMELINESS = "timeliness"
    EXPEDITION = "expedition"
    FEE_WAIVER = "fee_waiver"
    SEARCH = "search"
    WITHHOLDING = "withholding"


class Footing(StrEnum):
    """Whether a claim can be pleaded."""

    OPEN = "open"
    IN_SUIT = "in_suit"  # it was open when suit was filed
    APPEAL_FIRST = "appeal_first"
    NOT_YET = "not_yet"
    LOST = "lost"
    NONE = "none"  # nothing happened on which it could rest


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim on one track: its footing, since or until when, why, and what would close it.

    `proof` is the end of the key of the deadline that proves its date; empty where none does.
    """

    kind: Kind
    footing: Footing
    why: str
    authority: str = ""
    since: date | None = None
    until: date | None = None
    closes: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something asked for beside the records: when, and what came of it."""

    on: date | None = None
    decided_on: date | None = None
    outcome: Outcome | None = None

    @property
    def refused(self) -> bool:
        """Whether it was decided, and not granted in full."""
        return self.decided_on is not None and self.outcome not in (None, Outcome.GRANTED)


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What the claims of a track rest on besides its clock; all as known on `as_of`."""

    as_of: date
    clock: Clock
    decided_on: date | None = None
    outcome: Outcome | None = None
    adverse: bool = False
    withheld: bool = False  # exemptions or pages kept back are on file
    appeal_sent_on: date | None = None
    appeal_decided_on: date | None = None
    appeal_adverse: bool = False
    suit_on: date | None = None
    ended_on: date | None = None
    expedition: Asked = Asked()
    waiver: Asked = Asked()
    waiver_window: date | None = None  # the last day to appeal its refusal

    @property
    def ran_out_on(self) -> date | None:
        """The day after the agency's last day, where that passed before it decided."""
        due = self.clock.due
        end = self.decided_on or self.as_of
        return due + ONE_DAY if due is not None and end > due else None

    @property
    def sued_in_time(self) -> bool:
        """Whether suit was filed when the time had run out and nothing was decided yet."""
        ran_out = self.ran_out_on
        if self.suit_on is None or ran_out is None or self.suit_on < ran_out:
            return False
        return self.decided_on is None or self.suit_on < self.decided_on


def ledger(facts: LedgerFacts) -> tuple[Claim, ...]:
    """Return the five claims of a track, in the order of `Kind`."""
    if facts.ended_on is not None and facts.suit_on is None:
        why = "The request was withdrawn or closed."
        return tuple(Claim(kind, Footing.NONE, why) for kind in Kind)
    return tuple(_in_suit(facts, claim) for claim in _claims(facts))


def _claims(facts: LedgerFacts) -> Iterator[Claim]:
    yield _timeliness(facts)
    yield _expedition(facts)
    yield _waiver(facts)
    yield _of_answer(facts, Kind.SEARCH)
    yield _of_answer(facts, Kind.WITHHOLDING)


def _in_suit(facts: LedgerFacts, claim: Claim) -> Claim:
    suit, since = facts.suit_on, claim.since
    if claim.footing is not Footing.OPEN or suit is None or since is None or since > suit:
        return claim
    return Claim(
        claim.kind, Footing.IN_SUIT, claim.why, claim.authority, since, None, "", claim.proof
    )


# --- that the time ran out


def _timeliness(facts: LedgerFacts) -> Claim:
    clock, ran_out = facts.clock, facts.ran_out_on
    kind = Kind.TIMELINESS
    if facts.sued_in_time or (ran_out is not None and facts.decided_on is None):
        return Claim(
            kind,
            Footing.OPEN,
            "The time to decide ran out with no decision.",
            EXHAUSTED,
            since=ran_out,
            closes="A decision before suit. Then an appeal comes first.",
            proof="determination",
        )
    overdue = clock.agency_appeal_due
    if overdue is not None and facts.appeal_decided_on is None and facts.as_of > overdue:
        why = "The time to decide the appeal ran out."
        closes = "A decision on the appeal that grants it."
        since = overdue + ONE_DAY
        return Claim(
            kind, Footing.OPEN, why, EXHAUSTED, since, closes=closes, proof="agency_appeal"
        )
    if facts.decided_on is not None:
        late = clock.lost_on is not None
        why = (
            "They decided late, and before suit: an appeal comes first."
            if late
            else "They decided in time."
        )
        footing = Footing.LOST if late else Footing.NONE
        return Claim(
            kind, footing, why, OGLESBY if late else "", clock.lost_on, proof="determination"
        )
    return _time_still_runs(clock)


def _time_still_runs(clock: Clock) -> Claim:
    if clock.due is not None:
        why = "Their time still runs."
        since = clock.due + ONE_DAY
        return Claim(Kind.TIMELINESS, Footing.NOT_YET, why, EXHAUSTED, since, proof="determination")
    paused = clock.state == "paused"
    why = "Their clock stands: they wait for an answer of ours." if paused else _NO_RECEIPT
    return Claim(Kind.TIMELINESS, Footing.NOT_YET, why, proof="determination" if paused else "")


_NO_RECEIPT = "Nothing on file shows that they have the request."


# --- faster processing


def _expedition(facts: LedgerFacts) -> Claim:
    kind, asked, due = Kind.EXPEDITION, facts.expedition, facts.clock.expedition_due
    if asked.on is None and asked.decided_on is None:
        return Claim(
            kind, Footing.NONE, "Nothing on file says that faster processing was asked for."
        )
    if asked.decided_on is not None and not asked.refused:
        return Claim(kind, Footing.NONE, "Faster processing was granted.")
    if _answered_before_suit(facts):
        why = "They have answered the request. After a complete response no court reviews this."
        return Claim(kind, Footing.LOST, why, COMPLETE, facts.decided_on)
    closes = "A complete response to the request."
    if asked.refused:
        why = "Faster processing was refused. No appeal is needed; the record of that day counts."
        return Claim(kind, Footing.OPEN, why, EXPEDITION, asked.decided_on, closes=closes)
    if due is None:
        return Claim(
            kind,
            Footing.NOT_YET,
            "The day on which it was asked for is not logged, so no day can be counted.",
        )
    late = facts.as_of > due
    why = "They did not decide in ten days." if late else "They still have time to decide."
    footing = Footing.OPEN if late else Footing.NOT_YET
    since = due + ONE_DAY
    return Claim(
        kind, footing, why, EXPEDITION, since, closes=closes if late else "", proof="expedition"
    )


def _answered_before_suit(facts: LedgerFacts) -> bool:
    return facts.decided_on is not None and not facts.sued_in_time


# --- the fee waiver


def _waiver(facts: LedgerFacts) -> Claim:
    kind, asked = Kind.FEE_WAIVER, facts.waiver
    if asked.on is None and asked.decided_on is None:
        return Claim(kind, Footing.NONE, "Nothing on file says that a fee waiver was asked for.")
    if asked.decided_on is not None and not asked.refused:
        return Claim(kind, Footing.NONE, "The fee waiver was granted.")
    if asked.decided_on is None:
        return _waiver_unanswered(facts)
    return _after_refusal(
        facts, kind, asked.decided_on, facts.waiver_window, WAIVER, "appeal_waiver"
    )


def _waiver_unanswered(facts: LedgerFacts) -> Claim:
    ran_out = facts.ran_out_on
    if ran_out is None:
        return Claim(Kind.FEE_WAIVER, Footing.NOT_YET, "They have not decided on it, in time yet.")
    why = "The time to answer the request ran out, and nothing was said about the waiver."
    return Claim(
        Kind.FEE_WAIVER,
        Footing.OPEN,
        why,
        f"{WAIVER}; {EXHAUSTED}",
        ran_out,
        closes="A decision on the waiver before suit. Then an appeal comes first.",
        proof="determination",
    )


# --- the search, and what was kept back


_NOTHING_KEPT = frozenset({Outcome.GRANTED, Outcome.NO_RECORDS, Outcome.IMPROPER})


def _of_answer(facts: LedgerFacts, kind: Kind) -> Claim:
    if facts.decided_on is None:
        return _before_answer(facts, kind)
    if kind is Kind.WITHHOLDING and facts.outcome in _NOTHING_KEPT and not facts.withheld:
        return Claim(kind, Footing.NONE, "They say that nothing was kept back.")
    if kind is Kind.SEARCH and facts.outcome is Outcome.GLOMAR:
        why = "They neither confirm nor deny that there are records: no search was told of."
        return Claim(kind, Footing.NONE, why)
    if not facts.adverse:
        return Claim(kind, Footing.NONE, "The request was granted; there is nothing to appeal.")
    if facts.sued_in_time:
        why = "They decided after a suit that was filed in time: no appeal is needed."
        return Claim(kind, Footing.OPEN, why, f"{REVIEW}; {EXHAUSTED}", facts.decided_on)
    window = facts.clock.appeal.last_day if facts.clock.appeal else None
    return _after_refusal(facts, kind, facts.decided_on, window, REVIEW, "appeal")


def _before_answer(facts: LedgerFacts, kind: Kind) -> Claim:
    ran_out = facts.ran_out_on
    what = "search" if kind is Kind.SEARCH else "reasons for keeping anything back"
    if ran_out is None:
        return Claim(kind, Footing.NOT_YET, f"They have not decided: no {what} to test yet.")
    why = f"They have told of no {what}. That the time ran out carries this claim with it."
    return Claim(
        kind,
        Footing.OPEN,
        why,
        f"{REVIEW}; {EXHAUSTED}",
        ran_out,
        closes="A decision before suit. Then an appeal comes first.",
        proof="determination",
    )


def _after_refusal(
    facts: LedgerFacts, kind: Kind, refused_on: date, window: date | None, law: str, proof: str
) -> Claim:
    """Say where a claim stands after a refusal: appealed and decided, appealed, or not yet."""
    appealed, decided = facts.appeal_sent_on, facts.appeal_decided_on
    if decided is not None and decided >= refused_on:
        if not facts.appeal_adverse:
            return Claim(kind, Footing.NONE, "The appeal was granted.")
        return Claim(kind, Footing.OPEN, "The appeal was decided.", f"{law}; {OGLESBY}", decided)
    if appealed is not None and appealed >= refused_on:
        return _appeal_waits(facts, kind, law, appealed, window)
    if window is not None and facts.as_of > window:
        why = "The time to appeal ended, and no appeal is on file."
        return Claim(kind, Footing.LOST, why, OGLESBY, window + ONE_DAY, proof=proof)
    why = "They decided. An appeal comes before suit."
    closes = "The last day to appeal." if window else "Read the letter for the last day to appeal."
    return Claim(kind, Footing.APPEAL_FIRST, why, OGLESBY, until=window, closes=closes, proof=proof)


def _appeal_waits(
    facts: LedgerFacts, kind: Kind, law: str, appealed: date, window: date | None
) -> Claim:
    due = facts.clock.agency_appeal_due
    if due is not None and facts.as_of > due:
        why = "The time to decide the appeal ran out."
        closes = "A decision on the appeal that grants it."
        return Claim(
            kind,
            Footing.OPEN,
            why,
            f"{law}; {EXHAUSTED}",
            due + ONE_DAY,
            closes=closes,
            proof="agency_appeal",
        )
    if window is not None and appealed > window:
        why = "The appeal went out after its last day. The agency may refuse it as late."
        return Claim(kind, Footing.NOT_YET, why, OGLESBY, proof="appeal")
    since = due + ONE_DAY if due else None
    why = "The agency has our appeal, and its time to decide still runs."
    proof = "agency_appeal" if due else ""
    return Claim(kind, Footing.NOT_YET, why, EXHAUSTED, since, proof=proof)

"""What can be pleaded: each claim opens, waits, closes and never arises for a reason told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from casemgr.domain.clock import Clock
from casemgr.domain.clock_appeal import Window
from casemgr.domain.clock_events import ClockEvent
from casemgr.domain.ledger import Asked, Claim, Footing, Kind, LedgerFacts, ledger
from casemgr.domain.words import Outcome

DUE = date(2010, 10, 7)
LATE = date(2010, 10, 12)
BEFORE, LAST_DAY = date(2010, 10, 6), date(2010, 12, 14)
ONE_DAY = timedelta(days=1)


def facts(**more: Any) -> LedgerFacts:
    clock = more.pop("clock", {})
    given = {"as_of": LATE, "clock": replace(Clock("overdue", due=DUE), **clock), **more}
    return LedgerFacts(**given)


def claim(kind: Kind, given: LedgerFacts) -> Claim:
    found = ledger(given)
    assert [each.kind for each in found] == list(Kind)
    return next(each for each in found if each.kind is kind)


def said(kind: Kind, **more: Any) -> tuple[Footing, date | None]:
    found = claim(kind, facts(**more))
    return found.footing, found.since


def window(last_day: date = LAST_DAY) -> Window:
    decided = ClockEvent("determination", BEFORE)
    return Window(last_day, last_day, "sent", "6 C.F.R. § 5.8", decided)


REFUSED = {"decided_on": BEFORE, "outcome": Outcome.DENIED, "adverse": True, "withheld": True}


class TestTimeliness:
    def test_opens_the_day_after_the_last_day(self) -> None:
        found = claim(Kind.TIMELINESS, facts())
        assert (found.footing, found.since) == (Footing.OPEN, DUE + ONE_DAY)
        assert found.authority == "5 U.S.C. § 552(a)(6)(C)(i)"
        assert "appeal comes first" in found.closes
        assert found.proof == "determination"

    @pytest.mark.parametrize("today", [DUE, BEFORE])
    def test_is_not_open_while_the_time_runs(self, today: date) -> None:
        assert said(Kind.TIMELINESS, as_of=today) == (Footing.NOT_YET, DUE + ONE_DAY)

    def test_without_a_receipt_says_so(self) -> None:
        found = claim(Kind.TIMELINESS, facts(clock={"due": None, "state": "not_started"}))
        assert found.footing is Footing.NOT_YET
        assert "Nothing on file shows" in found.why

    def test_waits_while_the_clock_stands(self) -> None:
        found = claim(Kind.TIMELINESS, facts(clock={"due": None, "state": "paused"}))
        assert "answer of ours" in found.why

    def test_is_lost_by_a_late_decision_before_suit(self) -> None:
        late = {"decided_on": LATE, "outcome": Outcome.DENIED, "adverse": True}
        assert said(Kind.TIMELINESS, clock={"lost_on": LATE}, **late) == (Footing.LOST, LATE)

    def test_does_not_arise_where_they_decided_in_time(self) -> None:
        assert said(Kind.TIMELINESS, **REFUSED)[0] is Footing.NONE

    def test_stays_where_suit_was_filed_before_the_decision(self) -> None:
        suit = DUE + ONE_DAY
        given = facts(
            as_of=date(2011, 1, 3), suit_on=suit, decided_on=date(2010, 11, 1), adverse=True
        )
        assert claim(Kind.TIMELINESS, given).footing is Footing.IN_SUIT
        assert claim(Kind.WITHHOLDING, replace(given, withheld=True)).footing is Footing.OPEN

    def test_opens_again_where_the_appeal_is_not_decided_in_time(self) -> None:
        found = claim(
            Kind.TIMELINESS,
            facts(**REFUSED, appeal_sent_on=DUE, clock={"agency_appeal_due": LATE - ONE_DAY}),
        )
        assert (found.footing, found.since) == (Footing.OPEN, LATE)


class TestExpedition:
    asked = Asked(on=date(2010, 9, 8))

    def test_does_not_arise_where_nobody_asked(self) -> None:
        assert said(Kind.EXPEDITION)[0] is Footing.NONE

    def test_opens_without_an_appeal_when_ten_days_have_gone(self) -> None:
        due = {"expedition_due": date(2010, 9, 18)}
        found = said(Kind.EXPEDITION, expedition=self.asked, clock=due)
        assert found == (Footing.OPEN, date(2010, 9, 19))

    def test_waits_on_the_tenth_day(self) -> None:
        due = {"expedition_due": LATE}
        assert said(Kind.EXPEDITION, expedition=self.asked, clock=due)[0] is Footing.NOT_YET

    def test_opens_with_a_refusal(self) -> None:
        refused = replace(self.asked, decided_on=BEFORE, outcome=Outcome.DENIED)
        assert said(Kind.EXPEDITION, expedition=refused) == (Footing.OPEN, BEFORE)

    def test_does_not_arise_where_it_was_granted(self) -> None:
        granted = replace(self.asked, decided_on=BEFORE, outcome=Outcome.GRANTED)
        assert said(Kind.EXPEDITION, expedition=granted)[0] is Footing.NONE

    def test_closes_with_their_answer_to_the_request(self) -> None:
        refused = replace(self.asked, decided_on=BEFORE, outcome=Outcome.DENIED)
        assert said(Kind.EXPEDITION, expedition=refused, **REFUSED)[0] is Footing.LOST


class TestFeeWaiver:
    asked = Asked(on=date(2010, 9, 8))
    refused = Asked(date(2010, 9, 8), BEFORE, Outcome.DENIED)

    def test_opens_with_the_missed_time_where_they_never_answered(self) -> None:
        assert said(Kind.FEE_WAIVER, waiver=self.asked) == (Footing.OPEN, DUE + ONE_DAY)

    def test_wants_an_appeal_after_a_refusal(self) -> None:
        found = claim(Kind.FEE_WAIVER, facts(waiver=self.refused, waiver_window=LAST_DAY))
        assert (found.footing, found.until) == (Footing.APPEAL_FIRST, LAST_DAY)
        assert found.proof == "appeal_waiver"

    def test_is_lost_the_day_after_the_window(self) -> None:
        on_it = {"waiver": self.refused, "waiver_window": LATE}
        assert said(Kind.FEE_WAIVER, **on_it)[0] is Footing.APPEAL_FIRST
        gone = {"waiver": self.refused, "waiver_window": LATE - ONE_DAY}
        assert said(Kind.FEE_WAIVER, **gone) == (Footing.LOST, LATE)


class TestSearchAndWithholding:
    @pytest.mark.parametrize("kind", [Kind.SEARCH, Kind.WITHHOLDING])
    def test_wants_an_appeal_first(self, kind: Kind) -> None:
        found = claim(kind, facts(**REFUSED, clock={"appeal": window()}))
        assert (found.footing, found.until) == (Footing.APPEAL_FIRST, LAST_DAY)

    def test_waits_while_the_agency_has_the_appeal(self) -> None:
        found = said(
            Kind.SEARCH,
            **REFUSED,
            appeal_sent_on=DUE,
            clock={"appeal": window(), "agency_appeal_due": LATE},
        )
        assert found == (Footing.NOT_YET, LATE + ONE_DAY)

    def test_opens_when_the_appeal_is_refused(self) -> None:
        found = said(
            Kind.SEARCH,
            **REFUSED,
            appeal_sent_on=DUE,
            appeal_decided_on=LATE,
            appeal_adverse=True,
        )
        assert found == (Footing.OPEN, LATE)

    def test_does_not_arise_when_the_appeal_is_granted(self) -> None:
        given = {"appeal_sent_on": DUE, "appeal_decided_on": LATE, "appeal_adverse": False}
        assert said(Kind.WITHHOLDING, **REFUSED, **given)[0] is Footing.NONE

    def test_a_late_appeal_may_be_refused_as_late(self) -> None:
        late = {"appeal_sent_on": DUE, "clock": {"appeal": window(BEFORE)}}
        found = claim(Kind.SEARCH, facts(**REFUSED, **late))
        assert "after its last day" in found.why

    def test_no_records_leaves_the_search_alone_to_test(self) -> None:
        nothing = {"decided_on": BEFORE, "outcome": Outcome.NO_RECORDS, "adverse": True}
        assert said(Kind.SEARCH, **nothing)[0] is Footing.APPEAL_FIRST
        assert said(Kind.WITHHOLDING, **nothing)[0] is Footing.NONE

    def test_neither_confirm_nor_deny_leaves_no_search(self) -> None:
        glomar = {"decided_on": BEFORE, "outcome": Outcome.GLOMAR, "adverse": True}
        assert said(Kind.SEARCH, **glomar)[0] is Footing.NONE
        assert said(Kind.WITHHOLDING, **glomar)[0] is Footing.APPEAL_FIRST


def test_a_withdrawn_request_leaves_nothing_to_plead() -> None:
    assert {each.footing for each in ledger(facts(ended_on=LATE))} == {Footing.NONE}


def test_a_suit_after_the_claim_opened_is_said() -> None:
    assert said(Kind.TIMELINESS, suit_on=LATE) == (Footing.IN_SUIT, DUE + ONE_DAY)

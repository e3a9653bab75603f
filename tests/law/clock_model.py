"""A second clock, for tests only: it lives through every day, as a calendar on a wall would.

It knows nothing of tables or of the real clock. Each day it takes that day's events, decides
whether the day counts, and writes down what became true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from casemgr.law.naive import works

DAY = timedelta(days=1)
ORDER = (
    "received_by_designated",
    "received",
    "information_request",
    "fee_question",
    "information_reply_received",
    "fee_reply_received",
    "extension_notice",
    "determination",
    "appeal_sent",
    "appeal_received",
    "appeal_determination",
    "suit_filed",
    "withdrawn",
    "closed",
)


@dataclass
class Told:
    """One event as the model takes it."""

    kind: str
    on: date
    adverse: bool = True


@dataclass
class Model:
    """The wall calendar of one component; `window` is (length, working days?, must be sent?)."""

    requested_on: date
    as_of: date
    window: tuple[int, bool, bool]
    modern: bool = True
    start: date | None = None
    designated: date | None = None
    routed: int = 0
    length: int = 20
    counted: int = 0
    due: date | None = None
    asked_once: bool = False
    waiting_info: bool = False
    waiting_fee: bool = False
    extended: bool = False
    decided: date | None = None
    decided_late: bool = False
    adverse: bool = True
    last_appeal_day: date | None = None
    sent: date | None = None
    received: date | None = None
    appeal_counted: int = 0
    appeal_length: int = 20
    appeal_due: date | None = None
    appeal_decided: date | None = None
    appeal_adverse: bool = True
    suit: date | None = None
    ripe_suit: bool = False
    lost_on: date | None = None
    over: bool = False
    seen: list[Told] = field(default_factory=list)

    def live(self, events: Sequence[Told]) -> Model:
        """Live from the request to `as_of`, then on without news until the days are found."""
        known = sorted(
            (one for one in events if one.on <= self.as_of),
            key=lambda one: (one.on, ORDER.index(one.kind)),
        )
        decided_appeal = any(one.kind == "appeal_determination" for one in known)
        day = self.requested_on
        while day <= self.as_of or self._still_counting(day):
            self._day(day, [one for one in known if one.on == day], decided_appeal)
            day += DAY
        return self

    def _still_counting(self, day: date) -> bool:
        if day > self.as_of + 400 * DAY:
            return False
        running = self.designated is not None or self.start is not None
        return (running and self.due is None and not self._waits) or (
            self.received is not None and self.appeal_due is None
        )

    @property
    def _appeal_runs(self) -> bool:
        return bool(self.received and self.appeal_due is None and self.appeal_decided is None)

    @property
    def _waits(self) -> bool:
        return self.waiting_info or self.waiting_fee

    def _day(self, day: date, events: Sequence[Told], decided_appeal: bool) -> None:
        for event in events:
            if event.kind.startswith("received") and self.decided is None:
                self._receive(event, day)
        for event in events:
            self._question(event)
        stood = self._waits
        for event in events:
            if event.kind.endswith("reply_received") and self.decided is None:
                self._reply(event)
        self._extend_early(events)
        self._count(day, stood)
        self._count_appeal(day)
        for event in events:
            self._happen(event, day, decided_appeal)
        self._route(day)

    def _receive(self, event: Told, day: date) -> None:
        if event.kind == "received":
            self.start = self.start or day
        elif self.modern and self.designated is None:
            self.designated = day

    def _route(self, day: date) -> None:
        if self.designated and self.designated < day and works(day):
            self.routed += 1
            if self.routed == 10 and self.start is None:
                self.start = day

    def _question(self, event: Told) -> None:
        if not self.modern or self.decided is not None or self.due is not None:
            self.asked_once |= event.kind == "information_request"
            return
        if event.kind == "information_request" and not self.asked_once:
            self.asked_once = self.waiting_info = True
        if event.kind == "fee_question":
            self.waiting_fee = True

    def _reply(self, event: Told) -> None:
        if event.kind == "information_reply_received":
            self.waiting_info = False
        else:
            self.waiting_fee = False

    def _extend_early(self, events: Sequence[Told]) -> None:
        notice = any(event.kind == "extension_notice" for event in events)
        if notice and not self.extended and self.due is None and self.decided is None:
            self.extended, self.length = True, 30
        elif notice and self._appeal_runs and not self.extended:
            self.extended, self.appeal_length = True, 30

    def _count(self, day: date, stood: bool) -> None:
        if self.start is None or self.start >= day or stood or self.due is not None:
            return
        self.counted += works(day)
        if self.counted == self.length:
            self.due = day

    def _count_appeal(self, day: date) -> None:
        if self.received is None or self.received >= day or self.appeal_due is not None:
            return
        self.appeal_counted += works(day)
        if self.appeal_counted == self.appeal_length:
            self.appeal_due = day

    def _happen(self, event: Told, day: date, decided_appeal: bool) -> None:
        if event.kind == "determination" and self.decided is None:
            self._decide(event, day)
        elif event.kind == "appeal_sent" and self.sent is None:
            self.sent = day if decided_appeal or self._may_appeal(day, sent=True) else None
        elif event.kind == "appeal_received" and self.received is None:
            self._receive_appeal(day, decided_appeal)
        elif event.kind == "appeal_determination" and self.appeal_decided is None:
            self.appeal_decided, self.appeal_adverse = day, event.adverse
        elif event.kind == "suit_filed":
            self.ripe_suit |= self._ripe(day)
            self.suit = self.suit or day
        elif event.kind in ("withdrawn", "closed"):
            self.over = True
        self.seen.append(event)

    def _decide(self, event: Told, day: date) -> None:
        self.decided, self.adverse = day, event.adverse
        self.decided_late = self.due is not None and self.due < day
        if self.decided_late and not self.ripe_suit:
            self.lost_on = day
        if event.adverse:
            self.last_appeal_day = self._window_end(day)

    def _window_end(self, day: date) -> date:
        n, working, _ = self.window
        end = day
        while n:
            end += DAY
            n -= works(end) if working else 1
        return end

    def _may_appeal(self, day: date, *, sent: bool) -> bool:
        if self.decided is None:
            return self.due is not None and self.due < day
        if not self.adverse or self.last_appeal_day is None:
            return False
        if not sent and self.window[2] and self._sent_in_time():
            return True
        return day <= self.last_appeal_day

    def _sent_in_time(self) -> bool:
        sent = [one.on for one in self.seen if one.kind == "appeal_sent"]
        return not sent or any(day <= (self.last_appeal_day or day) for day in sent)

    def _receive_appeal(self, day: date, decided_appeal: bool) -> None:
        if decided_appeal or self._may_appeal(day, sent=False):
            self.received = day
        else:
            self.sent = None

    def _ripe(self, day: date) -> bool:
        if self.appeal_decided is not None:
            return self.appeal_adverse
        if self.appeal_due is not None and self.appeal_due < day:
            return True
        return self.decided is None and self.due is not None and self.due < day

    def told(self) -> dict[str, object]:
        """Say on `as_of` what the real clock says."""
        missed = self.due is not None and (self.decided or self.as_of) > self.due
        appeal_missed = self.appeal_due is not None and self.as_of > self.appeal_due
        basis, since = None, None
        if self.appeal_decided is not None:
            if self.appeal_adverse:
                basis, since = "actual_exhaustion", self.appeal_decided
        elif appeal_missed and self.appeal_due:
            basis, since = "appeal_overdue", self.appeal_due + DAY
        elif missed and self.lost_on is None and self.due:
            basis, since = "constructive_exhaustion", self.due + DAY
        if self.over:
            basis, since = None, None
        return {
            "state": self._state(missed, appeal_missed),
            "due": self.due,
            "may_sue": basis is not None,
            "may_sue_since": since,
            "sue_basis": basis,
            "lost_on": self.lost_on,
            "agency_appeal_due": self.appeal_due,
        }

    def _state(self, missed: bool, appeal_missed: bool) -> str:
        pending = (self.sent or self.received) and self.appeal_decided is None
        started = self.start is not None or self.designated is not None
        found = {
            "closed": self.over,
            "in_suit": self.suit is not None,
            "exhausted": self.appeal_decided is not None and self.appeal_adverse,
            "appeal_overdue": appeal_missed and self.appeal_decided is None,
            "appeal_pending": bool(pending),
            "determined": self.decided is not None,
            "overdue": missed,
            "paused": started and self.due is None,
            "running": self.due is not None,
        }
        return next((name for name, true in found.items() if true), "not_started")

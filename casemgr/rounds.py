"""Rounds to services outside: claim what is owed, send it, note what became of it.

Each in a thread of its own and never in the sweep: one that hangs must not hold up a mail.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from casemgr.desk import Desk
from casemgr.sweeping import new_owner
from casemgr.usecases.work import Work

BUDGET = timedelta(seconds=40)  # of a tick of a minute: whoever stops casemgr waits for it
AGAIN_SOON = timedelta(seconds=30)

Item = TypeVar("Item")


@dataclass(kw_only=True)
class Round(ABC, Generic[Item]):
    """One round of one process; `at` is the moment that decides what is due, None is now."""

    desk: Desk
    at: datetime | None = None
    owner: str = field(default_factory=new_owner)
    down: dict[str, str] = field(default_factory=dict)  # who did not answer in it, and what it said

    def run(self) -> int:
        """Send what is due until nothing is, or the time for one round is over."""
        # Read first: most minutes owe nothing, and a claim takes the turn of whoever writes.
        with self.desk.work(reads_only=True) as opened:
            if not self.has_work(self.here(opened)):
                return 0
        began, count = time.monotonic(), 0
        while not _is_over(began) and (claimed := self._claim()):
            count += self._send_all(claimed, began)
        self.end(count)
        return count

    def here(self, work: Work) -> Work:
        """Return work at the moment of this round."""
        return work if self.at is None else replace(work, now=self.at)

    def _claim(self) -> Sequence[Item]:
        with self.desk.work() as opened:
            return self.claim(self.here(opened))

    def _send_all(self, claimed: Sequence[Item], began: float) -> int:
        count, left = 0, []
        for each in claimed:
            if _is_over(began) or self.by(each) in self.down:
                left.append(each)  # one that does not answer is asked once, and holds up nobody
            else:
                count += self.send(each)
        if left:
            with self.desk.work() as work:
                here = self.here(work)
                self.put_back(here, left, here.now + AGAIN_SOON)
        return count

    @abstractmethod
    def has_work(self, work: Work) -> bool:
        """Say whether anything is owed now."""

    @abstractmethod
    def claim(self, work: Work) -> Sequence[Item]:
        """Take what is due, so that nobody else does."""

    @abstractmethod
    def by(self, item: Item) -> str:
        """Return the service it goes to, as `down` names it."""

    @abstractmethod
    def send(self, item: Item) -> bool:
        """Send one, note what became of it, and say whether it went out."""

    @abstractmethod
    def put_back(self, work: Work, left: Sequence[Item], until: datetime) -> None:
        """Give back what was claimed and not tried."""

    @abstractmethod
    def end(self, count: int) -> None:
        """Note what a round came to; `count` went out."""


def _is_over(began: float) -> bool:
    return timedelta(seconds=time.monotonic() - began) > BUDGET

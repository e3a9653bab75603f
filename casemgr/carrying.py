"""One round to the programs outside: gather what they are owed, send it, note what became of it.

In a thread of its own and never in the sweep: a program that hangs must not hold up a mail.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from casemgr.desk import Desk
from casemgr.mail.hook_post import hand_over
from casemgr.mail.outcomes import NotTaken
from casemgr.sweeping import new_owner
from casemgr.usecases import health, webhook_deliveries, webhook_owing
from casemgr.usecases.webhook_deliveries import Message
from casemgr.usecases.webhooks import signature
from casemgr.usecases.work import Work

BUDGET = timedelta(seconds=40)  # of a tick of a minute: whoever stops casemgr waits for it
AGAIN_SOON = timedelta(seconds=30)

log = logging.getLogger(__name__)

Send = Callable[[str, bytes, Mapping[str, str]], None]


def carry(desk: Desk, send: Send | None = None, at: datetime | None = None) -> int:
    """Tell the programs outside what they are owed, oldest first; return how many were told.

    `at` is the moment that decides what is due; None is now. Nothing leaves a demonstration.
    """
    if desk.demonstration:
        return 0
    return Round(desk, send or _over_the_network(desk), at).run()


def _over_the_network(desk: Desk) -> Send:
    def send(address: str, body: bytes, headers: Mapping[str, str]) -> None:
        chosen = desk.settings
        hand_over(address, body, headers, chosen.webhook_networks, chosen.webhook_ca_file)

    return send


@dataclass
class Round:
    """One round of one process."""

    desk: Desk
    send: Send
    at: datetime | None = None
    owner: str = field(default_factory=new_owner)
    down: set[str] = field(default_factory=set)  # programs that did not answer in this round

    def run(self) -> int:
        """Send what is due until nothing is, or the time for one round is over."""
        if not self._has_work():
            return 0
        began = time.monotonic()
        count = 0
        while timedelta(seconds=time.monotonic() - began) < BUDGET and (claimed := self._claim()):
            count += self._send_all(claimed, began)
        if count:
            with self.desk.work() as work:
                webhook_deliveries.forget(self._at(work))
        return count

    def _at(self, work: Work) -> Work:
        return work if self.at is None else replace(work, now=self.at)

    def _has_work(self) -> bool:
        # Read first: most minutes owe nothing, and a claim takes the turn of whoever writes.
        with self.desk.work(reads_only=True) as opened:
            work = self._at(opened)
            return webhook_owing.is_behind(work) or webhook_deliveries.is_due(work)

    def _claim(self) -> tuple[Message, ...]:
        with self.desk.work() as opened:
            work = self._at(opened)
            webhook_owing.owe(work)
            return webhook_deliveries.claim(work, self.owner, self.desk.settings.address)

    def _send_all(self, claimed: Sequence[Message], began: float) -> int:
        count, left = 0, []
        for each in claimed:
            late = timedelta(seconds=time.monotonic() - began) > BUDGET
            if late or each.webhook_id in self.down:
                left.append(each)  # one that does not answer holds up nobody else, and only once
            elif self._send(each):
                count += 1
            else:
                self.down.add(each.webhook_id)
        if left:
            with self.desk.work() as work:
                here = self._at(work)
                webhook_deliveries.put_back(here, left, here.now + AGAIN_SOON)
        return count

    def _send(self, message: Message) -> bool:
        # The moment that is signed is real time, also in an office that stands at another day.
        headers = _headers(message, health.real_now())
        try:
            self.send(message.address, message.body, headers)
        except Exception as why:
            # One that cannot be sent, for whatever reason, must not stop the rest.
            log.warning("webhook delivery %s did not go out: %s", message.id, why)
            with self.desk.work() as work:
                doubt = not isinstance(why, NotTaken)
                webhook_deliveries.not_sent(self._at(work), message, str(why), in_doubt=doubt)
            return False
        with self.desk.work() as work:
            webhook_deliveries.sent(self._at(work), message, self.owner)
        return True


def _headers(message: Message, at: datetime) -> dict[str, str]:
    said = {"Content-Type": "application/json", "User-Agent": "casemgr"}
    repeat = {"Casemgr-Possible-Repeat": "1"} if message.may_repeat else {}
    return {**said, **signature(message.key, message.id, at, message.body), **repeat}

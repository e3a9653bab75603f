"""One round to chat and SMS: send what is owed there, note what became of it.

In a thread of its own and never in the sweep: a service that hangs must not hold up a mail.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from casemgr.desk import Desk
from casemgr.errors import Unusable
from casemgr.mail.chat import Chat, send
from casemgr.mail.outcomes import NotTaken
from casemgr.reminder_chat import chat_of
from casemgr.sweeping import new_owner
from casemgr.usecases import health, knocks
from casemgr.usecases.knocks import Knock
from casemgr.usecases.work import Work

BUDGET = timedelta(seconds=40)  # of a tick of a minute: whoever stops casemgr waits for it
AGAIN_SOON = timedelta(seconds=30)

log = logging.getLogger(__name__)


def knock(desk: Desk, chat: Chat | None, at: datetime | None = None) -> int:
    """Tell people by chat or SMS what they are owed there; return how many messages went out.

    `at` is the moment that decides what is due; None is now.
    """
    return 0 if chat is None else Round(desk, chat, at).run()


@dataclass
class Round:
    """One round of one process."""

    desk: Desk
    chat: Chat
    at: datetime | None = None
    owner: str = field(default_factory=new_owner)
    down: dict[str, str] = field(default_factory=dict)  # kinds of service, and what they said

    def run(self) -> int:
        """Send what is due until nothing is, or the time for one round is over."""
        with self.desk.work(reads_only=True) as opened:
            if not knocks.is_due(self._at(opened)):
                return 0
        began, count = time.monotonic(), 0
        while timedelta(seconds=time.monotonic() - began) < BUDGET and (claimed := self._claim()):
            count += self._send_all(claimed, began)
        self._note_health(count)
        return count

    def _at(self, work: Work) -> Work:
        return work if self.at is None else replace(work, now=self.at)

    def _claim(self) -> tuple[Knock, ...]:
        with self.desk.work() as opened:
            return knocks.claim(self._at(opened), self.owner)

    def _send_all(self, claimed: Sequence[Knock], began: float) -> int:
        count, left = 0, []
        for each in claimed:
            late = timedelta(seconds=time.monotonic() - began) > BUDGET
            if late or each.by in self.down:
                left.append(each)  # one that does not answer is asked once in a round
            else:
                count += self._send(each)
        if left:
            with self.desk.work() as work:
                here = self._at(work)
                knocks.put_back(here, left, here.now + AGAIN_SOON, self.down.get(left[0].by, ""))
        return count

    def _send(self, knock: Knock) -> bool:
        try:
            address = self.chat.ways(knock.to_email, self.desk.key).get(knock.name)
            if address is not None:
                send(address, chat_of(self.desk, knock))
        except (Unusable, OSError) as why:
            self.down[knock.by] = str(why)
            log.warning("chat or SMS does not go out: %s", why)
            doubt = not isinstance(why, NotTaken | Unusable)
            with self.desk.work() as work:
                knocks.not_sent(self._at(work), knock, str(why), in_doubt=doubt)
            return False
        with self.desk.work() as work:
            if address is None:
                knocks.cancel(self._at(work), knock)
            else:
                knocks.sent(self._at(work), knock, self.owner)
        return address is not None

    def _note_health(self, count: int) -> None:
        with self.desk.work() as work:
            for why in self.down.values():
                health.note_chat_down(work, health.real_now(), why)
            if count and not self.down:
                health.note_chat_up(work)

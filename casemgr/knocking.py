"""The round to chat and SMS: send what is owed there, note what became of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casemgr.desk import Desk
from casemgr.errors import Unusable
from casemgr.mail.chat import Chat
from casemgr.mail.chat import send as tell
from casemgr.mail.outcomes import NotTaken
from casemgr.reminder_chat import chat_of
from casemgr.rounds import Round
from casemgr.usecases import health, knocks
from casemgr.usecases.knocks import Knock
from casemgr.usecases.work import Work

log = logging.getLogger(__name__)


def knock(desk: Desk, chat: Chat | None, at: datetime | None = None) -> int:
    """Tell people by chat or SMS what they are owed there; return how many messages went out.

    `at` is the moment that decides what is due; None is now.
    """
    return 0 if chat is None else _Knocking(desk=desk, chat=chat, at=at).run()


@dataclass(kw_only=True)
class _Knocking(Round[Knock]):
    """One round to chat and SMS; `down` are the kinds of service that did not answer."""

    chat: Chat

    def has_work(self, work: Work) -> bool:
        return knocks.is_due(work)

    def claim(self, work: Work) -> Sequence[Knock]:
        return knocks.claim(work, self.owner)

    def by(self, item: Knock) -> str:
        return item.by

    def put_back(self, work: Work, left: Sequence[Knock], until: datetime) -> None:
        knocks.put_back(work, left, until, self.down.get(left[0].by, ""))

    def send(self, item: Knock) -> bool:
        try:
            address = self.chat.ways(item.to_email, self.desk.key).get(item.name)
            if address is not None:
                tell(address, chat_of(self.desk, item))
        except (Unusable, OSError) as why:
            self.down[item.by] = str(why)
            log.warning("chat or SMS does not go out: %s", why)
            doubt = not isinstance(why, NotTaken | Unusable)
            with self.desk.work() as work:
                knocks.not_sent(self.here(work), item, str(why), in_doubt=doubt)
            return False
        with self.desk.work() as work:
            if address is None:
                knocks.cancel(self.here(work), item)
            else:
                knocks.sent(self.here(work), item, self.owner)
        return address is not None

    def end(self, count: int) -> None:
        with self.desk.work() as work:
            for why in self.down.values():
                health.note_chat_down(work, health.real_now(), why)
            if count and not self.down:
                health.note_chat_up(work)

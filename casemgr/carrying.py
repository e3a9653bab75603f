"""The round to the programs outside: gather what they are owed, send it, note what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from casemgr.desk import Desk
from casemgr.mail.hook_post import hand_over
from casemgr.mail.outcomes import NotTaken
from casemgr.rounds import Round
from casemgr.usecases import health, webhook_deliveries, webhook_owing
from casemgr.usecases.webhook_deliveries import Message
from casemgr.usecases.webhooks import signature
from casemgr.usecases.work import Work

log = logging.getLogger(__name__)

Send = Callable[[str, bytes, Mapping[str, str]], None]


def carry(desk: Desk, send: Send | None = None, at: datetime | None = None) -> int:
    """Tell the programs outside what they are owed, oldest first; return how many were told.

    `at` is the moment that decides what is due; None is now. Nothing leaves a demonstration.
    """
    if desk.demonstration:
        return 0
    return _Carrying(desk=desk, post=send or _over_the_network(desk), at=at).run()


def _over_the_network(desk: Desk) -> Send:
    def send(address: str, body: bytes, headers: Mapping[str, str]) -> None:
        chosen = desk.settings
        hand_over(address, body, headers, chosen.webhook_networks, chosen.webhook_ca_file)

    return send


_OWES = sa.select(sa.or_(webhook_owing.is_behind(), webhook_deliveries.is_due()))


@dataclass(kw_only=True)
class _Carrying(Round[Message]):
    """One round to the programs outside; `down` are those that did not answer."""

    post: Send

    def has_work(self, work: Work) -> bool:
        return bool(work.session.scalar(_OWES, {"now": work.now}))

    def claim(self, work: Work) -> Sequence[Message]:
        webhook_owing.owe(work)
        return webhook_deliveries.claim(work, self.owner, self.desk.settings.address)

    def by(self, item: Message) -> str:
        return item.webhook_id

    def put_back(self, work: Work, left: Sequence[Message], until: datetime) -> None:
        webhook_deliveries.put_back(work, left, until)

    def end(self, count: int) -> None:
        if count:
            with self.desk.work() as work:
                webhook_deliveries.forget(self.here(work))

    def send(self, item: Message) -> bool:
        # The moment that is signed is real time, also in an office that stands at another day.
        headers = _headers(item, health.real_now())
        try:
            self.post(item.address, item.body, headers)
        except Exception as why:
            # One that cannot be sent, for whatever reason, must not stop the rest.
            log.warning("webhook delivery %s did not go out: %s", item.id, why)
            self.down[item.webhook_id] = str(why)
            with self.desk.work() as work:
                doubt = not isinstance(why, NotTaken)
                webhook_deliveries.not_sent(self.here(work), item, str(why), in_doubt=doubt)
            return False
        with self.desk.work() as work:
            webhook_deliveries.sent(self.here(work), item, self.owner)
        return True


def _headers(message: Message, at: datetime) -> dict[str, str]:
    said = {"Content-Type": "application/json", "User-Agent": "casemgr"}
    repeat = {"Casemgr-Possible-Repeat": "1"} if message.may_repeat else {}
    return {**said, **signature(message.key, message.id, at, message.body), **repeat}

"""One sweep: claim what is due, send it, note what became of each; most urgent first."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import sqlalchemy as sa

from casemgr.db.tables import Heartbeat
from casemgr.desk import Desk
from casemgr.domain.reminders import ReminderKind
from casemgr.errors import Unusable
from casemgr.mail.chat import Chat, kind_of
from casemgr.mail.outcomes import Bounced, PostDown, ReplyLost
from casemgr.mail.server import Post
from casemgr.reminder_mail import mail_of, mail_of_several
from casemgr.usecases import digests, escalation, health, knocks, reminders, repeats
from casemgr.usecases.leases import LEASE
from casemgr.usecases.told import Owed, Told
from casemgr.usecases.work import Work

SHORT = timedelta(minutes=2)  # of a lease: whoever has no more than that left gives it back
AGAIN_SOON = timedelta(seconds=30)

log = logging.getLogger(__name__)

_OWES = sa.select(
    sa.or_(reminders.is_due(), escalation.is_due(), digests.is_due(), repeats.is_over())
)


def owes_anything(work: Work) -> bool:
    """Say whether a sweep has anything to do now.

    Asked before it claims: most minutes owe nothing, and a claim takes the turn of whoever writes.
    """
    at = {"now": work.now, "today": work.today, "a_day_ago": repeats.a_day_ago()}
    return bool(work.session.scalar(_OWES, at))


def sweep(
    desk: Desk,
    post: Post,
    owner: str | None = None,
    at: datetime | None = None,
    chat: Chat | None = None,
) -> int:
    """Send everything that is due, most urgent first, and return how many reminders went out.

    `at` is the moment that decides what is due; None is now.
    """
    begun = Sweep(desk, post, at=at, owner=owner or new_owner(), chat=chat)
    return begun.run(beat_at=datetime.now(UTC))


def new_owner() -> str:
    """Return a name for one sweep, that no other has."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass
class Sweep:
    """One sweep of one process."""

    desk: Desk
    post: Post
    at: datetime | None = None
    owner: str = field(default_factory=new_owner)
    chat: Chat | None = None
    down: str = ""  # why the post takes nothing at all

    def run(self, beat_at: datetime, *, owes: bool | None = None) -> int:
        """Send what is due; at the end note that the sweep ran, at a moment in real time.

        `owes` is what `owes_anything` just said, where somebody asked already.
        """
        if not (self._owes() if owes is None else owes):
            with self.desk.work() as work:
                reminders.beat(work, beat_at, "0 sent")
            return 0
        count = 0
        while claimed := self._claim(beat_at, count):
            count += self._send_all(claimed)
            if self.down:
                with self.desk.work() as work:
                    self._end(work, beat_at, count)
                break
        return count

    def _at(self, work: Work) -> Work:
        return work if self.at is None else replace(work, now=self.at)

    def _owes(self) -> bool:
        with self.desk.work(reads_only=True) as work:
            return owes_anything(self._at(work))

    def _claim(self, beat_at: datetime, count: int) -> tuple[Told, ...]:
        """Take what is due next; where nothing is, end the sweep in the same transaction."""
        with self.desk.work() as opened:
            work = self._at(opened)
            escalation.hand_up(work)
            if count == 0:
                digests.owe(work)
            claimed = reminders.claim(work, self.owner)
            if not claimed:
                self._end(opened, beat_at, count)
        return claimed

    def _end(self, work: Work, beat_at: datetime, count: int) -> None:
        repeats.forget(work)
        reminders.beat(work, beat_at, f"{count} sent")

    def _send_all(self, claimed: Sequence[Told]) -> int:
        began = time.monotonic()
        waiting = list(_parcels(claimed))
        count = 0
        while waiting and not self.down:
            if timedelta(seconds=time.monotonic() - began) > LEASE - SHORT:
                break
            parcel = waiting.pop(0)
            count += self._send(parcel)
        if left := [each for parcel in waiting for each in parcel.all]:
            with self.desk.work() as work:
                here = self._at(work)
                reminders.put_back(here, left, here.now + AGAIN_SOON, self.down)
        return count

    def _send(self, parcel: Parcel) -> int:
        moment = self.at or self.desk.now()
        if parcel.several and (free_at := self._told_lately(parcel, moment)):
            with self.desk.work() as work:
                reminders.put_back(self._at(work), parcel.all, free_at)
            return 0
        try:
            message = self._message(parcel, moment)
        except Exception as why:
            # One that cannot be written must not stop the rest: it is tried again, and told of.
            log.exception("reminder %s could not be written as a mail", parcel.first.id)
            self._note(parcel, f"It could not be written as a mail: {why}")
            return 0
        return self._hand_over(parcel, message, moment)

    def _hand_over(self, parcel: Parcel, message: EmailMessage, moment: datetime) -> int:
        try:
            self.post.deliver(message)
        except PostDown as why:
            self.down = str(why)
            log.warning("mail does not go out: %s", why)
            with self.desk.work() as work:
                here = self._at(work)
                health.note_mail_down(work, datetime.now(UTC), self.down)
                reminders.put_back(here, parcel.all, here.now + AGAIN_SOON, self.down)
        except (Bounced, ValueError) as why:
            self._note(parcel, str(why), final=True)
        except OSError as why:
            # One bad address must not stop the rest.
            self._note(parcel, str(why), in_doubt=isinstance(why, ReplyLost))
        else:
            self._note_sent(parcel, moment)
            return len(parcel.all)
        return 0

    def _owe_knocks(self, work: Work, parcel: Parcel) -> None:
        """Owe the person a knock by chat or SMS too, where the office set that up for them."""
        if self.chat is None:
            return
        try:
            ways = self.chat.ways(parcel.first.to_email, self.desk.key)
        except Unusable as why:
            health.note_chat_down(work, health.real_now(), str(why))
        else:
            by = [(name, kind_of(address)) for name, address in ways.items()]
            knocks.owe(work, parcel.to_say, by)

    def _message(self, parcel: Parcel, moment: datetime) -> EmailMessage:
        if parcel.several:
            return mail_of_several(self.desk, parcel.to_say, moment)
        return mail_of(self.desk, parcel.first, moment)

    def _told_lately(self, parcel: Parcel, moment: datetime) -> datetime | None:
        """Return when several may go into one mail to this person again: once an hour."""
        with self.desk.work(reads_only=True) as work:
            beat = work.session.get(Heartbeat, _together(parcel))
        free_at = beat.at + reminders.AN_HOUR if beat else moment
        return free_at if free_at > moment else None

    def _note_sent(self, parcel: Parcel, moment: datetime) -> None:
        with self.desk.work() as work:
            here = self._at(work)
            for each in parcel.all:
                reminders.sent(here, each, self.owner)
            if parcel.several:
                count = len(parcel.bundles)
                reminders.beat(work, moment, f"{count} in one mail", _together(parcel))
            health.note_mail_up(work)
            self._owe_knocks(here, parcel)

    def _note(
        self, parcel: Parcel, why: str, *, in_doubt: bool = False, final: bool = False
    ) -> None:
        log.warning("reminder %s did not go out: %s", parcel.first.id, why)
        with self.desk.work() as work:
            here = self._at(work)
            for each in parcel.all:
                if final:
                    reminders.give_up(here, each, why)
                else:
                    reminders.not_sent(here, each, why, in_doubt=in_doubt)
            if final:
                self._owe_knocks(here, parcel)
                health.tell_administrators(
                    here,
                    f"Mails to {parcel.first.to_name} come back",
                    f"The mail server refuses {parcel.first.to_email}: {why}",
                    key=f"bounce:{parcel.first.to_id}",
                )


def _together(parcel: Parcel) -> str:
    return f"together:{parcel.first.to_id}"


def _parcels(claimed: Sequence[Told]) -> Iterator[Parcel]:
    """Yield what goes into one mail each, the most urgent first.

    Of one date a person is told once, as it stands now, however many of its reminders are late.
    Whoever has many dates gets them in one mail.
    """
    bundles: dict[tuple[str, str], list[Told]] = {}
    for each in claimed:
        bundles.setdefault(_about(each), []).append(each)
    of_person: dict[str, list[list[Told]]] = {}
    for bundle in bundles.values():
        bundle.sort(key=lambda each: each.send_at, reverse=True)
        if bundle[0].may_go_along:
            of_person.setdefault(bundle[0].to_id, []).append(bundle)
        else:
            of_person[bundle[0].id] = [bundle]
    for found in of_person.values():
        if len(found) >= reminders.TOGETHER_FROM:
            yield Parcel(found)
        else:
            yield from (Parcel([bundle]) for bundle in found)


def _about(each: Told) -> tuple[str, str]:
    if isinstance(each, Owed) and each.kind is ReminderKind.DEADLINE:
        return each.to_id, each.deadline_id
    return each.to_id, each.id


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes into one mail: of each date its reminders, the latest first."""

    bundles: list[list[Told]]

    @property
    def to_say(self) -> list[Told]:
        """Return what the mail says: of each date one reminder."""
        return [bundle[0] for bundle in self.bundles]

    @property
    def all(self) -> list[Told]:
        """Return every reminder that is told with it."""
        return [each for bundle in self.bundles for each in bundle]

    @property
    def first(self) -> Told:
        """Return the most urgent one."""
        return self.bundles[0][0]

    @property
    def several(self) -> bool:
        """Say whether it tells of several things."""
        return len(self.bundles) > 1

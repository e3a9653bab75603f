"""The alarm of last resort: when nothing is swept, those who look after the office are told past
all queues, straight through the post."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from email.message import EmailMessage

from sqlalchemy.exc import OperationalError

from casemgr.db.tables import Person
from casemgr.desk import Desk
from casemgr.mail.message import message
from casemgr.mail.server import Post
from casemgr.usecases import health, reminders

log = logging.getLogger(__name__)


def watch_over(desk: Desk, post: Post, now: datetime) -> list[str]:
    """Sound the alarm where sweeps, mail or clock are in trouble for a quarter of an hour.

    Returns what every page says, which is a little earlier.
    """
    with desk.work(reads_only=True) as work:
        standing = health.standing(work.session)
    if faults := standing.faults(now):
        for fault in faults:
            log.error("%s", fault)
        sound(desk, post, " ".join(faults), now)
    return standing.faults(now, health.BANNER)


def sound(desk: Desk, post: Post, says: str, now: datetime) -> int:
    """Mail it to the administrators at once, every six hours at most; return to how many."""
    people, noted = _whom(desk, now)
    count = 0
    for person in people:
        try:
            post.deliver(_mail(desk, person, says, now))
            count += 1
        except (OSError, ValueError) as why:
            log.warning("the alarm did not reach %s: %s", person.email, why)
    if people and not count:  # nobody was told: try again at the next look
        _UNNOTED.clear()
        if noted:
            with desk.work() as work:
                reminders.beat(work, now - health.ALARM_AGAIN, "did not go out", health.ALARM)
    return count


_UNNOTED: dict[str, datetime] = {}  # when this process sounded it and could not note it


def _whom(desk: Desk, now: datetime) -> tuple[list[Person], bool]:
    """Return whom to tell now, and whether it could be noted: on a full disk it cannot."""
    try:
        with desk.work() as work:
            due = health.may_sound(work, now)
            return (health.administrators(work.session) if due else []), True
    except OperationalError as why:
        log.warning("the alarm cannot be noted: %s", why)
    last = _UNNOTED.get(health.ALARM)
    if last is not None and last > now - health.ALARM_AGAIN:
        return [], False
    _UNNOTED[health.ALARM] = now
    with desk.work(reads_only=True) as work:
        return health.administrators(work.session), False


def trial(desk: Desk, to: str) -> EmailMessage:
    """Return a short message with which somebody tries whether mail arrives."""
    facts = {
        "name": to,
        "office": desk.office,
        "title": "A trial of casemgr's mail",
        "says": "This message was sent to see whether mail arrives. It does.",
        "address": "",
        "repeat": False,
        "late_since": None,
    }
    sender = (desk.office, desk.settings.mail.sender)
    at = datetime.now(UTC)
    return message("trouble", facts, to=("", to), key=f"trial:{at}", at=at, sender=sender)


def _mail(desk: Desk, person: Person, says: str, now: datetime) -> EmailMessage:
    facts = {
        "name": person.name,
        "office": desk.office,
        "title": "Reminders do not go out",
        "says": says,
        "address": f"{desk.settings.address}/reminders/health",
        "repeat": False,
        "late_since": None,
    }
    key = f"alarm:{person.id}:{now:%Y-%m-%dT%H}"
    sender = (desk.office, desk.settings.mail.sender)
    return message("trouble", facts, to=(person.name, person.email), key=key, at=now, sender=sender)

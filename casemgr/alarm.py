"""The alarm of last resort: when nothing is swept, those who look after the office are told past
all queues, straight through the post."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from email.message import EmailMessage

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
    with desk.work() as work:
        people = health.administrators(work.session) if health.may_sound(work, now) else []
    count = 0
    for person in people:
        try:
            post.deliver(_mail(desk, person, says, now))
            count += 1
        except (OSError, ValueError) as why:
            log.warning("the alarm did not reach %s: %s", person.email, why)
    if people and not count:  # nobody was told: try again at the next look
        with desk.work() as work:
            reminders.beat(work, now - health.ALARM_AGAIN, "did not go out", health.ALARM)
    return count


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

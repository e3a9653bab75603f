"""Each reminder as a mail: what it says, to whom, with the address of its page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from casemgr.db.tables import Person
from casemgr.desk import Desk
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import Side
from casemgr.mail.message import message
from casemgr.usecases import calendar_invitations, digests, reminder_links, signin
from casemgr.usecases.hearings import said_at
from casemgr.usecases.told import Alert, Appointment, Mail, Owed, Plain, Told

LATE = timedelta(hours=1)  # from then on a mail says that it should have come earlier


def mail_of(desk: Desk, owed: Told, at: datetime) -> EmailMessage:
    """Return the mail for one reminder, with the address of the page it is about."""
    if isinstance(owed, Appointment):
        return _invitation(desk, owed, at)
    if isinstance(owed, Alert):
        name, facts = _alert(desk, owed)
    elif isinstance(owed, Plain):
        is_list = owed.kind is ReminderKind.DIGEST
        name, facts = _digest(desk, owed, at) if is_list else _trouble(owed)
    else:
        name, facts = _due(desk, owed, at)
    return _addressed(desk, name, owed, facts, owed.dedupe_key, at)


def mail_of_several(desk: Desk, together: Sequence[Told], at: datetime) -> EmailMessage:
    """Return one mail for several reminders of one person, the most urgent first."""
    first = together[0]
    keys = "\n".join(sorted(each.dedupe_key for each in together))
    facts = {
        "count": len(together),
        "lines": [_line(desk, each, at) for each in together],
        "repeat": any(each.may_repeat for each in together),
        "address": f"{desk.settings.address}/due",
    }
    key = f"together:{hashlib.sha256(keys.encode()).hexdigest()}"
    return _addressed(desk, "several", first, facts, key, at)


def _addressed(
    desk: Desk, name: str, owed: Mail, facts: Mapping[str, object], key: str, at: datetime
) -> EmailMessage:
    common = {
        "name": owed.to_name,
        "office": desk.office,
        "title": owed.title,
        "matter": owed.matter,
        "repeat": owed.may_repeat,
        "late_since": owed.send_at.astimezone(desk.zone) if at - owed.send_at > LATE else None,
    }
    return message(
        name,
        common | dict(facts),
        to=(owed.to_name, owed.to_email),
        key=key,
        at=at,
        sender=(desk.office, desk.settings.mail.sender),
    )


def _line(desk: Desk, owed: Told, at: datetime) -> dict[str, object]:
    if isinstance(owed, Owed):
        headline, _ = words(owed, at.astimezone(desk.zone).date())
        address = f"{desk.settings.address}/deadlines/{owed.deadline_id}"
        due = owed.due
    else:
        headline, due = "Look today", None
        address = f"{desk.settings.address}/matters/{owed.matter_id}" if owed.matter_id else ""
    return {
        "headline": headline,
        "title": owed.title,
        "matter": owed.matter,
        "due": due,
        "address": address,
    }


def _invitation(desk: Desk, owed: Appointment, at: datetime) -> EmailMessage:
    """Return the mail about a hearing, with the invitation that calendar programs read."""
    method, dated = calendar_invitations.unpacked(owed.facts["invitation"])
    assert dated.at is not None
    facts = {
        "headline": owed.facts["headline"],
        "says": owed.facts["says"],
        "off": method is calendar_invitations.Method.CANCEL,
        "when": said_at(dated.at, dated.zone),
        "place": dated.place,
        "address": f"{desk.settings.address}{dated.page}",
    }
    made = _addressed(desk, "hearing", owed, facts, owed.dedupe_key, at)
    body = calendar_invitations.invitation(
        dated,
        method,
        organiser=(desk.office, desk.settings.mail.sender),
        attendee=(owed.to_name, owed.to_email),
        site=desk.settings.address,
    )
    asks = {"method": method.value}
    made.add_alternative(body.decode(), subtype="calendar", params=asks)
    return made


def _alert(desk: Desk, owed: Alert) -> tuple[str, dict[str, object]]:
    address = f"{desk.settings.address}/matters/{owed.matter_id}/people"
    return "alert", {"note": owed.note, "address": address}


def _trouble(owed: Plain) -> tuple[str, dict[str, object]]:
    return "trouble", {"says": owed.facts.get("says", ""), "address": owed.facts.get("address", "")}


def _digest(desk: Desk, owed: Plain, at: datetime) -> tuple[str, dict[str, object]]:
    """Return the morning's list as it stands now, through the eyes of whoever gets it."""
    with desk.work(reads_only=True) as work:
        actor = signin.as_actor(work.session.get_one(Person, owed.to_id))
        theirs = replace(desk.begin(work.session, actor), now=at)
        seen, told = digests.of(theirs), theirs.today
    return "digest", {
        "digest": seen,
        "most": digests.MOST,
        "today": told,
        "at": f"{desk.settings.address}/deadlines/",
        "address": f"{desk.settings.address}/due",
    }


def _due(desk: Desk, owed: Owed, at: datetime) -> tuple[str, dict[str, object]]:
    """Return what the mail about a deadline says, with the proof's summary."""
    headline, sentence = words(owed, at.astimezone(desk.zone).date())
    link = reminder_links.Link(owed.to_id, owed.deadline_id, at + reminder_links.LASTS)
    answers = f"{desk.settings.address}/answer/{reminder_links.write(desk.key, link)}"
    return "reminder", {
        "headline": headline,
        "sentence": sentence,
        "ours": owed.whose is Side.OURS,
        "due": owed.due,
        "safe": owed.safe,
        "certain": owed.certain,
        "because": owed.uncertain_because,
        "steps": owed.steps,
        "readings": owed.readings,
        "address": f"{desk.settings.address}/deadlines/{owed.deadline_id}",
        "answers": answers,
        "answer_until": owed.answer_until.astimezone(desk.zone) if owed.answer_until else None,
    }


def words(owed: Owed, today: date) -> tuple[str, str]:
    """Return the subject's first words, and the sentence the mail opens with."""
    if owed.kind is ReminderKind.NOTICE:
        return str(owed.facts.get("headline", "New")), str(owed.facts.get("says", ""))
    if owed.kind is ReminderKind.ESCALATION:
        return _handed_up(owed, today)
    return _by_days(owed, today)


def _handed_up(owed: Owed, today: date) -> tuple[str, str]:
    headline, sentence = _by_days(owed, today)
    silent = owed.facts.get("silent", "Whoever answers for it")
    because: dict[Any, str] = {
        "bounced": f"Mails to {silent} come back, so you are told.",
        "unanswered": f"{silent} has not said that they know of it, so you are told.",
        "late": "It has passed, so you are told.",
    }
    return f"See to it: {headline[:1].lower()}{headline[1:]}", " ".join(
        [because.get(owed.facts.get("why"), ""), sentence]
    )


def _by_days(owed: Owed, today: date) -> tuple[str, str]:
    """Say how it stands on the day it is told, which may be later than it was owed."""
    theirs = owed.whose is Side.THEIRS
    due = owed.due if theirs else owed.safe or owed.due
    days = (due - today).days if due is not None and owed.days_before >= 0 else owed.days_before
    if days < 0 and theirs:
        return (
            "Their time ran out",
            "The other side's time has run out. It may open a right of ours.",
        )
    if days < 0:
        return "Late", "This was due and is not marked done."
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    if theirs:
        return f"Theirs, due {when}", f"This is due {when}. The other side must do it."
    return f"Due {when}", f"This is due {when}. We must do it."

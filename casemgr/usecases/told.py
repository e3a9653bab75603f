"""What somebody is told: claimed reminders as plain values, fit to leave the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import Side

ALONE = (ReminderKind.DIGEST,)  # never in one mail with others


@dataclass(frozen=True, slots=True)
class Mail:
    """A claimed reminder: whom to tell, of what."""

    id: str
    kind: ReminderKind
    dedupe_key: str
    attempts: int
    unsure: int
    send_at: datetime
    to_id: str
    to_name: str
    to_email: str
    title: str
    matter_id: str
    matter: str
    facts: Mapping[str, Any]

    @property
    def may_repeat(self) -> bool:
        """Say whether an earlier sending may have arrived: the mail then says so."""
        return self.unsure > 1

    @property
    def may_go_along(self) -> bool:
        """Say whether it may be told in one mail with others."""
        return self.kind not in ALONE

    @property
    def about_a_deadline(self) -> bool:
        """Say whether it is about a date that somebody else could be told of instead."""
        return False

    @property
    def answer_until(self) -> datetime | None:
        """Return until when an answer is expected, before somebody else is told."""
        return None


@dataclass(frozen=True, slots=True)
class Plain(Mail):
    """What is about no matter: the morning's list, or trouble with the reminders themselves."""


@dataclass(frozen=True, slots=True)
class Appointment(Mail):
    """A hearing that was set, moved or called off; an invitation goes with it."""

    @property
    def may_go_along(self) -> bool:
        """Say no: calendar programs read one invitation a mail."""
        return False


@dataclass(frozen=True, slots=True)
class Alert(Mail):
    """What somebody is told at once, beside the task that tells it too."""

    note: str


@dataclass(frozen=True, slots=True)
class _Dated(Mail):
    days_before: int
    deadline_id: str
    whose: Side
    due: date | None
    safe: date | None
    certain: bool
    uncertain_because: str
    rule: str | None
    steps: tuple[dict[str, Any], ...]
    readings: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Owed(_Dated):
    """A reminder of a deadline with everything its mail says."""

    answer_until: datetime | None = None

    @property
    def about_a_deadline(self) -> bool:
        """Say whether it is about a date that somebody else could be told of instead."""
        return True


Told = Owed | Alert | Plain | Appointment

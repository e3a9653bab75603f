"""A reminder as a short message to a telephone: the address of a page, and no word of a matter."""

from __future__ import annotations

from collections.abc import Sequence

from casemgr.desk import Desk
from casemgr.domain.reminders import ReminderKind
from casemgr.usecases.told import Owed, Told


def chat_of(desk: Desk, told: Sequence[Told]) -> str:
    """Return what is said of what goes into one mail; nothing of the morning's list."""
    first = told[0]
    if first.kind is ReminderKind.DIGEST:
        return ""
    several = len(told) > 1
    page = "due" if several or not isinstance(first, Owed) else f"deadlines/{first.deadline_id}"
    repeat = "(Possible repeat) " if any(each.may_repeat for each in told) else ""
    what = f"{len(told)} reminders wait" if several else "a reminder waits"
    return f"{repeat}casemgr: {what} for you. {desk.settings.address}/{page}"

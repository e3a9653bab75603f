"""A knock as a short message to a telephone: the address of a page, and no word of a matter."""

from __future__ import annotations

from casemgr.desk import Desk
from casemgr.usecases.knocks import Knock


def chat_of(desk: Desk, knock: Knock) -> str:
    """Return what is said: how much waits, and where to see it."""
    page = f"deadlines/{knock.deadline_id}" if knock.deadline_id else "due"
    repeat = "(Possible repeat) " if knock.may_repeat else ""
    what = f"{knock.count} reminders wait" if knock.count > 1 else "a reminder waits"
    return f"{repeat}casemgr: {what} for you. {desk.settings.address}/{page}"

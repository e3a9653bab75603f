"""Whether reminders go out: the sweeps, the mail and the clock, as the database knows of them.

What is kept here lives in real time, also in an office that stands at another day.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casemgr.db.tables import Heartbeat, Person, Reminder
from casemgr.domain.clock_watch import ClockWatch
from casemgr.domain.reminders import CHAT, MAIL, ReminderKind
from casemgr.domain.words import ReminderState, Role
from casemgr.errors import Refused
from casemgr.usecases import owing, reminders
from casemgr.usecases.work import Work

MAIL_DOWN, CLOCK, BELIEVED, ALARM = "mail_down", "clock", "clock_believed", "alarm"
CHAT_DOWN = "chat_down"
NOT_READY = timedelta(minutes=5)  # the sweep ticks once a minute
SAY_SO = timedelta(minutes=15)  # until somebody is told
BANNER = timedelta(minutes=13)  # until every page says it; it is looked at once a minute
ALARM_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Standing:
    """How reminders and mail stand: when the last sweep ended, since when what is wrong."""

    swept_at: datetime | None
    swept: str
    mail_down_since: datetime | None
    mail_why: str
    clock_since: datetime | None
    clock_why: str
    chat_down_since: datetime | None = None
    chat_why: str = ""

    def faults(self, now: datetime, patience: timedelta = SAY_SO) -> list[str]:
        """Return what is wrong for longer than this, each with what to do."""
        found = []
        if self.clock_since is not None:
            found.append(
                f"{self.clock_why} Reminders wait. Set the clock right, or say that it is: "
                "casemgr reminders sweep --clock-is-right."
            )
        elif self.swept_at is not None and now - self.swept_at > patience:
            found.append(
                f"Reminders were last sent out at {self.swept_at:%Y-%m-%d %H:%M} UTC. "
                "Start casemgr again. The dates on these pages are right."
            )
        if self.mail_down_since is not None and now - self.mail_down_since > patience:
            found.append(
                f"No mail has gone out since {self.mail_down_since:%Y-%m-%d %H:%M} UTC: "
                f"{self.mail_why} Nothing is lost: it goes out when the server takes it again."
            )
        if self.chat_down_since is not None and now - self.chat_down_since > patience:
            found.append(
                f"No chat or SMS has gone out since {self.chat_down_since:%Y-%m-%d %H:%M} UTC: "
                f"{self.chat_why} Mails go out all the same, and these are tried again."
            )
        return found


def real_now() -> datetime:
    """Return the moment in real time, also in an office that stands at another day."""
    return datetime.now(UTC)


def standing(session: Session) -> Standing:
    """Read how reminders and mail stand."""
    wanted = (reminders.SWEEP, MAIL_DOWN, CLOCK, CHAT_DOWN)
    rows = session.execute(
        sa.select(col(Heartbeat.name), col(Heartbeat.at), col(Heartbeat.says)).where(
            col(Heartbeat.name).in_(wanted)
        )
    )
    found = {name: (at, says) for name, at, says in rows}
    (swept_at, swept), (mail_at, mail), (clock_at, clock), (chat_at, chat) = (
        found.get(name, (None, "")) for name in wanted
    )
    return Standing(swept_at, swept, mail_at, mail, clock_at, clock, chat_at, chat)


# --- mail


def note_mail_down(work: Work, now: datetime, why: str) -> None:
    """Note since when no mail goes out; what was noted first stays."""
    if work.session.get(Heartbeat, MAIL_DOWN) is None:
        reminders.beat(work, now, why, MAIL_DOWN)


def note_mail_up(work: Work) -> None:
    """Note that mail goes out again."""
    _forget(work, MAIL_DOWN)


def note_chat_down(work: Work, now: datetime, why: str) -> None:
    """Note since when no chat or SMS goes out; what was noted first stays."""
    if work.session.get(Heartbeat, CHAT_DOWN) is None:
        reminders.beat(work, now, why, CHAT_DOWN)


def note_chat_up(work: Work) -> None:
    """Note that chat and SMS go out again."""
    _forget(work, CHAT_DOWN)


def _forget(work: Work, name: str) -> bool:
    gone = work.session.execute(
        sa.delete(Heartbeat)
        .where(col(Heartbeat.name) == name)
        .execution_options(synchronize_session=False)
    )
    return bool(gone.rowcount)  # type: ignore[attr-defined]


# --- the clock


def _of_the_clock(database_says: Any) -> Any:
    # One row at least, with the database's own time: another question would be another trip.
    time = sa.select(database_says.label("time")).subquery()
    named = sa.or_(*(col(Heartbeat.name) == each for each in (BELIEVED, reminders.SWEEP, CLOCK)))
    return sa.select(
        col(Heartbeat.name), col(Heartbeat.at), col(Heartbeat.says), time.c.time
    ).select_from(time.outerjoin(Heartbeat, named))


_OF_THE_CLOCK = {
    "sqlite": _of_the_clock(sa.null()),  # the same machine, and the same clock
    "postgresql": _of_the_clock(sa.func.clock_timestamp()),
}


def look_at_clock(
    work: Work, watch: ClockWatch, now: datetime, steady: float
) -> tuple[str, ClockWatch, bool]:
    """Say what is wrong with the clock, return the watch to go on with, and whether to note it."""
    rows = work.session.execute(_OF_THE_CLOCK[work.session.get_bind().dialect.name]).all()
    found = {name: (at, says) for name, at, says, _ in rows if name is not None}
    believed, last, noted = (found.get(each) for each in (BELIEVED, reminders.SWEEP, CLOCK))
    if believed is not None and believed[1] != watch.said:
        watch = ClockWatch(now, steady, believed[1])
    wrong = watch.wrong(now, steady, last_beat=last[0] if last else None, database=rows[0][3])
    return wrong, watch, wrong != (noted[1] if noted else "")


def note_clock(work: Work, wrong: str, now: datetime) -> None:
    """Note what is wrong with the clock, or that it is right again.

    Then what was marked as sent at a time that has not come is owed again.
    """
    if wrong:
        noted = work.session.get(Heartbeat, CLOCK)
        reminders.beat(work, noted.at if noted else now, wrong, CLOCK)
    elif _forget(work, CLOCK):
        reminders.arm_again(work, work.now)


def believe_clock(work: Work, now: datetime) -> int:
    """Take the clock as it stands for right, because a person says so; owe again what was marked
    as sent later than now, and return how many."""
    _forget(work, CLOCK)
    reminders.beat(work, now, secrets.token_hex(8), BELIEVED)
    reminders.beat(work, now, "a person said that the clock is right")
    return reminders.arm_again(work, work.now)


# --- telling somebody


def administrators(session: Session) -> list[Person]:
    """Return who looks after the office."""
    asked = sa.select(Person).where(
        col(Person.role) == Role.ADMINISTRATOR, col(Person.active).is_(True)
    )
    return list(session.scalars(asked.order_by(col(Person.name))))


def tell_administrators(work: Work, title: str, says: str, *, key: str) -> int:
    """Owe those who look after the office a mail about trouble, once a day for each key."""
    told = administrators(work.session)
    owing.write(
        work,
        [
            owing.line(
                kind=ReminderKind.TROUBLE,
                matter_id=None,
                person_id=each.id,
                send_at=work.now,
                key=f"trouble:{key}:{work.today}:{each.id}",
                due_on=work.today,
                facts={"title": title, "says": says},
            )
            for each in told
        ],
    )
    return len(told)


def may_sound(work: Work, now: datetime) -> bool:
    """Say whether an alarm may be sounded now: every six hours, by one process only."""
    taken = work.session.execute(
        sa.update(Heartbeat)
        .where(col(Heartbeat.name) == ALARM, col(Heartbeat.at) <= now - ALARM_AGAIN)
        .values(at=now)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount:  # type: ignore[attr-defined]
        return True
    if work.session.get(Heartbeat, ALARM) is not None:
        return False
    reminders.beat(work, now, "told the administrators", ALARM)
    return True


def waiting(work: Work) -> dict[str, int]:
    """Return how many reminders are in which state; numbers alone, of no matter by name."""
    if work.actor.role is not Role.ADMINISTRATOR and work.actor.id is not None:
        raise Refused("The health of the mail is for administrators. Ask one of them.")
    late = sa.and_(
        col(Reminder.state).in_([ReminderState.PENDING, ReminderState.CLAIMED]),
        col(Reminder.send_at) <= work.now - SAY_SO,
    )
    failed = col(Reminder.state) == ReminderState.FAILED
    sent = sa.and_(
        col(Reminder.state) == ReminderState.SENT,
        col(Reminder.sent_at) > work.now - timedelta(days=1),
    )
    by_mail, by_chat = (col(Reminder.channel) == each for each in (MAIL, CHAT))
    wanted = {
        "late": sa.and_(late, by_mail),
        "failed": sa.and_(failed, by_mail),
        "sent_today": sa.and_(sent, by_mail),
        "chat_late": sa.and_(late, by_chat),
        "chat_failed": sa.and_(failed, by_chat),
    }
    counted = sa.select(*(sa.func.count(col(Reminder.id)).filter(each) for each in wanted.values()))
    found = work.session.execute(counted).one()
    return dict(zip(wanted, found, strict=True))

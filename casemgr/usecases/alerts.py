"""Tell whoever answers for a matter at once: each a task, which opens their page, and a mail."""

from __future__ import annotations

from casemgr.db import doors
from casemgr.db.tables import Reminder, Task
from casemgr.domain.access import Right
from casemgr.domain.reminders import ReminderKind
from casemgr.usecases import records
from casemgr.usecases.work import Work


def tell_attorneys(work: Work, matter_id: str, title: str, note: str) -> list[Task]:
    """Plan a task for today, and owe a mail, to each attorney on a matter; to all who work on it
    where it has none.

    Written in the transaction of what they are told, so that neither is there without the other.
    The next sweep, a minute later at most, sends the mails.
    """
    told = doors.who_can(work.session, matter_id, Right.SIGN_OFF, work.today)
    told = told or doors.who_can(work.session, matter_id, Right.LOG, work.today)
    return [_plan(work, matter_id, person_id, title, note) for person_id, _ in told]


def _plan(work: Work, matter_id: str, person_id: str, title: str, note: str) -> Task:
    task = Task(
        matter_id=matter_id,
        title=title,
        note=note,
        person_id=person_id,
        due_on=work.today,
        known_on=work.today,
    )
    records.keep(work, task)
    work.record("task.made", task, title=task.title)
    _owe_mail(work, task)
    return task


def _owe_mail(work: Work, task: Task) -> None:
    # After the task, which it refers to; nobody who was let in can call it off.
    work.session.flush()
    work.session.add(
        Reminder(
            kind=ReminderKind.ALERT,
            matter_id=task.matter_id,
            task_id=task.id,
            person_id=str(task.person_id),
            dedupe_key=f"alert:{task.id}:{task.person_id}",
            days_before=0,
            send_at=work.now,
            due_on=work.today,
        )
    )

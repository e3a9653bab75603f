"""Tell whoever answers for a matter at once: a task each, on the page they open first."""

from __future__ import annotations

from casemgr.db import doors
from casemgr.db.tables import Task
from casemgr.domain.access import Right
from casemgr.usecases import records
from casemgr.usecases.work import Work


def tell_attorneys(work: Work, matter_id: str, title: str, note: str) -> list[Task]:
    """Plan a task for today for each attorney on a matter; for all who work on it without one.

    Written in the transaction of what they are told, so that neither is there without the other.
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
    return task

"""Tasks: plan something for a day of one's own choosing, do it, or give it up."""

from __future__ import annotations

from casemgr.db import doors
from casemgr.db.tables import Task
from casemgr.domain.access import Right
from casemgr.domain.words import TaskState
from casemgr.errors import WrongMoment
from casemgr.fields import Code, Day, Input, Name, Note
from casemgr.usecases import people, records
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


class TaskInput(Input):
    """What is planned, by whom and by when."""

    title: Name
    note: Note = ""
    person_id: Code | None = None
    due_on: Day | None = None


def add_task(work: Work, matter_id: str, given: TaskInput) -> Task:
    """Plan something on a matter; it is never shown as a legal deadline."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check(work, matter.id, given)
    task = Task(matter_id=matter.id, known_on=work.today, **given.model_dump())
    records.keep(work, task)
    work.record("task.made", task, title=task.title)
    return task


def change_task(work: Work, task_id: str, given: TaskInput, *, version: int | None = None) -> Task:
    """Change what is planned, for whom or for when."""
    task = doors.open_door(work.session, work.actor, Task, task_id, Right.LOG, work.today)
    records.not_overtaken(task, version)
    if (given.person_id, given.due_on) != (task.person_id, task.due_on):
        _check(work, task.matter_id, given)
    records.change(work, task, given)
    return task


def finish_task(work: Work, task_id: str, *, version: int | None = None) -> Task:
    """Note that a task is done."""
    return _settle(work, task_id, TaskState.DONE, "task.done", version)


def withdraw_task(work: Work, task_id: str, *, version: int | None = None) -> Task:
    """Give a task up."""
    return _settle(work, task_id, TaskState.WITHDRAWN, "task.withdrawn", version)


def _settle(work: Work, task_id: str, state: TaskState, tag: str, version: int | None) -> Task:
    task = doors.open_door(work.session, work.actor, Task, task_id, Right.LOG, work.today)
    records.not_overtaken(task, version)
    if task.state is not TaskState.OPEN:
        raise WrongMoment(f"This task is {task.state.value} already. Plan a new one instead.")
    task.state, task.done_on = state, work.today if state is TaskState.DONE else None
    records.keep(work, task)
    work.record(tag, task, title=task.title)
    return task


def _check(work: Work, matter_id: str, given: TaskInput) -> None:
    checks = Checks(work)
    people.check_on_matter(checks, "person_id", given.person_id, matter_id, given.due_on)
    checks.done()

"""Matters, who is on them, what is planned, and what does not fit."""

from __future__ import annotations

from typing import Literal

from sqlmodel import SQLModel

from casemgr.api.bodies import again
from casemgr.api.nouns import Act, Change, Create, Noun
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.domain.words import TaskState
from casemgr.usecases import closing, matters, people, tasks
from casemgr.usecases.work import Work

MATTER = {
    "title": "Alvarez v. ICE",
    "reference": "2026-014",
    "names": ["Tenants of Ward Nine"],
    "summary": "Opt-out letters and the agency's replies.",
    "opened_on": "2010-02-01",
}

MATTERS = Noun(
    path="matters",
    one="matter",
    about="What the office works on together; access is decided here.",
    shape=Shape("Matter", tables.Matter),
    filters={"status": "status", "reference": "reference", "practice": "practice"},
    create=Create(matters.OpenInput, matters.open_matter, MATTER),
    change=Change(matters.MatterInput, matters.change_matter, {"title": "Alvarez v. DHS"}),
    acts=(
        Act(
            "closing",
            "close_matter",
            "Close a matter",
            closing.close_matter,
            closing.ClosingInput,
            {"because": "The records came."},
        ),
        Act(
            "reopening",
            "reopen_matter",
            "Reopen a closed matter",
            closing.reopen_matter,
            closing.ClosingInput,
            {"because": "The appeal was granted."},
        ),
    ),
)

MEMBERSHIPS = Noun(
    path="memberships",
    one="membership",
    about="Who is on a matter, from when to when.",
    shape=Shape("Membership", tables.Membership),
    order="since_on",
    filters={"matter": "matter_id", "person": "person_id"},
    create=Create(
        people.NewMembership,
        people.add_member,
        {"matter_id": "M-7F3KQ2X8MP", "person_id": "P-7F3KQ2X8MP", "since_on": "2010-10-29"},
        parent="matter_id",
    ),
    change=Change(people.MembershipInput, people.change_member, {"until_on": "2010-12-17"}),
)


class TaskChange(tasks.TaskInput):
    """What to change about a task; `done` and `withdrawn` settle it."""

    state: Literal[TaskState.OPEN, TaskState.DONE, TaskState.WITHDRAWN] = TaskState.OPEN


def change_task(work: Work, task_id: str, given: TaskChange) -> SQLModel:
    """Change what is planned, note that it is done, or give it up."""
    facts = given.model_dump(exclude={"state"})
    task = tasks.change_task(work, task_id, again(tasks.TaskInput, facts))
    if given.state is TaskState.DONE and task.state is not TaskState.DONE:
        return tasks.finish_task(work, task_id)
    if given.state is TaskState.WITHDRAWN and task.state is not TaskState.WITHDRAWN:
        return tasks.withdraw_task(work, task_id)
    return task


TASKS = Noun(
    path="tasks",
    one="task",
    about="What somebody plans to do by a day of their own choosing; never a legal deadline.",
    shape=Shape("Task", tables.Task, gates={"done_on": ()}),
    order="due_on",
    filters={"matter": "matter_id", "person": "person_id", "state": "state"},
    create=Create(
        tasks.TaskInput,
        tasks.add_task,
        {"matter_id": "M-7F3KQ2X8MP", "title": "Call the FOIA officer", "due_on": "2010-11-05"},
        parent="matter_id",
    ),
    change=Change(TaskChange, change_task, {"state": "done"}),
)

FLAGS = Noun(
    path="flags",
    one="flag",
    about="An inconsistency found in a source: kept beside the fact, never silently corrected.",
    shape=Shape("Flag", tables.Flag),
    order="number",
    filters={"matter": "matter_id", "subject": "subject_id", "kind": "subject_kind"},
    create=Create(
        matters.FlagInput,
        matters.flag,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "subject_kind": "docket_entry",
            "subject_id": "DE-7F3KQ2X8MP",
            "says": "The opinion is dated July 11, the docket says July 12.",
            "source": "docket sheet, row 102",
        },
        parent="matter_id",
    ),
)

NOUNS = (MATTERS, MEMBERSHIPS, TASKS, FLAGS)

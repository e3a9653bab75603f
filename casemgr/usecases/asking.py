"""Ask somebody who may to do what one may not: a task, not an e-mail address."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints
from sqlmodel import SQLModel, col, select

from casemgr.db import doors, tables
from casemgr.db.tables import Task
from casemgr.domain.access import Right, as_said
from casemgr.domain.words import TaskState
from casemgr.errors import Malformed, NotFound
from casemgr.fields import Code, Input
from casemgr.usecases import tasks
from casemgr.usecases.tasks import TaskInput
from casemgr.usecases.work import Work

LONGEST_TITLE = 200

BY_KIND: dict[str, type[SQLModel]] = {
    str(getattr(tables, name).__tablename__): getattr(tables, name)
    for name in tables.__all__
    if getattr(tables, name) in doors.PART_OF
    or getattr(tables, name) is tables.Matter
    or "matter_id" in getattr(tables, name).model_fields
}


class AskInput(Input):
    """Whom to ask, for what, and about which record of the matter."""

    matter_id: Code
    person_id: Code
    right: Right
    subject_kind: Annotated[str, StringConstraints(max_length=40)]
    subject_id: Code


def ask(work: Work, given: AskInput) -> Task:
    """Plan a task for somebody who may do what the asker may not; asked twice it stays one task."""
    subject = _subject(work, given)
    matter = doors.matter(work.session, work.actor, given.matter_id, Right.LOG, work.today)
    if doors.matter_of(work.session, subject) != matter.id:
        raise NotFound
    able = dict(doors.who_can(work.session, matter.id, given.right, work.today))
    if given.person_id not in able:
        raise Malformed({"person_id": "They cannot do it either, or are not on this matter."})
    title = _title(work, given, subject)
    return _asked_already(work, given, title) or tasks.add_task(
        work, matter.id, TaskInput(title=title, person_id=given.person_id)
    )


def _subject(work: Work, given: AskInput) -> SQLModel:
    table = BY_KIND.get(given.subject_kind)
    if table is None:
        raise NotFound
    return doors.open_door(
        work.session, work.actor, table, given.subject_id, Right.READ, work.today
    )


def _title(work: Work, given: AskInput, subject: Any) -> str:
    named = getattr(subject, "title", "") or given.subject_id
    said = f"{work.actor.name} asks you to {as_said(given.right)}: {named}"
    return said if len(said) <= LONGEST_TITLE else f"{said[: LONGEST_TITLE - 1]}…"


def _asked_already(work: Work, given: AskInput, title: str) -> Task | None:
    return work.session.exec(
        select(Task)
        .where(
            Task.matter_id == given.matter_id,
            Task.person_id == given.person_id,
            Task.title == title,
            Task.state == TaskState.OPEN,
        )
        .order_by(col(Task.id))
    ).first()

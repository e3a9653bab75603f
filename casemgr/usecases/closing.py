"""Close a matter with what is still open on it told, and reopen it as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import (
    Deadline,
    Declaration,
    DeclarationVersion,
    LetterDraft,
    Matter,
    Reminder,
    Task,
)
from casemgr.domain.access import Right
from casemgr.domain.words import DraftState, MatterStatus, ReminderState, TaskState
from casemgr.errors import WrongMoment
from casemgr.fields import Input, Reason
from casemgr.usecases import records
from casemgr.usecases.work import Work


class ClosingInput(Input):
    """Why a matter is closed, or opened again."""

    because: Reason


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What nobody has finished on a matter: titles, and how many reminders would still go out."""

    deadlines: Sequence[str]
    tasks: Sequence[str]
    drafts: Sequence[str]
    reminders: int

    @property
    def says(self) -> str:
        """Return what is open in one line."""
        counted = [
            (len(self.deadlines), "deadline"),
            (len(self.tasks), "task"),
            (len(self.drafts), "draft"),
            (self.reminders, "reminder"),
        ]
        parts = [f"{n} {what}{'s' * (n != 1)}" for n, what in counted if n]
        return ", ".join(parts) or "nothing"


def still_open(work: Work, matter_id: str) -> StillOpen:
    """Return what is not finished on a matter today."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    deadlines = sa.select(col(Deadline.title)).where(
        col(Deadline.matter_id) == matter.id,
        col(Deadline.known_on) <= work.today,
        sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > work.today),
        sa.or_(col(Deadline.done_on).is_(None), col(Deadline.done_on) > work.today),
    )
    tasks = sa.select(col(Task.title)).where(
        col(Task.matter_id) == matter.id,
        col(Task.known_on) <= work.today,
        col(Task.state) == TaskState.OPEN,
    )
    titles = work.session.scalars
    return StillOpen(
        titles(deadlines.order_by(col(Deadline.due), col(Deadline.id))).all(),
        titles(tasks.order_by(col(Task.due_on), col(Task.id))).all(),
        [*titles(_drafts(work, matter.id)), *titles(_letters(work, matter.id))],
        _reminders(work, matter.id),
    )


def _drafts(work: Work, matter_id: str) -> sa.Select[str]:
    """Select the declarations of which a version is neither signed off nor given up."""
    version = DeclarationVersion
    unfinished = (
        sa.select(sa.literal(1))
        .where(
            col(version.declaration_id) == col(Declaration.id),
            col(version.known_on) <= work.today,
            col(version.frozen).is_(False),
        )
        .exists()
    )
    return (
        sa.select(col(Declaration.title))
        .where(
            col(Declaration.matter_id) == matter_id,
            col(Declaration.known_on) <= work.today,
            unfinished,
        )
        .order_by(col(Declaration.title))
    )


def _letters(work: Work, matter_id: str) -> sa.Select[str]:
    """Select the letters that were begun and neither sent nor given up."""
    unfinished = [DraftState.DRAFT, DraftState.WAITING, DraftState.RELEASED]
    return (
        sa.select(col(LetterDraft.title))
        .where(
            col(LetterDraft.matter_id) == matter_id,
            col(LetterDraft.known_on) <= work.today,
            col(LetterDraft.state).in_(unfinished),
        )
        .order_by(col(LetterDraft.title))
    )


def _reminders(work: Work, matter_id: str) -> int:
    waiting = [ReminderState.PENDING, ReminderState.CLAIMED]
    asked = sa.select(sa.func.count()).where(
        col(Reminder.matter_id) == matter_id, col(Reminder.state).in_(waiting)
    )
    return int(work.session.execute(asked).scalar_one())


def close_matter(
    work: Work, matter_id: str, given: ClosingInput, *, version: int | None = None
) -> Matter:
    """Close a matter: nothing of it changes or reminds any more; holds and papers stay."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.MANAGE, work.today)
    records.not_overtaken(matter, version)
    if matter.status is MatterStatus.CLOSED:
        raise WrongMoment("This matter is closed already.")
    left = still_open(work, matter.id)
    matter.status, matter.closed_on = MatterStatus.CLOSED, work.today
    records.keep(work, matter)
    work.record("matter.closed", matter, title=matter.title, because=given.because, left=left.says)
    return matter


def reopen_matter(
    work: Work, matter_id: str, given: ClosingInput, *, version: int | None = None
) -> Matter:
    """Open a closed matter again, with everything as it stood and its reminders going out."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.MANAGE, work.today)
    records.not_overtaken(matter, version)
    if matter.status is not MatterStatus.CLOSED:
        raise WrongMoment("This matter is open. There is nothing to reopen.")
    matter.status, matter.closed_on = MatterStatus.OPEN, None
    records.keep(work, matter)
    work.record("matter.reopened", matter, title=matter.title, because=given.because)
    return matter

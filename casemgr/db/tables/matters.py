"""Matters: what an office works on together. Access is decided here."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import MatterStatus, TaskState
from casemgr.fields import choice, code


class Matter(Sourced, Edited, table=True):
    """What an office works on together."""

    id: str = Field(default_factory=code("M"), primary_key=True, max_length=16)
    reference: str = Field(default="", max_length=60)  # the office's own number
    title: str = Field(max_length=200)
    summary: str = Field(default="", max_length=2000)
    names: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # clients, opponents, others
    status: MatterStatus = Field(
        default=MatterStatus.OPEN, sa_type=choice(MatterStatus), nullable=False
    )
    practice: bool = False  # a beginner may break it and start over
    opened_on: date
    closed_on: date | None = None


class Task(Edited, table=True):
    """Something a person plans to do by a day of their own choosing; never a legal deadline."""

    id: str = Field(default_factory=code("TA"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    title: str = Field(max_length=200)
    note: str = Field(default="", max_length=2000)
    person_id: str | None = Field(
        default=None, foreign_key="person.id", index=True, ondelete="RESTRICT"
    )
    due_on: date | None = None
    state: TaskState = Field(default=TaskState.OPEN, sa_type=choice(TaskState), nullable=False)
    done_on: date | None = None
    known_on: date = Field(index=True)


class Flag(Sourced, table=True):
    """An inconsistency somebody found in a source: kept and shown, never silently corrected."""

    __table_args__ = (
        sa.Index("ix_flag_subject", "subject_kind", "subject_id"),
        sa.UniqueConstraint("matter_id", "number"),
    )

    id: str = Field(default_factory=code("FL"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    number: int = Field(ge=1)
    subject_kind: str = Field(max_length=32)
    subject_id: str = Field(max_length=32)
    says: str = Field(max_length=1000)

"""History: who did what, when. Append-only by trigger, gapless, hash-chained."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class HistoryEntry(SQLModel, table=True):
    """One thing somebody did, sealed to the one before it."""

    __tablename__ = "history_entry"
    __table_args__ = (
        sa.Index("ix_history_entry_subject", "subject_kind", "subject_id", "seq"),
        sa.Index("ix_history_entry_matter", "matter_id", "seq"),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    person_id: str | None = Field(default=None, max_length=16)
    person_name: str = Field(max_length=200)
    what: str = Field(max_length=60)
    matter_id: str | None = Field(default=None, max_length=16)
    subject_kind: str = Field(default="", max_length=32)
    subject_id: str = Field(default="", max_length=32)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    seal: str = Field(max_length=64)


class HistoryHead(SQLModel, table=True):
    """The newest link of the chain; its row lock keeps the numbers gapless."""

    __tablename__ = "history_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True)
    seq: int = 0
    seal: str = Field(default="", max_length=64)


class Heartbeat(SQLModel, table=True):
    """When a sweep, or a backup, last ran to its end."""

    name: str = Field(primary_key=True, max_length=60)
    at: datetime
    says: str = Field(default="", max_length=300)

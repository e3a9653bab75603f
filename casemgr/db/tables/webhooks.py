"""Programs outside that are told what happens, and what each of them was told."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casemgr.db.tables.columns import Edited
from casemgr.domain.happenings import Happening
from casemgr.domain.words import ReminderState
from casemgr.fields import choice, code


class Webhook(Edited, table=True):
    """A program outside that is told of its maker's matters, by codes only.

    Its secret follows from `salt` and the key outside the database. `told_seq` is how far of the
    history it was told. It is a tool of its maker and no record of a matter, so the one matter it
    may be of is not called `matter_id`: no package or hold reaches it.
    """

    __tablename__ = "webhook"

    id: str = Field(default_factory=code("WH"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=200)
    address: str = Field(max_length=500)
    happenings: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    about_matter_id: str | None = Field(default=None, max_length=16)
    salt: str = Field(max_length=64)
    told_seq: int = 0
    made_at: datetime
    paused_at: datetime | None = None
    ended_at: datetime | None = None


class WebhookDelivery(SQLModel, table=True):
    """One message owed to a program outside; claimed by an UPDATE with a lease, as reminders are.

    `seq` is the line of the history it tells of; a test tells of none. Its `id` is the same on
    every repeat. `unsure` counts the sendings of which nobody can say whether they arrived.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        sa.Index("uq_webhook_delivery_webhook_id_seq", "webhook_id", "seq", unique=True),
        sa.Index(
            "ix_webhook_delivery_owed",
            "send_at",
            "id",
            sqlite_where=sa.text("state IN ('pending','claimed')"),
            postgresql_where=sa.text("state IN ('pending','claimed')"),
        ),
    )

    id: str = Field(default_factory=code("WD"), primary_key=True, max_length=16)
    webhook_id: str = Field(foreign_key="webhook.id", ondelete="RESTRICT")
    seq: int | None = None
    happening: Happening = Field(sa_type=choice(Happening), nullable=False)
    owed_at: datetime
    send_at: datetime
    state: ReminderState = Field(
        default=ReminderState.PENDING, sa_type=choice(ReminderState), nullable=False
    )
    claimed_by: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = None
    attempts: int = 0
    unsure: int = 0
    sent_at: datetime | None = None
    last_problem: str = Field(default="", max_length=500)

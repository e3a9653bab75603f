"""Deadlines with their proofs, and the reminders they owe. Superseded, never edited."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casemgr.db.tables.columns import Edited
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import DeadlineKind, ReminderState, Side
from casemgr.fields import choice, code


class Deadline(Edited, table=True):
    """A due date, whose it is, and its proof.

    The row is the projection of facts and law on the day it was made (`known_on`). When either
    changes, a new row supersedes it on `superseded_on`; the old stays readable. `key` is what
    stays the same from row to row: the thing that happened and the rule it set going.
    """

    __table_args__ = (
        sa.CheckConstraint("whose IN ('ours','theirs')", name="has_an_owner_side"),
        sa.CheckConstraint("kind <> 'rule' OR rule IS NOT NULL", name="rule_named"),
        sa.CheckConstraint(
            "kind <> 'override' OR override_because <> ''", name="override_has_reason"
        ),
        sa.Index(
            "ix_deadline_current_key",
            "key",
            unique=True,
            sqlite_where=sa.text("superseded_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL"),
        ),
        # All that is asked of a span is in the index: rows are long, and a change of law asks of
        # every one in force.
        sa.Index(
            "ix_deadline_span",
            "track_id",
            "lawsuit_id",
            "counts_from",
            "earliest",
            "latest",
            "safe",
            "kind",
            "key",
            "superseded_on",
            sqlite_where=sa.text("superseded_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL"),
        ),
        sa.Index(
            "ix_deadline_open_due",
            "matter_id",
            "due",
            "id",
            sqlite_where=sa.text("superseded_on IS NULL AND done_on IS NULL"),
            postgresql_where=sa.text("superseded_on IS NULL AND done_on IS NULL"),
        ),
    )

    id: str = Field(default_factory=code("D"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    request_id: str | None = Field(
        default=None, foreign_key="foia_request.id", index=True, ondelete="RESTRICT"
    )
    track_id: str | None = Field(
        default=None, foreign_key="track.id", index=True, ondelete="RESTRICT"
    )
    lawsuit_id: str | None = Field(
        default=None, foreign_key="lawsuit.id", index=True, ondelete="RESTRICT"
    )
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", index=True, ondelete="RESTRICT"
    )
    order_date_id: str | None = Field(
        default=None, foreign_key="order_date.id", ondelete="RESTRICT"
    )

    key: str = Field(max_length=120, index=True)
    title: str = Field(max_length=300)
    kind: DeadlineKind = Field(sa_type=choice(DeadlineKind), nullable=False)
    whose: Side = Field(sa_type=choice(Side), nullable=False)
    rule: str | None = Field(default=None, max_length=60)
    text_since: date | None = None
    status: str = Field(default="verified", max_length=16)  # of the rule: read by somebody, or not

    counts_from: date | None = None  # where the span begins within which a closed day can matter
    due: date | None = None
    safe: date | None = None
    earliest: date | None = None
    latest: date | None = None
    certain: bool = True  # false: it rests on a day nobody has confirmed
    uncertain_because: str = Field(default="", max_length=1000)
    readings: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    proof: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    proof_hash: str = Field(default="", max_length=64)

    owner_id: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    second_id: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    confirmed_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    confirmed_at: datetime | None = None
    checked_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    checked_at: datetime | None = None
    override_because: str = Field(default="", max_length=1000)
    override_document_id: str | None = Field(
        default=None, foreign_key="document.id", ondelete="RESTRICT"
    )

    known_on: date = Field(index=True)
    done_on: date | None = None
    done_how: str = Field(default="", max_length=500)
    # Who said so; null where it follows from a fact, and then facts may open it again.
    done_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    superseded_on: date | None = None
    superseded_because: str = Field(default="", max_length=500)
    superseded_by_id: str | None = Field(
        default=None, foreign_key="deadline.id", ondelete="RESTRICT"
    )


class Reminder(SQLModel, table=True):
    """A message owed to a person about a deadline or a task; claimed by an UPDATE with a lease.

    `unsure` counts the sendings of which nobody can say whether they arrived. `told_at` is when it
    was shown to the person here, in the transaction of its first claim, and so exactly once.
    """

    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('digest','trouble','notice','knock') "
            "OR (deadline_id IS NULL) <> (task_id IS NULL)",
            name="about_one_thing",
        ),
        sa.CheckConstraint(
            "kind IN ('digest','trouble','knock') OR matter_id IS NOT NULL", name="of_a_matter"
        ),
        # One morning's list is waiting for a person, never two.
        sa.Index(
            "ix_reminder_one_digest",
            "person_id",
            unique=True,
            sqlite_where=sa.text("kind = 'digest' AND state IN ('pending','claimed')"),
            postgresql_where=sa.text("kind = 'digest' AND state IN ('pending','claimed')"),
        ),
        sa.Index(
            "ix_reminder_unanswered",
            "escalate_at",
            sqlite_where=sa.text("escalate_at IS NOT NULL"),
            postgresql_where=sa.text("escalate_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_reminder_unseen",
            "person_id",
            "told_at",
            sqlite_where=sa.text("told_at IS NOT NULL AND seen_at IS NULL"),
            postgresql_where=sa.text("told_at IS NOT NULL AND seen_at IS NULL"),
        ),
        sa.Index(
            "ix_reminder_owed",
            "send_at",
            "id",
            sqlite_where=sa.text("state IN ('pending','claimed')"),
            postgresql_where=sa.text("state IN ('pending','claimed')"),
        ),
    )

    id: str = Field(default_factory=code("RM"), primary_key=True, max_length=16)
    kind: ReminderKind = Field(
        default=ReminderKind.DEADLINE, sa_type=choice(ReminderKind), nullable=False
    )
    matter_id: str | None = Field(
        default=None, foreign_key="matter.id", index=True, ondelete="RESTRICT"
    )
    deadline_id: str | None = Field(
        default=None, foreign_key="deadline.id", index=True, ondelete="RESTRICT"
    )
    task_id: str | None = Field(
        default=None, foreign_key="task.id", index=True, ondelete="RESTRICT"
    )
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    dedupe_key: str = Field(max_length=160, unique=True)
    days_before: int  # 0 on the day itself, negative after it
    channel: str = Field(default="mail", max_length=16)
    send_at: datetime
    due_on: date | None = None  # the nearer, the sooner it goes out
    state: ReminderState = Field(
        default=ReminderState.PENDING, sa_type=choice(ReminderState), nullable=False
    )
    claimed_by: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = None
    attempts: int = 0
    unsure: int = 0
    sent_at: datetime | None = None
    sent_to: str = Field(default="", max_length=254)
    last_problem: str = Field(default="", max_length=500)
    told_at: datetime | None = None
    seen_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    escalate_at: datetime | None = None  # when somebody else is told, unless they answer

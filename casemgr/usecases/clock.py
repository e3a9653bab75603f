"""Keep the deadlines on file in step with facts and law: in the transaction that changed them.

Shared by every noun whose change can move a date. New rows supersede old ones; nothing is
edited. Each difference is recorded with its cause, and the reminders move with the deadline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.tables import Deadline, FoiaRequest, Membership, Reminder
from casemgr.domain.deadlines import Derived
from casemgr.domain.reminders import days_to_remind
from casemgr.domain.words import DeadlineKind, ReminderState, Side
from casemgr.usecases import derive_lawsuit, derive_track
from casemgr.usecases.work import Work

MORNING = time(6)  # reminders go out at six in the office's zone


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change of facts does to one deadline."""

    what: Literal["made", "moved", "withdrawn", "done", "reopened"]
    title: str
    was: date | None
    due: date | None
    before: Deadline | None
    after: Derived | None


def project_track(work: Work, track_id: str, *, because: str) -> tuple[Difference, ...]:
    """Bring a track's deadlines into step with its events as known today."""
    derived = derive_track.derive(work, track_id)
    on_file = _on_file(work, col(Deadline.track_id) == track_id)
    found = _save(work, on_file, derived, because)
    if derived:
        refresh_next_due(work, str(derived[0].belongs_to["request_id"]))
    return found


def project_lawsuit(work: Work, lawsuit_id: str, *, because: str) -> tuple[Difference, ...]:
    """Bring a lawsuit's deadlines into step with its docket as known today."""
    derived = derive_lawsuit.derive(work, lawsuit_id)
    on_file = _on_file(work, col(Deadline.lawsuit_id) == lawsuit_id)
    return _save(work, on_file, derived, because)


def _on_file(work: Work, of: sa.ColumnElement[bool]) -> Sequence[Deadline]:
    return work.session.exec(
        select(Deadline).where(of, col(Deadline.superseded_on).is_(None))
    ).all()


def compare(on_file: Iterable[Deadline], derived: Iterable[Derived]) -> tuple[Difference, ...]:
    """Say what would change, and change nothing: the preview and the save share it."""
    rows = {row.key: row for row in on_file if row.kind is not DeadlineKind.OVERRIDE}
    kept = {row.key for row in on_file if row.kind is DeadlineKind.OVERRIDE}
    found: list[Difference] = []
    for new in derived:
        if new.key in kept:
            continue  # an attorney's override is never moved by a rule
        row = rows.pop(new.key, None)
        if row is None:
            found.append(Difference("made", new.title, None, new.due, None, new))
        elif row.proof_hash != new.fingerprint:
            found.append(Difference("moved", new.title, row.due, new.due, row, new))
        elif row.done_on != new.done_on and row.done_by is None:
            what: Literal["done", "reopened"] = "done" if new.done_on else "reopened"
            found.append(Difference(what, new.title, row.due, new.due, row, new))
    found += [Difference("withdrawn", row.title, row.due, None, row, None) for row in rows.values()]
    return tuple(found)


def _save(
    work: Work, on_file: Sequence[Deadline], derived: Sequence[Derived], because: str
) -> tuple[Difference, ...]:
    found = compare(on_file, derived)
    for difference in found:
        _SAVES[difference.what](work, difference, because)
    return found


def _row(work: Work, new: Derived, like: Deadline | None = None) -> Deadline:
    # What a person said they did stays done when the date moves.
    by_person = like if like is not None and like.done_by is not None else None
    return Deadline(
        **new.belongs_to,  # type: ignore[arg-type]
        key=new.key,
        title=new.title,
        kind=new.kind,
        whose=new.whose,
        rule=new.rule,
        text_since=new.text_since,
        status=new.status,
        due=new.due,
        safe=new.safe,
        earliest=new.earliest,
        latest=new.latest,
        certain=new.certain,
        uncertain_because=new.uncertain_because,
        readings=[dict(reading) for reading in new.readings],
        steps=[dict(step) for step in new.steps],
        proof=dict(new.proof),
        proof_hash=new.fingerprint,
        owner_id=like.owner_id if like else None,
        second_id=like.second_id if like else None,
        known_on=work.today,
        done_on=by_person.done_on if by_person else new.done_on,
        done_how=by_person.done_how if by_person else new.done_how,
        done_by=by_person.done_by if by_person else None,
    )


def _made(work: Work, difference: Difference, because: str) -> None:
    assert difference.after is not None
    row = _row(work, difference.after)
    work.session.add(row)
    work.session.flush()
    owe_reminders(work, row)
    work.record("deadline.made", row, title=row.title, due=row.due or "not known", because=because)


def _moved(work: Work, difference: Difference, because: str) -> None:
    assert difference.after is not None
    old = difference.before
    assert old is not None
    row = _row(work, difference.after, like=old)
    _supersede(work, old, because)
    work.session.flush()
    work.session.add(row)
    work.session.flush()
    old.superseded_by_id = row.id
    work.session.add(old)
    owe_reminders(work, row)
    work.record(
        "deadline.moved",
        row,
        title=row.title,
        was=old.due or "no day",
        due=row.due or "no day",
        because=because,
    )


def _withdrawn(work: Work, difference: Difference, because: str) -> None:
    old = difference.before
    assert old is not None
    _supersede(work, old, because)
    work.session.flush()
    work.record(
        "deadline.withdrawn", old, title=old.title, was=old.due or "no day", because=because
    )


def _done(work: Work, difference: Difference, because: str) -> None:
    row, new = difference.before, difference.after
    assert row is not None
    assert new is not None
    row.done_on, row.done_how = new.done_on, new.done_how
    work.session.add(row)
    cancel_reminders(work, row)
    work.record("deadline.done", row, title=row.title, on=row.done_on, how=row.done_how or because)


def _reopened(work: Work, difference: Difference, because: str) -> None:
    row = difference.before
    assert row is not None
    row.done_on, row.done_how = None, ""
    work.session.add(row)
    work.session.flush()
    owe_reminders(work, row)
    work.record("deadline.made", row, title=row.title, due=row.due or "not known", because=because)


_SAVES: dict[str, Callable[[Work, Difference, str], None]] = {
    "made": _made,
    "moved": _moved,
    "withdrawn": _withdrawn,
    "done": _done,
    "reopened": _reopened,
}


def overridden(work: Work, old: Deadline, due: date, because: str, document_id: str) -> Deadline:
    """Supersede a counted date by one an attorney sets; no rule moves it from then on."""
    row = Deadline(
        **{name: getattr(old, name) for name in _KEPT_BY_OVERRIDE},
        kind=DeadlineKind.OVERRIDE,
        due=due,
        safe=due,
        earliest=due,
        latest=due,
        steps=[{"on": due.isoformat(), "says": f"Set by {work.actor.name}: {because}"}],
        override_because=because,
        override_document_id=document_id,
        confirmed_by=work.actor.id,
        confirmed_at=work.now,
        known_on=work.today,
    )
    _supersede(work, old, because)
    work.session.flush()
    work.session.add(row)
    work.session.flush()
    old.superseded_by_id = row.id
    work.session.add(old)
    owe_reminders(work, row)
    return row


_KEPT_BY_OVERRIDE = (
    "matter_id", "request_id", "track_id", "lawsuit_id", "docket_entry_id", "order_date_id",
    "key", "title", "whose", "rule", "text_since", "owner_id", "second_id",
)  # fmt: skip


def _supersede(work: Work, row: Deadline, because: str) -> None:
    row.superseded_on, row.superseded_because = work.today, because[:500]
    work.session.add(row)
    cancel_reminders(work, row)


# --- reminders: written, moved and cancelled with their deadline


def owe_reminders(work: Work, row: Deadline) -> None:
    """Write the reminders a deadline owes, to its owner and second or to who is responsible."""
    if row.done_on is not None:
        return
    due = (row.safe or row.due) if row.whose is Side.OURS else row.due
    days = tuple(
        days_to_remind(
            row.whose,
            in_court=row.lawsuit_id is not None,
            due=due,
            last=row.latest or row.due,
            today=work.today,
        )
    )
    for person_id in _to_remind(work, row):
        for before, day in days:
            _owe(work, row, person_id, before, day)


def _owe(work: Work, row: Deadline, person_id: str, before: int, day: date) -> None:
    key = f"{row.id}:v{row.version}:T{-before:+d}:{person_id}:mail"
    work.session.add(
        Reminder(
            matter_id=row.matter_id,
            deadline_id=row.id,
            person_id=person_id,
            dedupe_key=key,
            days_before=before,
            send_at=datetime.combine(day, MORNING, work.zone),
        )
    )


def _to_remind(work: Work, row: Deadline) -> list[str]:
    named = [person_id for person_id in (row.owner_id, row.second_id) if person_id]
    if named:
        return named
    return list(
        work.session.exec(
            select(Membership.person_id).where(
                Membership.matter_id == row.matter_id,
                col(Membership.responsible).is_(True),
                col(Membership.since_on) <= work.today,
                sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= work.today),
            )
        )
    )


def cancel_reminders(work: Work, row: Deadline) -> None:
    """Cancel what a deadline still owed after now; what fell due before keeps its story."""
    work.session.flush()
    work.session.execute(
        sa.update(Reminder)
        .where(
            col(Reminder.deadline_id) == row.id,
            col(Reminder.state) == ReminderState.PENDING,
            col(Reminder.send_at) > work.now,
        )
        .values(state=ReminderState.CANCELLED)
    )


# --- what lists sort by


def open_on(today: date) -> sa.ColumnElement[bool]:
    """Return the condition for a deadline that is known, current and not done on a day."""
    return sa.and_(
        col(Deadline.known_on) <= today,
        sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > today),
        sa.or_(col(Deadline.done_on).is_(None), col(Deadline.done_on) > today),
    )


def refresh_next_due(work: Work, request_id: str) -> None:
    """Keep on the request the next day on which something of it is due."""
    next_due = work.session.exec(
        select(sa.func.min(Deadline.due)).where(
            Deadline.request_id == request_id, open_on(work.today)
        )
    ).one()
    work.session.execute(
        sa.update(FoiaRequest).where(col(FoiaRequest.id) == request_id).values(next_due_on=next_due)
    )

"""What a demonstration does: both real matters planted, papers written, reminders sent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from casemgr.db.tables import (
    Deadline,
    Declaration,
    DeclarationVersion,
    DocketEntry,
    FoiaRequest,
    Lawsuit,
    Letter,
    Matter,
    Person,
    Reminder,
    Track,
)
from casemgr.desk import Desk, open_desk
from casemgr.domain.deadlines import state_on
from casemgr.domain.words import ReminderState
from casemgr.errors import WrongMoment
from casemgr.fields import seeded_code
from casemgr.mail.folder import MailFolder
from casemgr.scheduler import sweep
from casemgr.usecases import delay, letters, reminders
from casemgr.usecases.plant import plant
from casemgr.usecases.work import Actor, Work

NINE = time(9)

Says = Callable[[str], None]


def do_job(desk: Desk, as_of: date, says: Says) -> tuple[Desk, dict[str, Any], bool]:
    """Plant, derive, write and send; return the office, what came of it, and whether it changed."""
    data = desk.settings.data
    says("Planting the matters and replaying what happened, day by day")
    with _one_at_a_time(data), desk.work() as work:
        planted = plant(_morning(work, as_of), as_of=as_of)
        if planted.changed:
            reminders.skip_before(work, _start_of(desk, as_of))
    desk = open_desk(desk.settings)
    says("Writing the papers")
    papers = _write_papers(desk, data)
    says("Sending the reminders due that day")
    sweep(desk, MailFolder(data / "mail"), at=datetime.combine(as_of, NINE, desk.zone))
    summary = _summary(desk, as_of, papers)
    _write_summary(data, summary)
    return desk, summary, planted.changed


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    """Let one demonstration plant a folder at a time."""
    lock = data / ".planting"
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL)
    except FileExistsError as other:
        raise WrongMoment(
            f"Another demonstration is planting {data}, or one was interrupted. "
            f"If none runs, delete {lock} and try again."
        ) from other
    try:
        yield
    finally:
        os.close(handle)
        lock.unlink(missing_ok=True)


def _morning(work: Work, as_of: date) -> Work:
    return replace(work, now=datetime.combine(as_of, NINE, work.zone))


def _start_of(desk: Desk, as_of: date) -> datetime:
    return datetime.combine(as_of, time.min, desk.zone)


# --- papers


def _write_papers(desk: Desk, data: Path) -> list[dict[str, Any]]:
    with desk.work(reads_only=True) as work:
        attorney = _somebody(work, "mira")
    opens = partial(_opens_then, desk, attorney)
    with opens() as work:
        _draft_declaration(work)
    with opens(reads_only=True) as work:
        gathers = list(_wanted(work, desk))
    made = [letters.make(opens, desk.store, gather) for gather in gathers]
    return [_export(data, letter, pdf) for letter, pdf in made]


def _draft_declaration(work: Work) -> None:
    """Let the demonstration's attorney draft a declaration from what is known that day."""
    declaration_id, lawsuit_id = seeded_code("DC", "delay"), seeded_code("LS", "10-civ-3488")
    known = work.session.exec(
        select(Lawsuit.id).where(Lawsuit.id == lawsuit_id, col(Lawsuit.known_on) <= work.today)
    ).one_or_none()
    if known is None or work.session.get(Declaration, declaration_id) is not None:
        return
    delay.draft(work, lawsuit_id, declaration_id=declaration_id, declarant=work.actor.name)


@contextmanager
def _opens_then(desk: Desk, actor: Actor, *, reads_only: bool = False) -> Iterator[Work]:
    """Open work at nine on the demonstration's day, so that a second run makes the same paper."""
    with desk.work(actor, reads_only=reads_only) as work:
        assert desk.as_of is not None
        yield _morning(work, desk.as_of)


def _wanted(work: Work, desk: Desk) -> Iterator[letters.Gather]:
    """Yield what can be written on that day: the letter once there is a request, and so on."""
    ice = seeded_code("T", "2010-ice")
    if work.session.exec(
        select(Track.id).where(Track.id == ice, col(Track.known_on) <= work.today)
    ).first():
        yield letters.request_letter(ice)
    written = work.session.exec(
        select(Declaration.id)
        .join(DeclarationVersion, col(DeclarationVersion.declaration_id) == Declaration.id)
        .where(
            col(Declaration.known_on) <= work.today,
            col(DeclarationVersion.known_on) <= work.today,
            col(Declaration.lawsuit_id).is_not(None),
        )
        .order_by(col(Declaration.known_on).desc(), col(Declaration.id))
    ).all()
    for declaration_id in written:
        yield letters.declaration(declaration_id)
    yield letters.deadline_report(seeded_code("M", "secure-communities"), desk.office)


def _somebody(work: Work, key: str) -> Actor:
    person = work.session.exec(select(Person).where(Person.id == seeded_code("P", key))).one()
    return Actor(person.id, person.name, person.role, person.office_wide)


def _export(data: Path, letter: Letter, pdf: bytes) -> dict[str, Any]:
    folder = data / "papers"
    folder.mkdir(exist_ok=True, mode=0o700)
    words = re.findall(r"[a-z0-9]+", letter.title.lower())
    path = folder / f"{'-'.join(words)[:80]}.pdf"
    path.write_bytes(pdf)
    return {
        "file": str(path.relative_to(data)),
        "kind": letter.kind.value,
        "pages": letter.pages,
        "sha256": letter.sha256,
    }


# --- the summary


def _summary(desk: Desk, as_of: date, papers: list[dict[str, Any]]) -> dict[str, Any]:
    with desk.work(reads_only=True) as work:
        return {
            "as_of": as_of.isoformat(),
            "matters": _count(work, Matter),
            "requests": _count(work, FoiaRequest),
            "tracks": _count(work, Track),
            "docket_entries": _count(work, DocketEntry),
            "reminders_sent": _count(work, Reminder, col(Reminder.state) == ReminderState.SENT),
            "deadlines": [_deadline(row, title, as_of) for row, title in _deadlines(work)],
            "letters": papers,
        }


def _count(work: Work, table: type[SQLModel], *where: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(table).where(*where)
    return int(work.session.scalar(counted) or 0)


def _deadlines(work: Work) -> list[tuple[Deadline, str]]:
    rows = work.session.execute(
        sa.select(Deadline, col(Matter.title))
        .join(Matter, col(Matter.id) == col(Deadline.matter_id))
        .order_by(col(Deadline.known_on), col(Deadline.key), col(Deadline.superseded_on))
    ).all()
    return [(row, title) for row, title in rows]


def _deadline(row: Deadline, matter: str, as_of: date) -> dict[str, Any]:
    state = state_on(
        as_of,
        known_on=row.known_on,
        superseded_on=row.superseded_on,
        done_on=row.done_on,
        due=row.due,
        latest=row.latest,
        certain=row.certain,
    )
    return {
        "id": row.id,
        "matter": matter,
        "title": row.title,
        "whose": row.whose.value,
        "rule": row.rule,
        "due": row.due.isoformat() if row.due else None,
        "safe": row.safe.isoformat() if row.safe else None,
        "readings": row.readings,
        "state": state.value,
    }


def _write_summary(data: Path, summary: dict[str, Any]) -> None:
    half = data / ".demo.json"
    half.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    half.replace(data / "demo.json")

"""The demonstration: both real matters planted, the main job done, everything written down."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from casemgr.db.schema import bring_up_to_date
from casemgr.db.tables import (
    Deadline,
    Declaration,
    DeclarationVersion,
    DocketEntry,
    FoiaRequest,
    Lawsuit,
    Letter,
    Matter,
    Office,
    Person,
    Reminder,
    SignInLink,
    Track,
)
from casemgr.desk import Desk, open_desk
from casemgr.domain.deadlines import state_on
from casemgr.domain.words import ReminderState
from casemgr.errors import WrongMoment
from casemgr.fields import seeded_code
from casemgr.letters.render import the_pool
from casemgr.mail.folder import MailFolder
from casemgr.scheduler import sweep
from casemgr.settings import settings
from casemgr.usecases import delay, letters, reminders
from casemgr.usecases.plant import plant
from casemgr.usecases.signin import token_hash
from casemgr.usecases.work import Actor, Work

FIRST, LAST = date(2010, 2, 1), date(2020, 12, 31)
AS_OF = date(2010, 10, 29)
NINE = time(9)

Says = Callable[[str], None]


@dataclass(frozen=True)
class Done:
    """What a demonstration made, and how to look at it."""

    desk: Desk
    summary: dict[str, Any]
    links: dict[str, str]
    changed: bool


def run_demo(data: Path, as_of: date, address: str, says: Says) -> Done:
    """Plant, derive, write and send; run twice it changes nothing and says so."""
    refuse_day(as_of)
    desk = _open(data, address, says)
    _refuse_another_day(desk, as_of)
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
    return Done(desk, summary, _links(desk), planted.changed)


def refuse_day(as_of: date) -> None:
    """Raise WrongMoment for a day outside what the seeds can replay."""
    if not FIRST <= as_of <= LAST:
        raise WrongMoment(
            f"{as_of.isoformat()} is outside the story. Choose a day from {FIRST.isoformat()} "
            f"to {LAST.isoformat()}."
        )


def _open(data: Path, address: str, says: Says) -> Desk:
    given = {
        "CASEMGR_DATA": str(data),
        "CASEMGR_ADDRESS": address,
        "CASEMGR_INSECURE_COOKIES": "1",
    }
    if "CASEMGR_DATABASE_URL" in os.environ:
        given["CASEMGR_DATABASE_URL"] = os.environ["CASEMGR_DATABASE_URL"]
    chosen = settings(given)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    says("Making the database")
    bring_up_to_date(chosen.database_url)
    return open_desk(chosen)


def _refuse_another_day(desk: Desk, as_of: date) -> None:
    if desk.as_of is not None and desk.as_of != as_of:
        raise WrongMoment(
            f"{desk.settings.data} shows {desk.as_of.isoformat()}, and {as_of.isoformat()} was "
            "asked. Give another folder with --data, or delete this one."
        )
    with desk.work(reads_only=True) as work:
        office = work.session.exec(select(Office)).one_or_none()
    if office is not None and not office.demonstration:
        raise WrongMoment(
            f"{desk.settings.data} holds a real office. Give another folder with --data."
        )


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


# --- sign-in links: the demonstration office has no passwords


def _links(desk: Desk) -> dict[str, str]:
    """Return a one-click address for each demonstration person, the same at every start."""
    with desk.work(reads_only=True) as work:
        people = work.session.exec(select(Person).order_by(col(Person.name))).all()
    secrets = {person.id: _secret(desk, person.id) for person in people}
    with desk.work() as work:
        for person_id, secret in secrets.items():
            work.session.merge(SignInLink(token_hash=token_hash(secret), person_id=person_id))
    return {
        f"{person.name} ({person.title or person.role.value})": (
            f"{desk.settings.address}/sign-in/link/{secrets[person.id]}"
        )
        for person in people
    }


def _secret(desk: Desk, person_id: str) -> str:
    return token_hash(f"{desk.key.hex()}:{person_id}")[:32]


def table(done: Done) -> str:
    """Return what was made as a table for the terminal."""
    summary = done.summary
    states = [each["state"] for each in summary["deadlines"]]
    rows = [
        ("As of", summary["as_of"]),
        ("Matters", summary["matters"]),
        ("Requests", summary["requests"]),
        ("Tracks", summary["tracks"]),
        ("Docket entries", summary["docket_entries"]),
        ("Deadlines derived", len(states)),
        ("  known that day", sum(state not in {"not_yet"} for state in states)),
        ("  not confirmed", states.count("not_confirmed")),
        ("  overdue", states.count("overdue")),
        ("Reminders sent", summary["reminders_sent"]),
        *[(f"PDF {paper['kind']}", f"{paper['file']}, {paper['pages']} pages")
          for paper in summary["letters"]],
    ]  # fmt: skip
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def put_away() -> None:
    """Let the workers that made the papers go."""
    the_pool().close()

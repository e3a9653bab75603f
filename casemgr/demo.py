"""The demonstration: both real matters planted, the main job done, everything written down."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.schema import bring_up_to_date
from casemgr.db.tables import HistoryEntry, Office, Person, SignInLink
from casemgr.desk import Desk, open_desk
from casemgr.errors import WrongMoment
from casemgr.letters.render import the_pool
from casemgr.settings import settings
from casemgr.shipped import shipped
from casemgr.usecases.signin import token_hash

FIRST, LAST = date(2010, 2, 1), date(2020, 12, 31)
AS_OF = date(2010, 10, 29)

MADE_FROM = ".made-from"  # beside what was made, so that it is not made again

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
    if (summary := _as_it_was(desk)) is not None:
        return Done(desk, summary, _links(desk), changed=False)
    from casemgr.demo_job import do_job  # noqa: PLC0415 - most starts find everything done

    desk, summary, changed = do_job(desk, as_of, says)
    (data / MADE_FROM).write_text(_made_from(desk), encoding="ascii")
    return Done(desk, summary, _links(desk), changed)


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


# --- what an earlier start made


def _as_it_was(desk: Desk) -> dict[str, Any] | None:
    """Return what an earlier start made, if it is all there and would be made alike today."""
    data = desk.settings.data
    try:
        noted = (data / MADE_FROM).read_text(encoding="ascii")
        summary: dict[str, Any] = json.loads((data / "demo.json").read_bytes())
        whole = all(
            sha256((data / paper["file"]).read_bytes()).hexdigest() == paper["sha256"]
            for paper in summary["letters"]
        )
    except (OSError, ValueError, KeyError):
        return None
    return summary if whole and noted == _made_from(desk) else None


def _made_from(desk: Desk) -> str:
    """Return a mark of all that the job follows from: what was done in the office, the program.

    Files of the program count by size and time: reading them all would cost what this saves.
    """
    with desk.work(reads_only=True) as work:
        # Who only looked around did nothing that a paper or a date could follow from.
        newest = work.session.execute(
            sa.select(col(HistoryEntry.seq), col(HistoryEntry.seal))
            .where(col(HistoryEntry.what).not_like("person.signed%"))
            .order_by(col(HistoryEntry.seq).desc())
            .limit(1)
        ).first()
    files = sorted(
        (file.path, file.stat().st_size, file.stat().st_mtime_ns)
        for folder in (Path(__file__).parent, shipped("templates"), shipped("seeds"))
        for file in _files_below(folder)
    )
    return sha256(repr((newest, desk.office, files)).encode()).hexdigest()


def _files_below(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                yield entry
            elif entry.name != "__pycache__":
                yield from _files_below(entry.path)


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

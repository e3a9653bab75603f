"""Plant the seeds: replay the matters day by day, as the office came to know them.

Each day's facts are written first, then the deadlines that they set going or move. So the
database holds the whole story, and a page can show it as of any day. Planted again, nothing
changes; over other seeds or for another day it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from casemgr.db.tables import Deadline, Event, FoiaRequest, Matter, Office, OrderDate, Reminder
from casemgr.errors import Malformed, WrongMoment
from casemgr.shipped import shipped
from casemgr.usecases import clock
from casemgr.usecases.seedfiles import SECTIONS, fingerprint_of
from casemgr.usecases.seeds import Seed, Seeds, read_seeds
from casemgr.usecases.work import Work

# The days between which the seeds tell their story.
FIRST_DAY = date(2010, 2, 1)
LAST_DAY = date(2020, 12, 31)


@dataclass(frozen=True, slots=True)
class Planted:
    """What planting did: whether anything changed."""

    changed: bool


def plant(work: Work, *, as_of: date | None) -> Planted:
    """Plant both real matters, the directory, the office and the practice matter, once.

    `as_of` is the day the demonstration stands at; None is an office that goes by the clock.
    Raises `Malformed` for a day outside the story, and `WrongMoment` where other seeds, another
    day or matters of its own are in the way.
    """
    if as_of is not None and not FIRST_DAY <= as_of <= LAST_DAY:
        raise Malformed(
            {
                "as_of": f"The matters can be shown as of any day from {FIRST_DAY} to {LAST_DAY}; "
                f"{as_of} is outside. Name a day between them."
            }
        )
    folder = shipped("seeds")
    if _is_planted(work, fingerprint_of(folder), as_of):
        return Planted(changed=False)
    seeds = read_seeds(folder)
    _open_office(work, seeds, as_of)
    replay(work, seeds.rows)
    # The replay ran on to the story's last day: what lists show is of the day the office stands at.
    there = work if as_of is None else work.on(as_of)
    clock.refresh_next_due(there, *work.session.exec(select(FoiaRequest.id)))
    return Planted(changed=True)


def _is_planted(work: Work, fingerprint: str, as_of: date | None) -> bool:
    office = work.session.get(Office, 1)
    if office is None or not office.seeds:
        if work.session.exec(select(Matter.id).limit(1)).first() is not None:
            raise WrongMoment(
                "The seeds cannot be planted here: this office has matters of its own. "
                "Name an empty folder with --data."
            )
        return False
    if office.as_of != as_of:
        raise WrongMoment(
            f"This office stands at {_named(office.as_of)}, not at {_named(as_of)}. "
            "Name another folder with --data, or ask for the same day."
        )
    if office.seeds != fingerprint:
        raise WrongMoment(
            "This office was planted from other seeds than this program brings. "
            "Name an empty folder with --data, or delete this one if nobody needs it."
        )
    return True


def _named(day: date | None) -> str:
    return "today" if day is None else day.isoformat()


def _open_office(work: Work, seeds: Seeds, as_of: date | None) -> None:
    office = work.session.get(Office, 1) or Office(name="", zone="")
    office.name, office.zone = seeds.office.name, seeds.office.zone
    office.demonstration, office.as_of = as_of is not None, as_of
    office.seeds, office.law_version = seeds.fingerprint, work.law_files.version
    work.session.add(office)
    work.session.flush()


def counts(work: Work) -> dict[str, int]:
    """Return how many rows each table that is planted has."""
    tables: list[type[SQLModel]] = [Deadline, Reminder, *(table for table, _ in SECTIONS.values())]
    return {str(table.__tablename__): _count(work, table) for table in tables}


def _count(work: Work, table: type[SQLModel]) -> int:
    return work.session.exec(select(sa.func.count()).select_from(table)).one()


# --- the replay


@dataclass(frozen=True, slots=True)
class _Later:
    """What becomes true of a planted row on a later day than the row itself was known."""

    seed: Seed
    values: Mapping[str, Any]


def replay(work: Work, rows: Iterable[Seed], *, recorded: bool = True) -> None:
    """Write each fact on the day it was known, and derive that day's deadlines anew.

    The rows are sorted by day, parents before children. `recorded` says whether each leaves a
    line of its own in the history.
    """
    rows = list(rows)
    first = min(seed.known_on for seed in rows if seed.known_on > date.min)
    dated = [(max(seed.known_on, first), seed) for seed in rows]
    days: dict[date, list[Seed]] = {
        day: [seed for _, seed in those] for day, those in groupby(dated, key=lambda each: each[0])
    }
    later = _later(rows)
    for day in sorted({*days, *later}):
        _replay_day(work.on(day), days.get(day, []), later.get(day, []), recorded=recorded)


def _later(rows: Iterable[Seed]) -> dict[date, list[_Later]]:
    """Return what is known of a court's dates only once they were met, by the day of that."""
    found: dict[date, list[_Later]] = {}
    for seed in rows:
        met_on = seed.values.get("met_on")
        if seed.table is OrderDate and met_on is not None:
            met = {name: seed.values[name] for name in ("met_on", "met_by") if name in seed.values}
            found.setdefault(met_on, []).append(_Later(seed, met))
    return found


def _replay_day(
    work: Work, seeds: Sequence[Seed], later: Sequence[_Later], *, recorded: bool
) -> None:
    touched: dict[tuple[str, str], list[str]] = {}
    for table, same in groupby(seeds, key=lambda seed: seed.table):
        _write(work, table, list(same), touched, recorded=recorded)
    for each in later:
        row: Any = work.session.get(each.seed.table, each.seed.id)
        row.sqlmodel_update(each.values)
        work.session.add(row)
        touched.setdefault(("lawsuit", row.lawsuit_id), []).append(row.met_by)
    work.session.flush()
    for (kind, row_id), because in touched.items():
        project = clock.project_track if kind == "track" else clock.project_lawsuit
        project(work, row_id, because=_joined(because))


def _write(
    work: Work,
    table: type[SQLModel],
    seeds: Sequence[Seed],
    touched: dict[tuple[str, str], list[str]],
    *,
    recorded: bool,
) -> None:
    for seed in seeds:
        row = table.model_validate(_at_first(seed))  # a table's constructor would check nothing
        work.session.add(row)
        if recorded:
            work.record("planted", row, title=seed.title)
        if (moved := _moves(seed)) is not None:
            touched.setdefault(moved, []).append(seed.title)
    work.session.flush()  # before the next table's rows, which may point to these


def _at_first(seed: Seed) -> dict[str, Any]:
    hidden = {"met_on", "met_by"} if seed.values.get("met_on") else set()
    return {name: value for name, value in seed.values.items() if name not in hidden}


_MOVE_A_LAWSUIT = frozenset(
    {"docket_entries", "hearings", "order_dates", "lawsuit_statuses", "services", "filings"}
)


def _moves(seed: Seed) -> tuple[str, str] | None:
    """Return the track or lawsuit whose deadlines a fact may move; most facts move none."""
    if seed.table is Event and seed.values.get("track_id"):
        return "track", str(seed.values["track_id"])
    if seed.section in _MOVE_A_LAWSUIT:
        return "lawsuit", str(seed.values["lawsuit_id"])
    return None


def _joined(because: Sequence[str]) -> str:
    said = "; ".join(each.rstrip(".") for each in because)
    return said if len(said) <= 400 else said[:399] + "…"

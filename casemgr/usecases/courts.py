"""The courts an office can sue in: those on file first, then any federal court."""

from __future__ import annotations

from functools import cache

from sqlmodel import col, select

from casemgr.db.tables import Court
from casemgr.domain import federal_courts
from casemgr.domain.federal_courts import SOURCE, FederalCourt
from casemgr.usecases import records
from casemgr.usecases.work import Work


@cache
def federal() -> dict[str, FederalCourt]:
    """Return every federal district court and court of appeals, by its courts-db id."""
    from courts_db import courts  # noqa: PLC0415 - a second of reading, for one form and one check

    found = (
        federal_courts.describe(each["id"], each["location"], each["citation_string"])
        for each in courts
        if each["system"] == "federal"
    )
    return {each.id: each for each in found if each is not None}


def on_file(work: Work) -> list[tuple[str, str]]:
    """Return the courts the office has on file, as id and name."""
    rows = work.session.exec(select(Court.id, Court.name).order_by(col(Court.name)))
    return [(id_, name) for id_, name in rows]


def others(work: Work) -> list[tuple[str, str]]:
    """Return every other federal court, as id and name."""
    there = {id_ for id_, _ in on_file(work)}
    return sorted(
        ((each.id, each.name) for each in federal().values() if each.id not in there),
        key=lambda one: one[1],
    )


def is_known(work: Work, court_id: str) -> bool:
    """Say whether a court is on file, or is a federal court that can be put there."""
    return work.session.get(Court, court_id) is not None or court_id in federal()


def put_on_file(work: Work, court_id: str) -> None:
    """Put a federal court on file, with the court above it, where it is not yet."""
    if work.session.get(Court, court_id) is not None:
        return
    court = federal().get(court_id)
    if court is None:
        return
    if court.appeals_to is not None:
        put_on_file(work, court.appeals_to)
    records.keep(
        work,
        Court(
            id=court.id,
            name=court.name,
            caption=court.caption,
            cites_as=court.cites_as,
            zone=court.zone,
            appeals_to=court.appeals_to,
            source=SOURCE,
        ),
    )

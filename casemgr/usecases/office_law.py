"""The law of the files with the office's own closures: read once a work, built once a content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casemgr.db.tables import Closure
from casemgr.domain import almanac
from casemgr.domain.almanac import Agency, each_day
from casemgr.domain.words import ClosureOf
from casemgr.law.reader import Law

# A row of the table as the law needs it: kind, court, agency, first and last day, why, source.
Entered = tuple[ClosureOf, str | None, str | None, date, date, str, str]

_KNOWN = (
    sa.select(
        col(Closure.kind),
        col(Closure.court_id),
        col(Closure.agency_id),
        col(Closure.first_on),
        col(Closure.until_on),
        col(Closure.because),
        col(Closure.source),
    )
    .where(
        col(Closure.known_on) <= sa.bindparam("today"),
        sa.or_(
            col(Closure.withdrawn_on).is_(None), col(Closure.withdrawn_on) > sa.bindparam("today")
        ),
    )
    .order_by(col(Closure.first_on), col(Closure.id))
)


# By the version of the files and what was entered: the same content is the same law.
_BUILT: dict[tuple[str, tuple[Entered, ...]], Law] = {}
_MOST = 32


def law_known_on(session: Session, files: Law, day: date) -> Law:
    """Return the law with the closures that the office knew of on a day."""
    rows: Iterable[Any] = session.execute(_KNOWN, {"today": day})
    entered: tuple[Entered, ...] = tuple(tuple(row) for row in rows)
    if not entered:
        return files
    key = (files.version, entered)
    if key not in _BUILT:
        if len(_BUILT) >= _MOST:
            _BUILT.clear()
        days = [each for one in entered for each in _closures(one, files.almanac.agencies)]
        _BUILT[key] = files.with_closures(days)
    return _BUILT[key]


def _closures(entered: Entered, agencies: Mapping[str, Agency]) -> Iterator[almanac.Closure]:
    _, court, agency, first, until, because, source = entered
    for day in each_day(first, until):
        for named in _and_its_components(agency, agencies):
            yield almanac.Closure(
                day, "office", because, source or "entered by this office", "verified", court, named
            )


def _and_its_components(agency: str | None, agencies: Mapping[str, Agency]) -> Iterator[str | None]:
    """Give an agency and every component below it; nothing named is every agency."""
    yield agency
    for one in agencies.values():
        if agency is not None and one.parent == agency:
            yield from _and_its_components(one.id, agencies)

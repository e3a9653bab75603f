"""Who a certificate of service names: those whom the court's own system does not serve."""

from __future__ import annotations

from casemgr.letters.filing_facts import Served
from casemgr.usecases import papers

ALL_BY_COURT = (
    "Where everybody is served by the court's electronic filing system no certificate is needed, "
    "and none is made. Name whoever is served otherwise, one a line: Name; how; address."
)


def served_in(typed: str) -> tuple[Served, ...]:
    """Return who was served, from one a line: `Name; by certified mail; address`."""
    return tuple(map(_served, papers.lines(typed)))


def _served(line: str) -> Served:
    name, how, where = (*(each.strip() for each in line.split(";", 2)), "", "")[:3]
    return Served(name=name, lines=(where,) if where else (), how=how or "as stated here")

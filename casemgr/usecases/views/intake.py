"""What the pages of a new request offer: matters, offices, who asks, and what was asked before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import (
    Agency,
    FoiaRequest,
    Matter,
    Organisation,
    Requester,
    RequestItem,
    Track,
)
from casemgr.domain.access import Right
from casemgr.usecases.work import Work

PAST = 10
FOUND = 25


@dataclass(frozen=True, slots=True)
class MatterChoice:
    """A matter that a request may be added to."""

    id: str
    title: str
    reference: str


@dataclass(frozen=True, slots=True)
class Office:
    """An agency or one of its components, as somebody new to it needs it told."""

    id: str
    name: str
    short_name: str
    under: str  # the short name of the agency it is part of
    holds: str
    email: str
    portal: str
    address: str
    aliases: Sequence[str]

    @property
    def takes(self) -> str:
        """Return how it takes requests, as far as the directory knows."""
        ways = [("portal", self.portal), ("e-mail", self.email), ("mail", self.address)]
        known = [name for name, where in ways if where]
        return " and ".join(known) if len(known) < 3 else "portal, e-mail and mail"


@dataclass(frozen=True, slots=True)
class Asker:
    """An organisation that may ask."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Past:
    """A request the actor may read, to start from."""

    id: str
    title: str
    requested_on: date | None
    items: Sequence[str] = ()


def matters(work: Work) -> list[MatterChoice]:
    """Return the open matters a request may be added to."""
    today = work.today
    found = work.session.execute(
        sa.select(col(Matter.id), col(Matter.title), col(Matter.reference))
        .where(
            col(Matter.id).in_(doors.mine(work.actor, today)),
            sa.or_(col(Matter.closed_on).is_(None), col(Matter.closed_on) > today),
        )
        .order_by(col(Matter.title), col(Matter.id))
    )
    return [MatterChoice(*row) for row in found]


def offices(work: Work) -> list[Office]:
    """Return the whole directory: each agency, then its components."""
    above = sa.alias(Agency.__table__, "above")  # type: ignore[attr-defined]
    found = work.session.execute(
        sa.select(
            col(Agency.id),
            col(Agency.name),
            col(Agency.short_name),
            sa.func.coalesce(above.c.short_name, ""),
            col(Agency.holds),
            col(Agency.email),
            col(Agency.portal),
            col(Agency.address),
            col(Agency.aliases),
        )
        .outerjoin(above, above.c.id == col(Agency.parent_id))
        .order_by(
            sa.func.coalesce(above.c.short_name, col(Agency.short_name)),
            col(Agency.parent_id).is_not(None),
            col(Agency.short_name),
        )
    )
    return [Office(*row) for row in found]


def matching(every: Sequence[Office], typed: str) -> list[Office]:
    """Return the offices in whose names or holdings every typed word stands."""
    words = typed.lower().split()
    return [each for each in every if all(word in _said(each) for word in words)][:FOUND]


def _said(each: Office) -> str:
    said = (each.id, each.name, each.short_name, each.under, each.holds, *each.aliases)
    return " ".join(said).lower()


def last_asked(work: Work, agency_ids: Collection[str]) -> dict[str, Past]:
    """Return the newest request to each of these offices that the actor may read."""
    of_these = (
        col(Track.agency_id).in_(agency_ids),
        col(Track.known_on) <= work.today,
        col(FoiaRequest.known_on) <= work.today,
        col(FoiaRequest.matter_id).in_(doors.mine(work.actor, work.today)),
    )
    newest = (
        sa.select(
            col(Track.agency_id).label("agency_id"),
            sa.func.max(col(FoiaRequest.asked_on)).label("asked_on"),
        )
        .join(FoiaRequest, col(FoiaRequest.id) == col(Track.request_id))
        .where(*of_these)
        .group_by(col(Track.agency_id))
        .subquery("newest")
    )
    # Of several on one day the first by its code: the order of the rows must not decide.
    chosen = (
        sa.select(newest.c.agency_id, sa.func.min(col(FoiaRequest.id)).label("id"))
        .join(FoiaRequest, col(FoiaRequest.asked_on) == newest.c.asked_on)
        .join(
            Track,
            sa.and_(
                col(Track.request_id) == col(FoiaRequest.id),
                col(Track.agency_id) == newest.c.agency_id,
            ),
        )
        .where(*of_these)
        .group_by(newest.c.agency_id)
        .subquery("chosen")
    )
    found = work.session.execute(
        sa.select(
            chosen.c.agency_id,
            col(FoiaRequest.id),
            col(FoiaRequest.title),
            col(FoiaRequest.requested_on),
        ).join(FoiaRequest, col(FoiaRequest.id) == chosen.c.id)
    )
    return {agency_id: Past(*row) for agency_id, *row in found}


def askers(work: Work) -> list[Asker]:
    """Return the organisations of the address book."""
    found = work.session.execute(
        sa.select(col(Organisation.id), col(Organisation.name))
        .where(col(Organisation.known_on) <= work.today)
        .order_by(col(Organisation.name))
    )
    return [Asker(*row) for row in found]


def usual_askers(work: Work, matter_id: str) -> list[str]:
    """Return who asked in the newest request of a matter; nobody where there is none."""
    newest = (
        sa.select(col(FoiaRequest.id))
        .where(
            col(FoiaRequest.matter_id) == matter_id,
            col(FoiaRequest.matter_id).in_(doors.mine(work.actor, work.today)),
            col(FoiaRequest.known_on) <= work.today,
        )
        .order_by(col(FoiaRequest.asked_on).desc(), col(FoiaRequest.id))
        .limit(1)
        .scalar_subquery()
    )
    asked = sa.select(col(Requester.organisation_id)).where(col(Requester.request_id) == newest)
    return list(work.session.scalars(asked.order_by(col(Requester.position))))


def past(work: Work, typed: str = "") -> list[Past]:
    """Return requests the actor may read, the newest first, to start from; ten at most."""
    asked = _past(work).order_by(col(FoiaRequest.asked_on).desc(), col(FoiaRequest.id))
    for word in typed.split()[:5]:
        asked = asked.where(col(FoiaRequest.title).icontains(word, autoescape=True))
    return [Past(*row) for row in work.session.execute(asked.limit(PAST))]


def past_one(work: Work, request_id: str) -> Past | None:
    """Return a request the actor may read with its items, or None."""
    row = work.session.execute(_past(work).where(col(FoiaRequest.id) == request_id)).one_or_none()
    if row is None:
        return None
    asked = sa.select(col(RequestItem.says)).where(col(RequestItem.request_id) == request_id)
    items = work.session.scalars(asked.order_by(col(RequestItem.position)))
    return Past(row[0], row[1], row[2], tuple(items))


def _past(work: Work) -> sa.Select[str, str, date | None]:
    return sa.select(
        col(FoiaRequest.id), col(FoiaRequest.title), col(FoiaRequest.requested_on)
    ).where(
        col(FoiaRequest.matter_id).in_(doors.mine(work.actor, work.today)),
        col(FoiaRequest.known_on) <= work.today,
    )


def supervisor(work: Work, matter_id: str) -> str:
    """Return who answers for a matter of the actor's, to be named on the page; or nothing."""
    doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    found = doors.who_can(work.session, matter_id, Right.RELEASE, work.today)
    return found[0][1] if found else ""

"""What is on record of a lawsuit, gathered once for every paper that is made in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Agency,
    Appearance,
    Contact,
    Court,
    Lawsuit,
    LawsuitTrack,
    Matter,
    Organisation,
    Party,
    RelatedLawsuit,
    Service,
    Track,
)
from casemgr.domain.access import Right
from casemgr.domain.words import PartyRole, Side
from casemgr.letters import facts as paper
from casemgr.usecases import papers, track_record
from casemgr.usecases.track_record import TrackRecord
from casemgr.usecases.views import exhaustion
from casemgr.usecases.views.exhaustion import Line
from casemgr.usecases.work import Work


@dataclass(frozen=True)
class Counsel:
    """Somebody who appears, with what stands under the name."""

    name: str
    side: Side
    office: str
    lines: tuple[str, ...]

    @property
    def signer(self) -> paper.Signer:
        """Return them as who signs a paper."""
        return paper.Signer(name=self.name, lines=self.lines)


@dataclass(frozen=True)
class CourtRecord:
    """A lawsuit with its court, parties, counsel, service, related lawsuits and tracks in suit."""

    lawsuit: Lawsuit
    matter: Matter
    court: Court
    parties: Sequence[Party]
    counsel: Sequence[Counsel]
    services: Sequence[Service]
    related: Sequence[RelatedLawsuit]
    tracks: Sequence[TrackRecord]
    claims: Sequence[Line]
    addresses: dict[str, tuple[str, ...]]  # of a party's organisation or agency, by the party's id

    def side(self, role: PartyRole) -> list[Party]:
        """Return the parties of one side, in the order of the caption."""
        return [each for each in self.parties if each.role is role]

    def of(self, side: Side) -> list[Counsel]:
        """Return who appears for a side."""
        return [each for each in self.counsel if each.side is side]


def read(work: Work, lawsuit_id: str) -> CourtRecord:
    """Return what is known today of a lawsuit, to whoever may read it."""
    lawsuit = doors.lawsuit(work.session, work.actor, lawsuit_id, Right.READ, work.today)
    known = _parties(work, lawsuit.id)
    tracks = [track_record.read(work, each) for each in _tracks(work, lawsuit.id)]
    there = {each.track.id for each in tracks}
    claims = exhaustion.look(work, lawsuit.matter_id).lines if tracks else []
    return CourtRecord(
        lawsuit=lawsuit,
        matter=work.session.get_one(Matter, lawsuit.matter_id),
        court=work.session.get_one(Court, lawsuit.court_id),
        parties=known,
        counsel=_counsel(work, lawsuit.id),
        services=work.session.exec(
            select(Service)
            .where(Service.lawsuit_id == lawsuit.id, col(Service.known_on) <= work.today)
            .order_by(col(Service.delivered_on), col(Service.id))
        ).all(),
        related=work.session.exec(
            select(RelatedLawsuit)
            .where(
                RelatedLawsuit.lawsuit_id == lawsuit.id,
                col(RelatedLawsuit.known_on) <= work.today,
            )
            .order_by(col(RelatedLawsuit.number))
        ).all(),
        tracks=tracks,
        claims=[each for each in claims if each.track.id in there],
        addresses={each.id: _address(work, each) for each in known},
    )


def caption(work: Work, record: CourtRecord, *, full: bool = False) -> paper.Caption:
    """Return the head of a paper in this lawsuit; `full` names every party, as a complaint does."""
    made = replace(papers.caption(work, record.lawsuit), full=full)
    return replace(made, docket_number=number_of(record.lawsuit))


def number_of(lawsuit: Lawsuit) -> str:
    """Return the number papers print: a blank to fill in where the court has given none yet.

    Such a lawsuit is recorded under the number 0 of its year.
    """
    year, _, rest = lawsuit.docket_number.partition("-")
    return f"{year} Civ. ________" if rest == "cv-0" else lawsuit.cited_as


def _parties(work: Work, lawsuit_id: str) -> Sequence[Party]:
    return work.session.exec(
        select(Party)
        .where(Party.lawsuit_id == lawsuit_id, col(Party.known_on) <= work.today)
        .order_by(col(Party.position), col(Party.id))
    ).all()


def _tracks(work: Work, lawsuit_id: str) -> Sequence[str]:
    return work.session.exec(
        select(Track.id)
        .join(LawsuitTrack, col(LawsuitTrack.track_id) == col(Track.id))
        .where(LawsuitTrack.lawsuit_id == lawsuit_id, col(Track.known_on) <= work.today)
        .order_by(col(Track.agency_id), col(Track.id))
    ).all()


def _counsel(work: Work, lawsuit_id: str) -> list[Counsel]:
    rows = work.session.execute(
        sa.select(
            col(Contact.name),
            col(Appearance.side),
            col(Contact.title),
            col(Appearance.capacity),
            col(Organisation.name),
            col(Contact.address),
            col(Organisation.address),
            col(Contact.phone),
            col(Contact.email),
        )
        .join(Contact, col(Contact.id) == col(Appearance.contact_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Contact.organisation_id))
        .where(col(Appearance.lawsuit_id) == lawsuit_id, col(Appearance.known_on) <= work.today)
        .order_by(col(Contact.name), col(Contact.id))
    )
    found = []
    for name, side, title, capacity, office, own, theirs, phone, email in rows:
        under = (title or capacity, office, *papers.lines(own or theirs or ""), phone, email)
        found.append(Counsel(name, side, office or "", tuple(line for line in under if line)))
    return found


def _address(work: Work, party: Party) -> tuple[str, ...]:
    if party.agency_id:
        agency = work.session.get_one(Agency, party.agency_id)
        return papers.lines(agency.address)
    if party.organisation_id:
        return papers.lines(work.session.get_one(Organisation, party.organisation_id).address)
    return ()

"""A declaration drafted from the record: when a request went out, and how long nobody answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Agency,
    Deadline,
    Declaration,
    DeclarationVersion,
    Event,
    FoiaRequest,
    Lawsuit,
    Organisation,
    Paragraph,
    Requester,
    Track,
)
from casemgr.domain.access import Right
from casemgr.domain.prose import listed, long_day
from casemgr.domain.words import Certainty, DeclarationKind, EventKind
from casemgr.errors import WrongMoment
from casemgr.usecases import owners
from casemgr.usecases.work import Work

MADE_FROM = "drafted by casemgr from the record of the matter"


@dataclass(frozen=True)
class Said:
    """A ready sentence and where in the record it comes from."""

    says: str
    sources: tuple[dict[str, str], ...] = ()


def draft(work: Work, lawsuit_id: str, *, declaration_id: str, declarant: str) -> Declaration:
    """Draft a declaration on the agencies' delay from the tracks of a lawsuit's matter.

    Every sentence says only what is on file today; what is not on file is said to be so.
    """
    lawsuit = doors.lawsuit(work.session, work.actor, lawsuit_id, Right.LOG, work.today)
    paragraphs = tuple(_paragraphs(work, lawsuit))
    row = Declaration(
        id=declaration_id,
        matter_id=lawsuit.matter_id,
        lawsuit_id=lawsuit.id,
        title=f"Declaration of {declarant}",
        declarant=declarant,
        kind=DeclarationKind.ATTORNEY,
        note="On the agencies' delay. A draft: read every sentence before anybody signs it.",
        owner_id=owners.who_begins(work, lawsuit.matter_id),
        source=MADE_FROM,
        known_on=work.today,
    )
    version = DeclarationVersion(declaration_id=row.id, number=1, known_on=work.today)
    work.session.add(row)
    work.session.flush()
    work.session.add(version)
    work.session.flush()
    for position, said in enumerate(paragraphs, start=1):
        work.session.add(
            Paragraph(
                declaration_version_id=version.id,
                position=position,
                number=position,
                says=said.says,
                sources=[dict(source) for source in said.sources],
            )
        )
    work.record("declaration.made", row, title=row.title)
    return row


def _paragraphs(work: Work, lawsuit: Lawsuit) -> Iterator[Said]:
    requests = work.session.exec(
        select(FoiaRequest)
        .where(FoiaRequest.matter_id == lawsuit.matter_id, col(FoiaRequest.known_on) <= work.today)
        .order_by(col(FoiaRequest.requested_on), col(FoiaRequest.id))
    ).all()
    if not requests:
        raise WrongMoment("There is no request on this matter to declare anything about.")
    yield Said(
        "I work on this action and keep the file of the request described below. I make this "
        "declaration from that file. Where the file does not show a day, I say so."
    )
    for request in requests:
        yield from _of_request(work, request)
    if lawsuit.filed_on is not None:
        yield Said(
            f"On {long_day(lawsuit.filed_on)}, plaintiffs filed the complaint in this action.",
            ({"kind": "lawsuit", "id": lawsuit.id},),
        )


def _of_request(work: Work, request: FoiaRequest) -> Iterator[Said]:
    tracks = work.session.execute(
        sa.select(Track, Agency)
        .join(Agency, col(Agency.id) == col(Track.agency_id))
        .where(col(Track.request_id) == request.id, col(Track.known_on) <= work.today)
        .order_by(col(Agency.name))
    ).all()
    names = [agency.name for _, agency in tracks]
    when = long_day(request.requested_on) if request.requested_on else "A day not on file"
    yield Said(
        f"On {when}, {listed(_askers(work, request.id))} sent one request for records under the "
        f"Freedom of Information Act, in identical copies, to {listed(names)}.",
        ({"kind": "foia_request", "id": request.id},),
    )
    for track, agency in tracks:
        yield from of_track(work, track, agency)


def _askers(work: Work, request_id: str) -> Sequence[str]:
    return work.session.exec(
        select(Organisation.name)
        .join(Requester, col(Requester.organisation_id) == Organisation.id)
        .where(Requester.request_id == request_id)
        .order_by(col(Requester.position))
    ).all()


def of_track(work: Work, track: Track, agency: Agency) -> Iterator[Said]:
    """Yield what a component's clock proves of its delay; nothing where it has no end yet."""
    due = due_of(work, track)
    if due is None:
        return
    decided = decision_of(work, track)
    sources = ({"kind": "deadline", "id": due.id}, {"kind": "track", "id": track.id})
    answer = (
        f"It decided the request on {long_day(decided.happened_on)}."
        if decided
        else f"The file shows no determination by it as of {long_day(work.today)}."
    )
    yield Said(f"{_received(work, track, agency)} {_ran_out(due)} {answer}", sources)


def due_of(work: Work, track: Track) -> Deadline | None:
    """Return when a component's time to decide ends, as it stands today; None without an end."""
    due = work.session.exec(
        select(Deadline).where(
            Deadline.key == f"{track.id}:determination",
            col(Deadline.known_on) <= work.today,
            sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > work.today),
        )
    ).one_or_none()
    return due if due is not None and due.latest is not None else None


def decision_of(work: Work, track: Track) -> Event | None:
    """Return a component's determination as it is on file today."""
    return work.session.exec(
        select(Event)
        .where(
            Event.track_id == track.id,
            Event.kind == EventKind.DETERMINATION,
            col(Event.known_on) <= work.today,
            _stands(work),
        )
        .order_by(col(Event.happened_on), col(Event.id))
    ).first()


def receipt_of(work: Work, track: Track) -> Event | None:
    """Return how a component's receipt of the request is on file today."""
    return work.session.exec(
        select(Event)
        .where(
            Event.track_id == track.id,
            col(Event.kind).in_([EventKind.RECEIVED, EventKind.RECEIVED_BY_DESIGNATED]),
            col(Event.known_on) <= work.today,
            _stands(work),
        )
        .order_by(col(Event.kind), col(Event.happened_on))
    ).first()


def _stands(work: Work) -> sa.ColumnElement[bool]:
    return sa.or_(col(Event.withdrawn_on).is_(None), col(Event.withdrawn_on) > work.today)


def _received(work: Work, track: Track, agency: Agency) -> str:
    receipt = receipt_of(work, track)
    if receipt is not None and receipt.certainty is Certainty.EXACT:
        return f"{agency.name} received the request on {long_day(receipt.happened_on)}."
    return f"The file does not show on which day {agency.name} received the request."


def _ran_out(due: Deadline) -> str:
    if due.certain and due.due is not None:
        return f"The time for a determination ended on {long_day(due.due)}."
    assert due.latest is not None
    first = due.earliest or due.latest
    return (
        f"Counted from the earliest day on which it can have been received, the time for a "
        f"determination ended on {long_day(first)}; counted from the latest, on "
        f"{long_day(due.latest)}."
    )

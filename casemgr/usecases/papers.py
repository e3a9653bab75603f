"""What the papers say: facts gathered from the record for the templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Agency,
    Appearance,
    Contact,
    Court,
    Deadline,
    FoiaRequest,
    Lawsuit,
    Matter,
    Organisation,
    Party,
    Recipient,
    Requester,
    RequestItem,
    Track,
)
from casemgr.domain.access import Right
from casemgr.domain.deadlines import state_on
from casemgr.domain.prose import full_day, with_capital
from casemgr.domain.words import DeadlineState, PartyRole, SendMethod, Side
from casemgr.errors import WrongMoment
from casemgr.letters import facts as paper
from casemgr.usecases.work import Work

ON_ITS_FACE = "I, {name}, declare under penalty of perjury, as 28 U.S.C. § 1746 allows:"
STATE_WORDS = {
    DeadlineState.NOT_YET: "Not yet",
    DeadlineState.NOT_CONFIRMED: "Not confirmed",
    DeadlineState.DUE: "Due",
    DeadlineState.OVERDUE: "Late",
    DeadlineState.DONE: "Done",
    DeadlineState.SUPERSEDED: "Superseded",
}


# --- captions


def caption(work: Work, lawsuit: Lawsuit) -> paper.Caption:
    """Return the head of a paper in a lawsuit: court, parties in order, number."""
    court = work.session.exec(select(Court).where(Court.id == lawsuit.court_id)).one()
    parties = work.session.exec(
        select(Party)
        .where(Party.lawsuit_id == lawsuit.id, col(Party.known_on) <= work.today)
        .order_by(col(Party.position), col(Party.id))
    ).all()
    head, _, district = court.caption.partition("\n")
    return paper.Caption(
        court=head,
        district=district,
        plaintiffs=_side(parties, PartyRole.PLAINTIFF),
        defendants=_side(parties, PartyRole.DEFENDANT),
        docket_number=lawsuit.cited_as,
    )


def _side(parties: Sequence[Party], role: PartyRole) -> paper.Party:
    names = tuple(party.name for party in parties if party.role is role)
    if not names:
        raise WrongMoment(f"The lawsuit has no {role} yet. Record its parties first.")
    return paper.Party(names=names, role=role.value.capitalize())


# --- the request letter


METHODS = {
    SendMethod.MAIL: "By mail",
    SendMethod.CERTIFIED_MAIL: "By certified mail",
    SendMethod.EMAIL: "By e-mail",
    SendMethod.PORTAL: "Through the agency's portal",
    SendMethod.FAX: "By fax",
    SendMethod.HAND: "By hand",
}


def request_letter(work: Work, track_id: str) -> tuple[Track, paper.RequestLetterFacts]:
    """Return a track and the facts of the request letter to its component."""
    track = doors.track(work.session, work.actor, track_id, Right.READ, work.today)
    request = work.session.exec(select(FoiaRequest).where(FoiaRequest.id == track.request_id)).one()
    agency = work.session.exec(select(Agency).where(Agency.id == track.agency_id)).one()
    parent = work.session.get(Agency, agency.parent_id) if agency.parent_id else None
    recipient = work.session.exec(
        select(Recipient)
        .where(Recipient.track_id == track.id, col(Recipient.known_on) <= work.today)
        .order_by(col(Recipient.position), col(Recipient.id))
        .limit(1)
    ).one_or_none()
    items = work.session.exec(
        select(RequestItem.says)
        .where(RequestItem.request_id == request.id)
        .order_by(col(RequestItem.position))
    ).all()
    askers = _requesters(work, request.id)
    if not items or not askers:
        raise WrongMoment(
            "A letter names who asks and at least one thing that is asked for. Add what is missing "
            "on the page of the request, at Asked by; then make the letter again."
        )
    signer = _signer(work, track.matter_id, askers)
    return track, paper.RequestLetterFacts(
        letterhead=paper.Letterhead(name=askers[0].name, lines=lines(askers[0].address)),
        on=request.requested_on or work.today,
        sent_by=METHODS.get(recipient.method) if recipient else None,
        addressee=addressee(agency, recipient),
        component=agency.name,
        agency=parent.name if parent else None,
        subject=request.title,
        requesters=tuple(paper.Requester(name=each.name, about=each.about) for each in askers),
        items=tuple(paper.Item(text=says) for says in items),
        fees=paper.Fees(
            category=request.fee_category.value,
            waiver=paragraphs(request.fee_waiver_because),
            cap=None if request.fee_limit_cents is None else request.fee_limit_cents // 100,
            regulation=agency.regulation or None,
        ),
        expedition=paper.Expedition(
            reasons=paragraphs(request.expedition_because), certified_by=signer.name
        )
        if request.expedition_because
        else None,
        range_from=request.records_from,
        range_to=request.records_until,
        form=(
            "Searchable electronic files, with each record separate and its attachments with it.",
            "The metadata that says who made a record, who received it, and when.",
        ),
        contact=signer,
        signers=(signer,),
        reference=request.reference or request.id,
    )


def _requesters(work: Work, request_id: str) -> Sequence[Organisation]:
    return work.session.exec(
        select(Organisation)
        .join(Requester, col(Requester.organisation_id) == Organisation.id)
        .where(Requester.request_id == request_id)
        .order_by(col(Requester.position))
    ).all()


def _signer(work: Work, matter_id: str, askers: Sequence[Organisation]) -> paper.Signer:
    """Return who signs for the requesters: the first counsel known, else the first requester."""
    row = work.session.execute(
        sa.select(col(Contact.name), col(Organisation.name))
        .join(Appearance, col(Appearance.contact_id) == col(Contact.id))
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id))
        .where(
            col(Appearance.matter_id) == matter_id,
            col(Appearance.side) == Side.OURS,
            col(Appearance.known_on) <= work.today,
            col(Organisation.id).in_([asker.id for asker in askers]),
        )
        .order_by(col(Contact.name))
        .limit(1)
    ).one_or_none()
    if row is None:
        return paper.Signer(name=askers[0].name)
    return paper.Signer(name=row[0], lines=(row[1],))


def addressee(agency: Agency, recipient: Recipient | None) -> tuple[str, ...]:
    """Return the lines of a component's address: where the request went, else what is on file."""
    if recipient is not None and (copy := lines(recipient.addressed_to)):
        return (copy[0], agency.name, *copy[1:])
    return (agency.foia_office or "FOIA Officer", agency.name, *lines(agency.address))


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that have something in them."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, which blank lines divide; a paragraph is one line."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return tuple(" ".join(part.split()) for part in parts if part.strip())


# --- deadlines


def deadline_report(
    work: Work, matter_id: str, office: str
) -> tuple[Matter, paper.DeadlineReportFacts]:
    """Return a matter and the facts of its deadline report as of today."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    rows = work.session.exec(
        select(Deadline)
        .where(
            Deadline.matter_id == matter.id,
            col(Deadline.known_on) <= work.today,
            sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > work.today),
        )
        .order_by(col(Deadline.due), col(Deadline.title))
    ).all()
    about = _abouts(work, matter.id)
    each = {side: [] for side in (Side.OURS, Side.THEIRS)}  # type: dict[Side, list[paper.DeadlineFacts]]
    for row in sorted(rows, key=lambda row: (row.due or date.max, row.title)):
        each[row.whose].append(deadline_facts(work, row, about))
    return matter, paper.DeadlineReportFacts(
        office=office,
        matter=matter.title,
        docket_number=_docket_number(work, matter.id),
        as_of=work.today,
        ours=tuple(each[Side.OURS]),
        theirs=tuple(each[Side.THEIRS]),
    )


def deadline_proof(
    work: Work, deadline_id: str, office: str
) -> tuple[Deadline, paper.DeadlineProofFacts]:
    """Return a deadline and the facts of its one-page proof."""
    row = doors.deadline(work.session, work.actor, deadline_id, Right.READ, work.today)
    matter = doors.matter(work.session, work.actor, row.matter_id, Right.READ, work.today)
    return row, paper.DeadlineProofFacts(
        office=office,
        matter=matter.title,
        docket_number=_docket_number(work, matter.id),
        as_of=work.today,
        deadline=deadline_facts(work, row, _abouts(work, matter.id)),
    )


def _docket_number(work: Work, matter_id: str) -> str | None:
    return work.session.scalar(
        sa.select(col(Lawsuit.cited_as))
        .where(
            col(Lawsuit.matter_id) == matter_id,
            col(Lawsuit.known_on) <= work.today,
            col(Lawsuit.below_id).is_(None),
        )
        .order_by(col(Lawsuit.filed_on))
        .limit(1)
    )


def _abouts(work: Work, matter_id: str) -> dict[str, str]:
    tracks = work.session.execute(
        sa.select(col(Track.id), col(Agency.short_name), col(FoiaRequest.title))
        .join(Agency, col(Agency.id) == col(Track.agency_id))
        .join(FoiaRequest, col(FoiaRequest.id) == col(Track.request_id))
        .where(col(Track.matter_id) == matter_id)
    )
    found = {track_id: f"{agency}: {title}" for track_id, agency, title in tracks}
    lawsuits = work.session.execute(
        sa.select(col(Lawsuit.id), col(Lawsuit.cited_as)).where(col(Lawsuit.matter_id) == matter_id)
    )
    return found | {row[0]: row[1] for row in lawsuits}


def deadline_facts(work: Work, row: Deadline, about: dict[str, str]) -> paper.DeadlineFacts:
    """Return one deadline as papers show it today."""
    state = state_on(
        work.today,
        known_on=row.known_on,
        superseded_on=row.superseded_on,
        done_on=row.done_on,
        due=row.due,
        latest=row.latest,
        certain=row.certain,
    )
    subject = about.get(row.track_id or row.lawsuit_id or "", "")
    steps = tuple(
        paper.Step(
            on=date.fromisoformat(step["on"]) if step.get("on") else None,
            says=with_capital(step["says"]),
            cites=step.get("cites"),
        )
        for step in row.steps
    )
    rule = work.law.rules.get(row.rule) if row.rule else None
    return paper.DeadlineFacts(
        reference=row.id,
        title=row.title,
        whose="ours" if row.whose is Side.OURS else "theirs",
        about=subject,
        obliged="We" if row.whose is Side.OURS else "They",
        act=row.title,
        due=row.due,
        state=state.value,
        state_says=_says(work, row, state),
        rule=rule.title if rule else "A day the court fixed",
        cites=(rule.cites,) if rule else (),
        starts_with=row.uncertain_because or (steps[0].says if steps else ""),
        steps=steps,
        safe=row.safe if row.safe != row.due else None,
        text_since=row.text_since,
        readings=tuple(
            paper.Reading(
                name=reading["name"],
                due=date.fromisoformat(reading["due"]) if reading.get("due") else None,
                why=reading["why"],
            )
            for reading in row.readings
        ),
    )


def _says(work: Work, row: Deadline, state: DeadlineState) -> str:
    words = STATE_WORDS[state]
    if state is DeadlineState.DONE and row.done_on is not None:
        return f"Done {row.done_on.isoformat()}: {row.done_how}" if row.done_how else words
    if state is DeadlineState.OVERDUE and row.due is not None:
        days = (work.today - row.due).days
        ago = f"{days} day{'' if days == 1 else 's'}"
        return f"Late: {ago}" if row.whose is Side.OURS else f"Passed {ago} ago"
    return words


_DAY = re.compile(r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?(\d{4}-\d{2}-\d{2})\b")


def written_out(says: str) -> str:
    """Return a line of a proof as letters print it: with a capital, and its days in full.

    >>> written_out("recount: Tuesday 2010-02-09 is day 0.")
    'Recount: Tuesday, February 9, 2010 is day 0.'
    """

    def full(found: re.Match[str]) -> str:
        day = date.fromisoformat(found[1])
        return full_day(day)

    return with_capital(_DAY.sub(full, says))

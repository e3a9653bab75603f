"""Intake: save what a draft says as a request, and say before what its clocks will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlmodel import select

from casemgr.db import doors
from casemgr.db.tables import Event, FoiaRequest, Organisation, RequestDraft, Requester, Track
from casemgr.domain.access import Right
from casemgr.domain.deadlines import Moved
from casemgr.domain.words import Certainty, EventKind
from casemgr.errors import LawError, Malformed
from casemgr.fields import Code, Input, Name, ShortText
from casemgr.files.kinds import Upload
from casemgr.files.store import Store
from casemgr.usecases import clock, documents, drafts, preview, records, requests
from casemgr.usecases.documents import DocumentInput
from casemgr.usecases.organisations import OrganisationInput, record_organisation
from casemgr.usecases.requests import NewRequest, RequesterInput
from casemgr.usecases.work import Work


class Ready(Input):
    """A draft that can be saved: where to, what, and who asks that the address book lacks."""

    matter_id: Code
    request: NewRequest
    new_requesters: Annotated[list[Name], Field(max_length=50)] = []


class AskerInput(Input):
    """Who asks: an organisation of the address book, or the name of one that is new to it."""

    organisation_id: Code | None = None
    name: Name | None = None
    address: ShortText = ""


def add_asker(work: Work, request_id: str, given: AskerInput) -> Requester:
    """Add an organisation that asks; one that is new goes into the address book first."""
    doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    if (given.organisation_id is None) == (given.name is None):
        raise Malformed({"organisation_id": "Choose who asks, or type the name of one below."})
    chosen = given.organisation_id or _asker(work, given.name or "", given.address)
    return requests.add_requester(work, request_id, RequesterInput(organisation_id=chosen))


def save(
    work: Work, draft_id: str, given: Ready, store: Store, *, version: int | None = None
) -> FoiaRequest:
    """Save a draft as a request, with its letter and its first facts; the draft is then gone."""
    draft = drafts.open_draft(work, draft_id)
    records.not_overtaken(draft, version)
    doors.matter(work.session, work.actor, given.matter_id, Right.LOG, work.today)
    request = given.request.model_copy(
        update={
            "requester_ids": [
                *given.request.requester_ids,
                *(_asker(work, name) for name in given.new_requesters),
            ],
            "document_id": _letter(work, draft, given, store),
        }
    )
    foia = requests.log_request(work, given.matter_id, request)
    drafts.remove(work, draft_id)
    return foia


def _asker(work: Work, name: str, address: str = "") -> str:
    """Return the organisation of this name, recorded now if the address book lacks it."""
    found = work.session.exec(select(Organisation).where(Organisation.name == name)).one_or_none()
    return (found or record_organisation(work, OrganisationInput(name=name, address=address))).id


def _letter(work: Work, draft: RequestDraft, given: Ready, store: Store) -> str | None:
    """Keep the letter as a document of the matter, byte for byte as it came."""
    if draft.sha256 is None:
        return None
    about = DocumentInput(
        title=f"Request letter: {given.request.title}",
        kind="letter",
        dated_on=given.request.requested_on,
        certainty=given.request.certainty,
    )
    upload = Upload(draft.file_name, store.read(draft.sha256))
    return documents.add_document(work, given.matter_id, about, store, upload).id


# --- what the clocks will do


@dataclass(frozen=True, slots=True)
class ClockWillDo:
    """The dates that would follow if each office got the letter on the day it was sent.

    `cannot` says why no date can be counted, where none can.
    """

    dates: Sequence[Moved]
    cannot: str = ""


def what_the_clock_will_do(work: Work, matter_id: str, given: NewRequest) -> ClockWillDo:
    """Say what would be due once the offices have the letter, and keep nothing of it."""
    try:
        moved = preview.preview(work, lambda aside: _log_as_received(aside, matter_id, given))
    except LawError as cannot:
        return ClockWillDo((), str(cannot))
    return ClockWillDo([each for each in moved if each.due is not None])


def _log_as_received(work: Work, matter_id: str, given: NewRequest) -> None:
    made = requests.log_request(work, matter_id, given)
    foia = doors.foia_request(work.session, work.actor, made.id, Right.LOG, work.today)
    sent = {each.agency_id: each.sent_on for each in given.sendings if each.sent_on is not None}
    asked = select(Track).where(Track.request_id == foia.id)
    tracks = [each for each in work.session.exec(asked) if each.agency_id in sent]
    for track in tracks:
        event = Event(
            matter_id=track.matter_id,
            track_id=track.id,
            kind=EventKind.RECEIVED,
            happened_on=sent[track.agency_id],
            certainty=Certainty.EXACT,
            known_on=work.today,
        )
        records.keep(work, event)
    clock.project_tracks(work, [each.id for each in tracks], because="it was received")

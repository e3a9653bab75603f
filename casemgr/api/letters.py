"""Letters: drafts, their check lists, releases and sendings; and papers made from their facts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import StrictJson
from casemgr.api.documents import LETTERS
from casemgr.api.nouns import Act, Change, Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import (
    JSON,
    IfMatch,
    RowId,
    answer,
    api_router,
    unchanged_since_read,
)
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import Desk, DeskDep, OpensDep, WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import LetterKind
from casemgr.fields import Code, Input
from casemgr.usecases import (
    checklists,
    court_papers,
    letter_drafts,
    letter_facts,
    letters,
    releases,
    sendings,
    track_record,
)
from casemgr.usecases.letter_kinds import KINDS, GivenUp, SentBack
from casemgr.usecases.views.possible_letters import possible

DRAFTS = Noun(
    path="letter-drafts",
    one="letter draft",
    about="A letter somebody writes: its kind and what they typed. All else is from the record.",
    shape=Shape("LetterDraft", tables.LetterDraft),
    order="begun_at",
    newest_first=True,
    filters={"matter": "matter_id", "track": "track_id", "kind": "kind", "state": "state"},
    create=Create(
        letter_drafts.DraftInput,
        letter_drafts.begin_draft,
        {"track_id": "T-7F3KQ2X8MP", "kind": "status_inquiry", "typed": {"tone": "first"}},
        parent="track_id",
    ),
    change=Change(
        letter_drafts.DraftChange,
        letter_drafts.change_draft,
        {"typed": {"tone": "second", "remarks": "We called on March 3."}},
    ),
    acts=(
        Act(
            "handing-in",
            "hand_in_letter",
            "Hand in a letter for release",
            letter_drafts.hand_in,
        ),
        Act(
            "sending-back",
            "send_back_letter",
            "Send a letter back to its writer",
            letter_drafts.send_back,
            SentBack,
            {"because": "Name the call of March 3."},
        ),
        Act(
            "giving-up",
            "give_up_letter",
            "Give a letter up before it is sent",
            letter_drafts.give_up,
            GivenUp,
            {"because": "They decided meanwhile."},
        ),
    ),
)

RELEASES = Noun(
    path="letter-releases",
    one="letter release",
    about="One version of a letter that was released, under whose permission if staff did it.",
    shape=Shape("LetterRelease", tables.LetterRelease),
    order="released_at",
    newest_first=True,
    filters={"matter": "matter_id", "draft": "draft_id"},
    acts=(
        Act(
            "sending",
            "record_sending",
            "Record that a released letter was sent",
            sendings.record_sending,
            sendings.SendingInput,
            {
                "sent_on": "2010-10-29",
                "method": "certified_mail",
                "proof": "7010 0290 0000 1234 5678",
            },
            previews=True,
        ),
    ),
)

SENDINGS = Noun(
    path="sendings",
    one="sending",
    about="That a released letter left: how, when, to what address, and what proves it.",
    shape=Shape("Sending", tables.Sending),
    order="sent_on",
    filters={"matter": "matter_id", "release": "release_id", "method": "method"},
    change=Change(
        sendings.SendingProof, sendings.change_sending, {"proof": "receipt of November 2"}
    ),
)

NOUNS = (DRAFTS, RELEASES, SENDINGS)

router = api_router()


class LetterInput(Input):
    """Which paper, and of what: a draft, a track, a declaration, a matter or a deadline.

    The letters of a request are made from their draft and say on every page that they are not
    released; `foia_request` is also made from a track.
    """

    kind: LetterKind
    of: Code


class PartOfLetter(BaseModel):
    """One part of a letter: whether it is there, the law behind it, and what to do if it is not.

    `verified` says whether that law was read for this office's rule book; a part that `blocks`
    keeps the letter from being released.
    """

    key: str
    part: str
    met: bool
    law: str
    verified: bool
    blocks: bool
    todo: str
    seen: str


class LetterChecked(BaseModel):
    """The check list of a letter as it stands, and the fingerprint a release must give."""

    fingerprint: str
    complete: bool
    parts: list[PartOfLetter]


class LetterPossible(BaseModel):
    """A kind of letter, whether its moment is now for a track, and why."""

    kind: LetterKind
    name: str
    purpose: str
    now: bool
    why: str


class LettersPossible(BaseModel):
    """Every kind of letter about a track; those whose moment is now come first."""

    items: list[LetterPossible]


@router.post(
    "/letters",
    status_code=201,
    operation_id="create_letter",
    summary="Make one letter as a PDF and for Word",
    response_model=None,
    responses={
        201: {"model": LETTERS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def create_letter(
    desk: DeskDep,
    opens: OpensDep,
    given: Annotated[
        LetterInput,
        StrictJson(),
        Body(examples=[{"kind": "declaration", "of": "DC-7F3KQ2X8MP"}]),
    ],
) -> Response:
    """Make a paper from its facts; one whose facts have not changed is not made twice."""
    letter, _ = letters.make(opens, desk.store, _gather(given, desk))
    with opens(reads_only=True) as work:
        return answer(LETTERS, nouns.row_of(work, LETTERS, letter.id), 201)


def _gather(given: LetterInput, desk: Desk) -> letters.Gather:
    if given.kind is LetterKind.FOIA_REQUEST and not given.of.upper().startswith("LD-"):
        return letters.request_letter(given.of)
    if given.kind in KINDS:
        return letter_drafts.preview(given.of, given.kind)
    if given.kind is LetterKind.DECLARATION:
        return letters.declaration(given.of)
    if given.kind in court_papers.PAPERS:
        return court_papers.gather(given.of, given.kind, court_papers.read(given.kind, {}))
    if given.kind is LetterKind.DEADLINE_REPORT:
        return letters.deadline_report(given.of, desk.office)
    return letters.deadline_proof(given.of, desk.office)


@router.get(
    "/letter-drafts/{id}/checks",
    operation_id="check_letter",
    summary="Read the check list of a letter",
    response_model=None,
    responses={200: {"model": LetterChecked}, **answers(401, 404, 503)},
)
def check_letter(work: WorkDep, row_id: RowId) -> Response:
    """Read what a letter still needs before it may be released, and what a release must name."""
    draft = letter_drafts.open_draft(work, row_id, Right.READ)
    written = letter_facts.of_draft(work, draft)
    found = checklists.check(written)
    checked = LetterChecked(
        fingerprint=letter_drafts.as_paper(written).facts_hash,
        complete=not checklists.blocking(found),
        parts=[PartOfLetter.model_validate(each, from_attributes=True) for each in found],
    )
    return Response(checked.model_dump_json(), media_type=JSON)


@router.get(
    "/tracks/{id}/letters",
    operation_id="list_possible_letters",
    summary="List the letters that may be written about a track",
    response_model=None,
    responses={200: {"model": LettersPossible}, **answers(401, 404, 503)},
)
def list_possible(work: WorkDep, row_id: RowId) -> Response:
    """List every kind of letter about a track, whether its moment is now, and why."""
    found = possible(track_record.read(work, row_id))
    items = [LetterPossible.model_validate(each, from_attributes=True) for each in found]
    return Response(LettersPossible(items=items).model_dump_json(), media_type=JSON)


@router.post(
    "/letter-drafts/{id}/release",
    status_code=201,
    operation_id="release_letter",
    summary="Release a letter exactly as it was read",
    response_model=None,
    responses={
        201: {"model": RELEASES.shape.model},
        **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
    },
)
def release_letter(
    desk: DeskDep,
    opens: OpensDep,
    row_id: RowId,
    given: Annotated[
        releases.ReleaseInput, StrictJson(), Body(examples=[{"fingerprint": "0" * 64}])
    ],
    if_match: IfMatch = None,
) -> Response:
    """Release the version that was read; its fingerprint is in the check list.

    Attorneys do, and staff whom a standing permission lets release letters of this kind.
    """
    with opens(reads_only=True) as work:
        row = unchanged_since_read(work, DRAFTS, row_id, if_match, given)
    made = releases.release(opens, desk.store, row_id, given, version=int(row["version"]))
    with opens(reads_only=True) as work:
        return answer(RELEASES, nouns.row_of(work, RELEASES, made.id), 201)

"""Drafts of requests: begin one, keep what was typed, come back to it, take it away.

Nothing here is recorded in the history: a draft is its writer's own paper until it is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, Field
from sqlmodel import col, select

from casemgr.db import doors, drafts
from casemgr.db.tables import Blob, RequestDraft
from casemgr.domain.access import Right
from casemgr.domain.words import Intake
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.fields import Code, Input, readable
from casemgr.files.kinds import Upload, media_type, safe_name
from casemgr.files.store import Store
from casemgr.usecases import records
from casemgr.usecases.work import Work

MOST_FIELDS = 1000
MOST_TYPED = 1_000_000  # characters in all fields of one draft
MOST_DRAFTS = 200  # of one person
NO_MATTER = "You are on no such matter. Choose one from the list."
FieldName = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_.-]+$")]


Typed = Annotated[str, AfterValidator(readable)]


class DraftInput(Input):
    """What somebody has typed of a request so far, field by field as the pages name them."""

    typed: Annotated[dict[FieldName, Typed], Field(max_length=MOST_FIELDS)] = {}
    for_matter_id: Code | None = None


class NewDraft(DraftInput):
    """A draft of a request that was sent already, or of a new one."""

    intake: Intake


def begin(work: Work, given: NewDraft) -> RequestDraft:
    """Begin a draft of a request; nobody else sees it until it is saved."""
    doors.allow(work.actor, Right.LOG)
    if work.actor.id is None:
        raise WrongMoment("A draft is somebody's. Say for whom this is done.")
    if _how_many(work) >= MOST_DRAFTS:
        raise WrongMoment(
            f"You have {MOST_DRAFTS} drafts. Save or remove one of them, then begin another."
        )
    draft = RequestDraft(
        owner_id=work.actor.id, intake=given.intake, begun_at=work.now, changed_at=work.now
    )
    _fill(work, draft, given)
    return records.keep(work, draft)


def open_draft(work: Work, draft_id: str) -> RequestDraft:
    """Return a draft of the actor's own; NotFound for everybody else."""
    asked = select(RequestDraft).where(
        col(RequestDraft.id) == draft_id, drafts.own(work.actor, work.today)
    )
    found = work.session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def mine(work: Work) -> Sequence[RequestDraft]:
    """Return the actor's drafts, the one they worked on last first."""
    asked = (
        select(RequestDraft)
        .where(drafts.own(work.actor, work.today))
        .order_by(col(RequestDraft.changed_at).desc(), col(RequestDraft.id))
    )
    return work.session.exec(asked).all()


def keep(
    work: Work, draft_id: str, given: DraftInput, *, version: int | None = None
) -> RequestDraft:
    """Keep what was typed, whether or not it can be saved as a request yet."""
    draft = open_draft(work, draft_id)
    records.not_overtaken(draft, version)
    _fill(work, draft, given)
    draft.changed_at = work.now
    return records.keep(work, draft)


def _fill(work: Work, draft: RequestDraft, given: DraftInput) -> None:
    if sum(map(len, given.typed.values())) > MOST_TYPED:
        raise Malformed(
            f"All of this together is longer than {MOST_TYPED:,} characters. "
            "Put the long text into a file and add that as the letter."
        )
    draft.typed = dict(given.typed)
    draft.title = " ".join(given.typed.get("title", "").split())[:200]
    draft.for_matter_id = given.for_matter_id and _matter(work, given.for_matter_id)


def _matter(work: Work, matter_id: str) -> str:
    """Return the matter a draft is meant for; one that is closed or not theirs is refused."""
    try:
        return doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today).id
    except NotFound:
        raise Malformed({"for_matter_id": NO_MATTER}) from None


def attach(work: Work, draft_id: str, store: Store, upload: Upload) -> RequestDraft:
    """Keep the file of the letter with the draft, byte for byte."""
    draft = open_draft(work, draft_id)
    kind = media_type(upload)
    sha256 = store.keep(upload.data)
    if work.session.get(Blob, sha256) is None:
        records.keep(work, Blob(sha256=sha256, size=len(upload.data), media_type=kind))
    draft.sha256, draft.file_name = sha256, safe_name(upload.name)
    return records.keep(work, draft)


def detach(work: Work, draft_id: str) -> RequestDraft:
    """Leave the file of the letter out of the draft again."""
    draft = open_draft(work, draft_id)
    draft.sha256, draft.file_name = None, ""
    return records.keep(work, draft)


def remove(work: Work, draft_id: str, *, version: int | None = None) -> None:
    """Take a draft away for good: nothing of it was saved, and nobody else ever saw it."""
    draft = open_draft(work, draft_id)
    records.not_overtaken(draft, version)
    work.session.delete(draft)
    work.session.flush()


def _how_many(work: Work) -> int:
    asked = sa.select(sa.func.count()).where(col(RequestDraft.owner_id) == work.actor.id)
    return int(work.session.execute(asked).scalar_one())

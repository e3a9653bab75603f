"""The lists of letters that pages show; see `casemgr.db.lists` for what they take and give."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from casemgr.db.lists import MATTERS, TODAY
from casemgr.db.tables import (
    Agency,
    FoiaRequest,
    Letter,
    LetterDraft,
    LetterRelease,
    Matter,
    Person,
    Sending,
    StandingPermission,
    Track,
)
from casemgr.domain.words import DraftState

ALLOWS = aliased(Person)  # whose standing permission a letter was released under


def _of(table: Any) -> ColumnElement[bool]:
    return sa.and_(col(table.matter_id).in_(MATTERS), col(table.known_on) <= TODAY)


def _is(column: Any, name: str) -> ColumnElement[bool]:
    return col(column) == sa.bindparam(name, type_=sa.String())


DRAFTS = (
    sa.select(
        col(LetterDraft.id),
        col(LetterDraft.matter_id),
        col(Matter.title),
        sa.case((col(Matter.closed_on) <= TODAY, col(Matter.closed_on))),
        col(FoiaRequest.id),
        col(FoiaRequest.title),
        col(LetterDraft.track_id),
        col(Agency.short_name),
        col(LetterDraft.kind),
        col(LetterDraft.title),
        col(LetterDraft.state),
        col(LetterDraft.sent_back_because),
        col(LetterDraft.begun_by),
        col(Person.name),
        col(LetterDraft.begun_at),
        col(LetterDraft.version),
    )
    .join(Matter, col(Matter.id) == col(LetterDraft.matter_id))
    .join(Track, col(Track.id) == col(LetterDraft.track_id))
    .join(FoiaRequest, col(FoiaRequest.id) == col(Track.request_id))
    .join(Agency, col(Agency.id) == col(Track.agency_id))
    .outerjoin(Person, col(Person.id) == col(LetterDraft.begun_by))
    .where(_of(LetterDraft))
    .order_by(col(LetterDraft.begun_at).desc(), col(LetterDraft.id))
)
DRAFT = DRAFTS.where(_is(LetterDraft.id, "id"))
DRAFTS_OF_TRACK = DRAFTS.where(_is(LetterDraft.track_id, "track_id"))
# What waits to be released, and what went back to whoever wrote it.
WAITING = DRAFTS.where(col(LetterDraft.state) == DraftState.WAITING)
SENT_BACK = DRAFTS.where(
    col(LetterDraft.state) == DraftState.DRAFT,
    col(LetterDraft.sent_back_because) != "",
    _is(LetterDraft.begun_by, "actor"),
)
# Released, and nobody has said yet how it went.
TO_SEND = DRAFTS.where(col(LetterDraft.state) == DraftState.RELEASED)
RELEASES = (
    sa.select(
        col(LetterRelease.id),
        col(LetterRelease.draft_id),
        col(LetterRelease.letter_id),
        col(Letter.pages),
        col(Letter.sha256),
        col(Letter.template_version),
        col(Person.name),
        col(ALLOWS.name),
        col(LetterRelease.released_at),
        col(LetterRelease.void_on),
        col(LetterRelease.void_because),
        col(LetterRelease.version),
        col(Sending.id),
        col(Sending.sent_on),
        col(Sending.method),
        col(Sending.addressed_to),
        col(Sending.proof),
        col(Sending.document_id),
        col(Sending.source),
        col(Sending.version),
    )
    .join(Letter, col(Letter.id) == col(LetterRelease.letter_id))
    .outerjoin(Person, col(Person.id) == col(LetterRelease.released_by))
    .outerjoin(StandingPermission, col(StandingPermission.id) == col(LetterRelease.permission_id))
    .outerjoin(ALLOWS, col(ALLOWS.id) == col(StandingPermission.given_by))
    .outerjoin(
        Sending,
        sa.and_(col(Sending.release_id) == col(LetterRelease.id), col(Sending.known_on) <= TODAY),
    )
    .where(_of(LetterRelease), _is(LetterRelease.draft_id, "draft_id"))
    .order_by(col(LetterRelease.released_at).desc(), col(LetterRelease.id))
)
# The permissions of a matter, whether they hold or are over, and what was released under each.
_TO, _ENDED_BY = aliased(Person), aliased(Person)
PERMISSIONS = (
    sa.select(
        col(StandingPermission.id),
        col(StandingPermission.person_id),
        col(_TO.name),
        col(StandingPermission.kinds),
        col(StandingPermission.until_on),
        col(StandingPermission.because),
        col(ALLOWS.name),
        col(StandingPermission.given_at),
        col(_ENDED_BY.name),
        col(StandingPermission.taken_back_at),
        col(StandingPermission.taken_back_because),
        col(StandingPermission.version),
    )
    .join(_TO, col(_TO.id) == col(StandingPermission.person_id))
    .join(ALLOWS, col(ALLOWS.id) == col(StandingPermission.given_by))
    .outerjoin(_ENDED_BY, col(_ENDED_BY.id) == col(StandingPermission.taken_back_by))
    .where(_of(StandingPermission))
    .order_by(col(StandingPermission.given_at).desc(), col(StandingPermission.id))
)
RELEASED_UNDER = (
    sa.select(
        col(LetterRelease.permission_id),
        col(LetterDraft.id),
        col(LetterDraft.title),
        col(LetterRelease.released_at),
        col(LetterRelease.void_on),
    )
    .join(LetterDraft, col(LetterDraft.id) == col(LetterRelease.draft_id))
    .where(_of(LetterRelease), col(LetterRelease.permission_id).is_not(None))
    .order_by(col(LetterRelease.released_at).desc(), col(LetterRelease.id))
)

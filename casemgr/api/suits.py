"""Which tracks are in suit in a lawsuit."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

import sqlalchemy as sa
from fastapi import Path
from pydantic import BaseModel
from sqlmodel import col
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.litigation import LAWSUITS
from casemgr.api.problems import Stale, answers
from casemgr.api.routes import JSON, IfMatch, RowId, api_router, is_held
from casemgr.db.tables import LawsuitTrack, Track
from casemgr.desk import WorkDep
from casemgr.usecases import litigation
from casemgr.usecases.work import Work

router = api_router()


class TracksInSuit(BaseModel):
    """The tracks in suit, by their ids."""

    track_ids: list[str]

    @property
    def etag(self) -> str:
        """Return what the list is known by: it has no row of its own that could have a version."""
        return f'"{sha256(" ".join(self.track_ids).encode()).hexdigest()[:24]}"'


@router.get(
    "/lawsuits/{id}/tracks",
    operation_id="list_tracks_in_suit",
    summary="List the tracks in suit",
    response_model=None,
    responses={200: {"model": TracksInSuit}, **answers(401, 404, 503)},
)
def list_tracks_in_suit(work: WorkDep, row_id: RowId) -> Response:
    """Return which components' handling of which requests is before the court.

    The `ETag` is of the list: adding to it takes it as `If-Match`.
    """
    found = _in_suit(work, row_id)
    return Response(found.model_dump_json(), headers={"ETag": found.etag}, media_type=JSON)


def _in_suit(work: Work, row_id: str) -> TracksInSuit:
    lawsuit = nouns.row_of(work, LAWSUITS, row_id)
    found = work.session.scalars(
        sa.select(col(LawsuitTrack.track_id))
        .join(Track, col(Track.id) == col(LawsuitTrack.track_id))
        .where(
            col(LawsuitTrack.lawsuit_id) == lawsuit["id"],
            col(Track.known_on) <= work.today,
        )
        .order_by(col(LawsuitTrack.track_id))
    )
    return TracksInSuit(track_ids=list(found))


@router.put(
    "/lawsuits/{id}/tracks/{track_id}",
    status_code=204,
    operation_id="sue_on_track",
    summary="Note that a track is in suit",
    response_class=Response,
    responses=answers(401, 403, 404, 409, 412, 422, 428, 503),
)
def sue_on_track(
    work: WorkDep,
    row_id: RowId,
    track_id: Annotated[str, Path(max_length=32, pattern=r"^[A-Za-z0-9-]+$")],
    if_match: IfMatch = None,
) -> Response:
    """Note that a track of this matter is before this court; said twice, it stays said once."""
    stands = _in_suit(work, row_id)
    if not is_held(if_match, stands.etag):
        raise Stale(stands.model_dump())
    litigation.sue_on_track(work, row_id, track_id)
    return Response(status_code=204)

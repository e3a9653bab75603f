"""Passkeys: one's own, listed and taken away. Adding one takes a browser, so that is a page."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel, col
from starlette.responses import Response

from casemgr.api.nouns import Asker, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import IfMatch, RowId, api_router, unchanged_since_read
from casemgr.api.shapes import Shape
from casemgr.db.tables import Passkey
from casemgr.desk import WorkDep
from casemgr.usecases import passkeys


def own(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for the asker's own passkeys: nobody sees another's."""
    return col(Passkey.person_id) == asker.id


PASSKEYS = Noun(
    path="passkeys",
    one="passkey",
    about="A passkey you sign in with, by the name you gave it.",
    shape=Shape("Passkey", Passkey, without=("credential_id", "public_key", "sign_count")),
    order="made_at",
    scope=own,
)

router = api_router()


@router.delete(
    "/passkeys/{id}",
    status_code=204,
    operation_id="remove_passkey",
    summary="Take one of your passkeys away",
    response_class=Response,
    responses={**answers(401, 403, 404, 409, 412, 428, 503)},
)
def remove_passkey(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """Take a passkey away at once; every browser and program of yours ends, this one too."""
    unchanged_since_read(work, PASSKEYS, row_id, if_match)
    passkeys.remove(work, row_id)
    return Response(status_code=204)

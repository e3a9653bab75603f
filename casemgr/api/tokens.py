"""API tokens: made for oneself, shown once, ended at will."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from pydantic import create_model
from sqlmodel import SQLModel, col
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Asker, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, IfMatch, RowId, api_router, unchanged_since_read
from casemgr.api.shapes import Shape
from casemgr.db.tables import ApiToken
from casemgr.desk import WorkDep
from casemgr.usecases import people


def own(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for the asker's own tokens: nobody sees another's."""
    return col(ApiToken.person_id) == asker.id


TOKENS = Noun(
    path="tokens",
    one="token",
    about="A named secret a program uses in your place.",
    shape=Shape("Token", ApiToken, without=("token_hash",)),
    order="made_at",
    scope=own,
)

NewToken = create_model(
    "NewToken",
    __base__=TOKENS.shape.model,
    __doc__="A token just made: its secret is shown here and never again.",
    secret=(str, ...),
)

router = api_router()


@router.post(
    "/tokens",
    status_code=201,
    operation_id="create_token",
    summary="Make one token for yourself",
    response_model=None,
    responses={
        201: {"model": NewToken},
        **answers(400, 401, 403, 409, 413, 422, 503),
    },
)
def create_token(
    work: WorkDep,
    given: Annotated[
        people.TokenInput, StrictJson(), Body(examples=[{"name": "docket import", "days": 30}])
    ],
) -> Response:
    """Make a token; keep the secret where programs keep theirs, it is not shown again."""
    token, secret = people.make_token(work, given)
    row = {**nouns.row_of(work, TOKENS, token.id), "secret": secret}
    headers = {"Location": f"/api/v1/tokens/{token.id}", "ETag": nouns.etag(TOKENS, row)}
    return Response(NewToken.model_validate(row).model_dump_json(), 201, headers, JSON)


@router.delete(
    "/tokens/{id}",
    status_code=204,
    operation_id="revoke_token",
    summary="End one of your tokens",
    response_class=Response,
    responses={**answers(401, 403, 404, 409, 412, 428, 503)},
)
def revoke_token(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """End a token at once; it stays in the list with the moment it ended."""
    unchanged_since_read(work, TOKENS, row_id, if_match)
    people.revoke_token(work, row_id)
    return Response(status_code=204)

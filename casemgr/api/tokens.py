"""API tokens: made for oneself, shown once, ended at will."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from pydantic import create_model
from sqlmodel import SQLModel, col
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Asker, Noun, Remove
from casemgr.api.problems import answers
from casemgr.api.routes import answer_once, api_router
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
    remove=Remove(
        "revoke_token",
        "End one of your tokens",
        "End a token at once; it stays in the list with the moment it ended.",
        people.revoke_token,
    ),
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
    return answer_once(work, TOKENS, token, NewToken, secret=secret)

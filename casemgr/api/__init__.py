"""The API: whatever a page can do, for programs, under /api/v1."""

from fastapi import APIRouter, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from casemgr.api import (
    account,
    deadlines,
    declarations,
    directory,
    documents,
    events,
    health,
    holds,
    law,
    letters,
    litigation,
    matters,
    people,
    requests,
    seal,
    suits,
    tokens,
)
from casemgr.api.history import HISTORY
from casemgr.api.nouns import Noun
from casemgr.api.routes import add_routes
from casemgr.api.tokens import TOKENS

NOUNS: tuple[Noun, ...] = (
    *people.NOUNS,
    *matters.NOUNS,
    *directory.NOUNS,
    *requests.NOUNS,
    *litigation.NOUNS,
    *deadlines.NOUNS,
    *declarations.NOUNS,
    *documents.NOUNS,
    holds.HOLDS,
    *law.NOUNS,
    HISTORY,
    TOKENS,
)

# Only described here; `desk.open_work` reads both and decides who is asking.
_bearer = HTTPBearer(auto_error=False, description="An API token: `POST /api/v1/tokens` makes one.")
_cookie = APIKeyCookie(name="__Host-casemgr", auto_error=False, description="A signed-in browser.")

v1 = APIRouter(prefix="/api/v1", dependencies=[Security(_bearer), Security(_cookie)])
# What has a path of its own comes before `/{id}` of its noun.
for each in (
    people.router,
    account.router,
    documents.router,
    letters.router,
    events.router,
    tokens.router,
    seal.router,
    suits.router,
    holds.router,
    law.router,
):
    v1.include_router(each)
# Added and not included: each level of inclusion would build all of them once more at the start.
add_routes(v1, *NOUNS)

API: tuple[APIRouter, ...] = (v1, health.router)

"""The API: whatever a page can do, for programs, under /api/v1."""

from fastapi import APIRouter

from casemgr.api import (
    account,
    calendar,
    conflicts,
    deadlines,
    declarations,
    directory,
    docket_papers,
    documents,
    drafts,
    exhaustion,
    handover,
    health,
    holds,
    imports,
    incoming,
    law,
    letters,
    litigation,
    matters,
    origins,
    packages,
    passkeys,
    people,
    productions,
    request_list,
    requests,
    saved_views,
    seal,
    searches,
    suit_dates,
    suits,
    tokens,
    walls,
)
from casemgr.api.history import HISTORY
from casemgr.api.nouns import Noun
from casemgr.api.routes import add_routes, api_router
from casemgr.api.tokens import TOKENS

NOUNS: tuple[Noun, ...] = (
    *people.NOUNS,
    *matters.NOUNS,
    *directory.NOUNS,
    *requests.NOUNS,
    drafts.DRAFTS,
    *litigation.NOUNS,
    searches.STATEMENTS,
    productions.PACES,
    *docket_papers.NOUNS,
    *deadlines.NOUNS,
    *declarations.NOUNS,
    *documents.NOUNS,
    *letters.NOUNS,
    holds.HOLDS,
    imports.IMPORTS,
    saved_views.VIEWS,
    *walls.NOUNS,
    *law.NOUNS,
    HISTORY,
    origins.ORIGINS,
    passkeys.PASSKEYS,
    calendar.FEEDS,
    TOKENS,
)

_nouns = api_router()
add_routes(_nouns, *NOUNS)

# What has a path of its own comes before `/{id}` of its noun.
API: tuple[APIRouter, ...] = (
    people.router,
    account.router,
    docket_papers.router,
    documents.router,
    drafts.router,
    letters.router,
    tokens.router,
    calendar.router,
    passkeys.router,
    seal.router,
    suit_dates.router,
    suits.router,
    conflicts.router,
    incoming.router,
    exhaustion.router,
    searches.router,
    productions.router,
    handover.router,
    packages.router,
    origins.router,
    law.router,
    request_list.router,
    imports.router,
    saved_views.router,
    _nouns,
    health.router,
)

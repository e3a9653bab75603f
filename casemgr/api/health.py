"""Whether the program runs, and whether it can do its work: for what watches it."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from casemgr.db.schema import refuse_old_schema
from casemgr.db.session import transaction
from casemgr.desk import LARGEST_BODY, Desk, DeskDep
from casemgr.errors import Unusable
from casemgr.usecases import health as health_of
from casemgr.usecases import relaw

router = APIRouter(tags=["health"], max_body_size=LARGEST_BODY)


@router.get("/healthz", operation_id="read_health", summary="Say that the program runs")
async def health() -> dict[str, str]:
    """Answer as long as the program runs, whatever else is wrong."""
    # On no thread of its own: people who sign in at once may hold them all.
    return {"status": "running"}


@router.get(
    "/readyz",
    operation_id="read_readiness",
    summary="Say whether the program can do its work",
    response_class=JSONResponse,
    responses={503: {"description": "Something is missing; each check says what to do."}},
)
def readiness(desk: DeskDep) -> Response:
    """Check that the database answers with the right schema, and that mail and reminders go out."""
    found = {"database": _database(desk)}
    found |= dict.fromkeys(("sweep", "mail"), "not asked")
    if found["database"] == "right":
        with transaction(desk.engine, reads_only=True) as session:
            standing = health_of.standing(session)
        found |= {"sweep": _sweep(standing), "mail": _mail(standing)}
    ready = all(said == "right" for said in found.values())
    # Dates counted under older law files are still dates: told, and no reason to stop serving.
    found["law"] = _law(desk) if found["database"] == "right" else "not asked"
    return JSONResponse(
        {"status": "ready" if ready else "not ready", "checks": found}, 200 if ready else 503
    )


def _database(desk: Desk) -> str:
    try:
        refuse_old_schema(desk.engine)
    except Unusable as wrong:
        return str(wrong)
    except sa.exc.SQLAlchemyError:
        return "The database does not answer. Start it, or check CASEMGR_DATABASE_URL."
    return "right"


def _law(desk: Desk) -> str:
    with desk.work(reads_only=True) as work:
        return relaw.standing(work) or "right"


def _sweep(standing: health_of.Standing) -> str:
    if standing.swept_at is None:
        return "No reminders were swept yet. The first sweep runs within a minute of the start."
    if standing.clock_since is not None:
        return f"{standing.clock_why} Nothing is sent until it is right, or somebody says it is."
    if datetime.now(UTC) - standing.swept_at > health_of.NOT_READY:
        return f"The last sweep was at {standing.swept_at:%Y-%m-%d %H:%M} UTC. Start casemgr again."
    return "right"


def _mail(standing: health_of.Standing) -> str:
    since = standing.mail_down_since
    if since is not None and datetime.now(UTC) - since > health_of.SAY_SO:
        return f"No mail has gone out since {since:%Y-%m-%d %H:%M} UTC. {standing.mail_why}"
    return "right"

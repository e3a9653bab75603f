"""Whether the program runs, and whether it can do its work: for what watches it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from fastapi import APIRouter
from sqlmodel import col
from starlette.responses import JSONResponse, Response

from casemgr.db.schema import refuse_old_schema
from casemgr.db.session import transaction
from casemgr.db.tables import Heartbeat
from casemgr.desk import LARGEST_BODY, Desk, DeskDep
from casemgr.errors import Unusable
from casemgr.usecases import relaw

router = APIRouter(tags=["health"], max_body_size=LARGEST_BODY)

LATEST = timedelta(minutes=5)  # the sweep ticks once a minute


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
    """Check that the database answers, its schema is right and reminders are being sent."""
    found = {"database": _database(desk)}
    found["sweep"] = _sweep(desk) if found["database"] == "right" else "not asked"
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


def _sweep(desk: Desk) -> str:
    with transaction(desk.engine, reads_only=True) as session:
        at = session.execute(
            sa.select(col(Heartbeat.at)).where(col(Heartbeat.name) == "sweep")
        ).scalar_one_or_none()
    if at is None:
        return "No reminders were swept yet. The first sweep runs within a minute of the start."
    if datetime.now(UTC) - at > LATEST:
        return f"The last sweep was at {at:%Y-%m-%d %H:%M} UTC. Start casemgr again."
    return "right"

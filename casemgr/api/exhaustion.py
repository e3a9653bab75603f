"""What can be pleaded on a matter: every track and claim, since when, by which authority."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.desk import WorkDep
from casemgr.domain.ledger import Footing, Kind
from casemgr.usecases.views import exhaustion
from casemgr.usecases.views.exhaustion import LedgerPage, Line

router = api_router()


class LedgerLine(BaseModel):
    """One claim on one track; `deadline_id` is the deadline whose proof explains its date."""

    request_id: str
    track_id: str
    agency: str
    claim: Kind
    footing: Footing
    since: date | None
    until: date | None
    why: str
    authority: str
    closes: str
    deadline_id: str | None
    in_suit_on: date | None
    cannot_count: str


class Ledger(BaseModel):
    """The whole ledger of a matter, as of a day."""

    matter_id: str
    as_of: date
    lines: list[LedgerLine]


EXAMPLE = {
    "matter_id": "M-7F3KQ2X8MP",
    "as_of": "2010-03-08",
    "lines": [
        {
            "request_id": "R-7F3KQ2X8MP",
            "track_id": "T-7F3KQ2X8MP",
            "agency": "ICE",
            "claim": "timeliness",
            "footing": "open",
            "since": "2010-03-05",
            "until": None,
            "why": "The time to decide ran out with no decision.",
            "authority": "5 U.S.C. § 552(a)(6)(C)(i)",
            "closes": "A decision before suit. Then an appeal comes first.",
            "deadline_id": "D-7F3KQ2X8MP",
            "in_suit_on": None,
            "cannot_count": "",
        }
    ],
}


@router.get(
    "/matters/{id}/exhaustion",
    operation_id="read_exhaustion_ledger",
    summary="Read what can be pleaded on a matter today",
    response_model=None,
    responses={
        200: {"model": Ledger, "content": {JSON: {"example": EXAMPLE}}},
        **answers(401, 404, 503),
    },
)
def read_ledger(work: WorkDep, row_id: RowId) -> Response:
    """Return the claims of every track: timeliness, expedition, fee waiver, search, withholding."""
    found = _out(exhaustion.look(work, row_id))
    return Response(found.model_dump_json(), media_type=JSON)


def _out(page: LedgerPage) -> Ledger:
    lines = [_line(each) for each in page.lines]
    return Ledger(matter_id=page.matter.line.id, as_of=page.as_of, lines=lines)


def _line(line: Line) -> LedgerLine:
    track, claim = line.track, line.claim
    return LedgerLine(
        request_id=track.request_id,
        track_id=track.id,
        agency=track.short_name,
        claim=claim.kind,
        footing=claim.footing,
        since=claim.since,
        until=claim.until,
        why=claim.why,
        authority=claim.authority,
        closes=claim.closes,
        deadline_id=line.deadline_id or None,
        in_suit_on=track.in_suit_on,
        cannot_count=line.cannot_count,
    )

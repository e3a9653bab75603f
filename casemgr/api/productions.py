"""Productions: the pace fixed for them, and the page numbers that are missing or came twice."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.nouns import Change, Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import WorkDep
from casemgr.usecases import paces
from casemgr.usecases.views import productions
from casemgr.usecases.views.productions import ProductionsPage, Progress

router = api_router()

PACES = Noun(
    path="production-paces",
    one="production pace",
    about="So many pages a month, from a day on, by order or agreement, until another begins.",
    shape=Shape("ProductionPace", tables.ProductionPace),
    order="since_on",
    filters={"matter": "matter_id", "track": "track_id", "fixed_by": "fixed_by"},
    create=Create(
        paces.PaceInput,
        paces.record_pace,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "track_id": "T-7F3KQ2X8MP",
            "pages": 650,
            "every": "month",
            "since_on": "2010-08-01",
            "in_all": 5200,
            "fixed_by": "agreement",
            "words": "at least 650 pages a month",
            "source": "Letter of the AUSA",
        },
        parent="matter_id",
    ),
    change=Change(paces.PaceInput, paces.change_pace, {"pages": 700}),
)


class MissingNumbers(BaseModel):
    """Numbers between two productions that none has."""

    numbers: str
    pages: int
    after_id: str
    before_id: str


class NumbersTwice(BaseModel):
    """Numbers that two productions both have."""

    numbers: str
    one_id: str
    other_id: str


class PaceKept(BaseModel):
    """Where one component, or all of the matter (`track_id` null), stands against its pace.

    `owed` pages were due by `owed_on`; `came` by today; `behind`: what is missing of them.
    `not_counted`: productions without a day or a number of pages.
    """

    track_id: str | None
    pace_ids: list[str]
    owed: int
    owed_on: date | None
    next_on: date | None
    came: int
    behind: int
    in_all: int | None
    left: int | None
    ends_as_fixed: date | None
    ends_as_it_goes: date | None
    not_counted: list[str]


class ProductionLedger(BaseModel):
    """Gaps, overlaps and pace of a matter's productions, as of a day."""

    matter_id: str
    as_of: date
    gaps: list[MissingNumbers]
    overlaps: list[NumbersTwice]
    pace: list[PaceKept]


EXAMPLE = {
    "matter_id": "M-7F3KQ2X8MP",
    "as_of": "2010-10-29",
    "gaps": [
        {
            "numbers": "ICE 000201 to ICE 000240",
            "pages": 40,
            "after_id": "PR-7F3KQ2X8MP",
            "before_id": "PR-8F3KQ2X8MP",
        }
    ],
    "overlaps": [],
    "pace": [
        {
            "track_id": "T-7F3KQ2X8MP",
            "pace_ids": ["PC-7F3KQ2X8MP"],
            "owed": 1300,
            "owed_on": "2010-10-01",
            "next_on": "2010-11-01",
            "came": 200,
            "behind": 1100,
            "in_all": 5200,
            "left": 5000,
            "ends_as_fixed": "2011-06-01",
            "ends_as_it_goes": "2016-10-03",
            "not_counted": [],
        }
    ],
}


@router.get(
    "/matters/{id}/production-ledger",
    operation_id="read_production_ledger",
    summary="Read which page numbers are missing and how the pace is kept",
    response_model=None,
    responses={
        200: {"model": ProductionLedger, "content": {JSON: {"example": EXAMPLE}}},
        **answers(401, 404, 503),
    },
)
def read_ledger(work: WorkDep, row_id: RowId) -> Response:
    """Return missing and repeated page numbers, and what is owed against what came."""
    found = ledger_of(productions.look(work, row_id))
    return Response(found.model_dump_json(), media_type=JSON)


def ledger_of(page: ProductionsPage) -> ProductionLedger:
    """Return gaps, overlaps and pace as programs read them."""
    return ProductionLedger(
        matter_id=page.matter.line.id,
        as_of=page.as_of,
        gaps=[
            MissingNumbers(
                numbers=each.says,
                pages=each.pages,
                after_id=each.after.id,
                before_id=each.before.id,
            )
            for each in page.gaps
        ],
        overlaps=[
            NumbersTwice(numbers=each.says, one_id=each.one.id, other_id=each.other.id)
            for each in page.overlaps
        ],
        pace=[_kept(each) for each in page.progress],
    )


def _kept(it: Progress) -> PaceKept:
    stands = it.standing
    return PaceKept(
        track_id=it.paces[0].track_id,
        pace_ids=[each.id for each in it.paces],
        owed=stands.owed,
        owed_on=stands.owed_on,
        next_on=stands.next_on,
        came=stands.came,
        behind=stands.behind,
        in_all=stands.in_all,
        left=stands.left,
        ends_as_fixed=stands.ends_as_fixed,
        ends_as_it_goes=stands.ends_as_it_goes,
        not_counted=[each.id for each in it.not_counted],
    )

"""The search log: what each paper says of a search, and the table that follows from it."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.nouns import Act, Change, Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import WorkDep
from casemgr.domain.searches import Aspect, Row, Words
from casemgr.domain.words import SaidIn
from casemgr.usecases import searches
from casemgr.usecases.views import searches as views
from casemgr.usecases.views.searches import SearchLog

router = api_router()

STATEMENTS = Noun(
    path="search-statements",
    one="search statement",
    about="What one paper says of a search: whose files, which system, which words, how, by whom.",
    shape=Shape(
        "SearchStatement",
        tables.SearchStatement,
        gates={"withdrawn_on": ("withdrawn_because",)},
    ),
    filters={
        "matter": "matter_id",
        "track": "track_id",
        "said_in": "said_in",
        "docket_entry": "docket_entry_id",
    },
    create=Create(
        searches.SearchStatementInput,
        searches.log_statement,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "track_id": "T-7F3KQ2X8MP",
            "said_in": "declaration",
            "custodian": "Office of the Director",
            "system": "E-mail",
            "terms": "opt out\nopt-out AND county",
            "records_from": "2008-10-01",
            "method": "The search of the mail program",
            "place": "para. 12",
            "source": "Declaration of the FOIA officer",
        },
        parent="matter_id",
    ),
    change=Change(
        searches.SearchStatementInput, searches.change_statement, {"records_until": "2010-02-03"}
    ),
    acts=(
        Act(
            "withdrawal",
            "withdraw_search_statement",
            "Take back one search statement",
            searches.withdraw_statement,
            searches.SearchWithdrawal,
            {"because": "The paragraph speaks of another component."},
        ),
    ),
)


class Said(BaseModel):
    """What one statement says in a cell, and the paper it stands in."""

    says: str
    statement_id: str
    said_in: SaidIn
    paper: str


class SearchCell(BaseModel):
    """What was asked for, and what the agency says it did; `empty`: it says nothing."""

    asked: list[Said]
    told: list[Said]
    empty: bool


class SearchPlace(BaseModel):
    """One place to search: a custodian's files in one system of one component."""

    component: str
    custodian: str
    system: str
    asked: bool
    searched: bool
    terms_not_used: list[str]
    cells: dict[Aspect, SearchCell]


class SearchTable(BaseModel):
    """The whole search log of a matter, as of a day."""

    matter_id: str
    as_of: date
    places: list[SearchPlace]


_NOTHING = {"asked": [], "told": [], "empty": True}
EXAMPLE = {
    "matter_id": "M-7F3KQ2X8MP",
    "as_of": "2012-03-05",
    "places": [
        {
            "component": "ICE",
            "custodian": "Office of the Director",
            "system": "E-mail",
            "asked": True,
            "searched": True,
            "terms_not_used": ["voluntary"],
            "cells": {
                "terms": {
                    "asked": [],
                    "told": [
                        {
                            "says": "opt out",
                            "statement_id": "ST-7F3KQ2X8MP",
                            "said_in": "declaration",
                            "paper": "Dkt. 179, para. 12",
                        }
                    ],
                    "empty": False,
                },
                "dates": _NOTHING,
                "method": _NOTHING,
                "who": _NOTHING,
            },
        }
    ],
}


@router.get(
    "/matters/{id}/search-log",
    operation_id="read_search_log",
    summary="Read what is said and not said of every search",
    response_model=None,
    responses={
        200: {"model": SearchTable, "content": {JSON: {"example": EXAMPLE}}},
        **answers(401, 404, 503),
    },
)
def read_log(work: WorkDep, row_id: RowId) -> Response:
    """Return each place to search with what was asked, what was told, and what is not said."""
    found = table_of(views.look(work, row_id))
    return Response(found.model_dump_json(), media_type=JSON)


def table_of(page: SearchLog) -> SearchTable:
    """Return the search log as programs read it."""
    return SearchTable(
        matter_id=page.matter.line.id,
        as_of=page.as_of,
        places=[_place(page, row) for row in page.rows],
    )


def _place(page: SearchLog, row: Row) -> SearchPlace:
    return SearchPlace(
        component=row.component,
        custodian=row.custodian,
        system=row.system,
        asked=row.asked,
        searched=row.searched,
        terms_not_used=list(row.terms_not_used),
        cells={
            aspect: SearchCell(
                asked=[_said(page, each) for each in cell.asked],
                told=[_said(page, each) for each in cell.told],
                empty=cell.empty,
            )
            for aspect, cell in row.cells.items()
        },
    )


def _said(page: SearchLog, words: Words) -> Said:
    return Said(
        says=words.says,
        statement_id=words.statement.id,
        said_in=words.statement.said_in,
        paper=page.noted[words.statement.id].paper,
    )

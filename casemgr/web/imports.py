"""Import an old spreadsheet, page by page: bring it, match its columns, look, start, undo."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import Request
from pydantic import ValidationError
from starlette.responses import Response

from casemgr.desk import DeskDep, WorkDep
from casemgr.domain.spreadsheets import Field
from casemgr.errors import Malformed
from casemgr.files.kinds import Upload
from casemgr.usecases import imports
from casemgr.usecases.imports import MatchingInput, StartInput, UndoInput
from casemgr.usecases.views import imports as views
from casemgr.usecases.views import request_list
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
    up_to,
    version_in,
)
from casemgr.web.uploads import FieldsAndFile

router = page_router()

LARGEST = 50 * 1024 * 1024
MEANINGS = [
    (Field.TITLE, "Title: what it asks for, in a line"),
    (Field.REFERENCE, "Our reference"),
    (Field.SUMMARY, "Summary or notes"),
    (Field.ASKED_FOR, "The records asked for"),
    (Field.OFFICES, "Agencies or components"),
    (Field.NUMBERS, "Tracking numbers"),
    (Field.SENT_ON, "Day we sent it"),
    (Field.RECEIVED_ON, "Day they got it"),
    (Field.ACKNOWLEDGED_ON, "Day they wrote that they have it"),
    (Field.DECIDED_ON, "Day they decided"),
    (Field.OUTCOME, "How they decided"),
    (Field.CLOSED_ON, "Day it was closed"),
    (Field.RECORDS_FROM, "Records from"),
    (Field.RECORDS_UNTIL, "Records until"),
    (Field.FEE_WAIVER, "Fee waiver asked"),
]
STATES = {
    "reading": "Being read",
    "matching": "Waits for its columns to be matched",
    "checking": "Being checked",
    "checked": "Waits to be started",
    "importing": "Being imported",
    "imported": "Imported",
    "undoing": "Being undone",
    "undone": "Undone",
    "failed": "Could not go on",
    "dropped": "Given up",
}
ORDERS = {"day": True, "month": False}


WideFields = Annotated[dict[str, str], up_to(1_500)]  # one or two for each column and office


@router.get("/imports")
def list_imports(http: Request, work: WorkDep, matter: str = "") -> Response:
    """Show the imports of whoever asks, and the form that begins one."""
    return _list(http, work, {"matter_id": matter}, {})


@router.post("/imports", max_body_size=LARGEST)
def begin_import(http: Request, work: WorkDep, desk: DeskDep, sent: FieldsAndFile) -> Response:
    """Keep a spreadsheet and have it read."""
    upload: Upload | None = http.state.upload
    problems: dict[str, str] = {}
    if not sent.get("matter_id"):
        problems["matter_id"] = "Choose the matter these requests belong to."
    if upload is None:
        problems["file"] = "Choose the spreadsheet."
    if problems or upload is None:
        return _list(http, work, sent, problems, 422)
    done = attempt(work, partial(imports.begin, work, sent["matter_id"], desk.store, upload))
    if isinstance(done, Problems):
        return _list(http, work, sent, done, done.status)
    return see(f"/imports/{done.id}")


def _list(
    http: Request,
    work: Work,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    shown = {
        "found": views.look_at_all(work),
        "matters": request_list.choices(work)["matter"],
        "states": STATES,
        "typed": typed,
        "problems": problems,
    }
    return page(http, "imports", work, status=status, **shown)


@router.get("/imports/{import_id}")
def show_import(
    http: Request, work: WorkDep, import_id: str, after: int = 0, rows: str = ""
) -> Response:
    """Show an import at the step where it is; while it is at work the page looks again."""
    return _show(http, work, import_id, after=after, only_wrong=rows == "wrong")


def _show(
    http: Request,
    work: Work,
    import_id: str,
    *,
    problems: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
    **which: Any,
) -> Response:
    seen = views.look(work, import_id, **which)
    shown = {
        "seen": seen,
        "meanings": MEANINGS,
        "states": STATES,
        "components": request_list.choices(work)["component"] if seen.unknown else [],
        "only_wrong": which.get("only_wrong", False),
        "problems": problems or {},
        "typed": typed or {},
    }
    answer = page(http, "import", work, status=status, **shown)
    if seen.at_work:
        answer.headers["Refresh"] = "2"
    return answer


@router.post("/imports/{import_id}/columns")
def match_columns(http: Request, work: WorkDep, import_id: str, sent: WideFields) -> Response:
    """Take what was said of the columns, and have the rows checked."""
    version = version_in(sent)
    done = attempt(work, lambda: imports.match(work, import_id, _matching(sent), version=version))
    if isinstance(done, Problems):
        return _show(http, work, import_id, problems=done, typed=sent, status=done.status)
    return see(f"/imports/{import_id}")


def _matching(sent: Mapping[str, str]) -> MatchingInput:
    columns = {
        name.removeprefix("column_"): value
        for name, value in sent.items()
        if name.startswith("column_") and value
    }
    offices = {
        sent[f"office_{at}"]: value
        for name, value in sent.items()
        if name.startswith("is_office_") and value and (at := name.removeprefix("is_office_"))
        if f"office_{at}" in sent
    }
    try:
        return MatchingInput.model_validate(
            {
                "columns": columns,
                "day_first": ORDERS.get(sent.get("first", "")),
                "formulas": sent.get("formulas") == "yes",
                "offices": offices,
                "take_same": sent.get("take_same") == "yes",
            }
        )
    except ValidationError:
        raise Malformed({"columns": "Choose one of the list for every column."}) from None


@router.post("/imports/{import_id}/start")
def start_import(http: Request, work: WorkDep, import_id: str, sent: Fields) -> Response:
    """Have the rows imported that are right."""
    return _act(http, work, import_id, sent, StartInput, imports.start)


@router.post("/imports/{import_id}/undo")
def undo_import(http: Request, work: WorkDep, import_id: str, sent: Fields) -> Response:
    """Have a whole import taken back."""
    return _act(http, work, import_id, sent, UndoInput, imports.undo)


def _act(
    http: Request, work: Work, import_id: str, sent: dict[str, str], shape: Any, act: Any
) -> Response:
    form = read_form(shape, sent, work.today)
    done = attempt_form(work, form, partial(act, work, import_id, version=form.version))
    if isinstance(done, Problems):
        return _show(http, work, import_id, problems=done, typed=sent, status=done.status)
    return see(f"/imports/{import_id}")


@router.post("/imports/{import_id}/drop")
def drop_import(work: WorkDep, import_id: str, sent: Fields) -> Response:
    """Give up an import; the file stays among the documents."""
    imports.drop(work, import_id, version=version_in(sent))
    return see("/imports")

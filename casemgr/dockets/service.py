"""Read a docket as a docket service gives it: CourtListener's JSON, or what juriscraper wrote.

CourtListener answers with a docket, with a page of docket entries, or with both nested; all three
are read. https://www.courtlistener.com/help/api/rest/pacer/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.dockets import sheet
from casemgr.dockets.shapes import (
    CaseRead,
    EntryRead,
    PaperRead,
    Unreadable,
    day_said,
    filed_under,
    plain,
)
from casemgr.domain.words import PaperKind

NOT_JSON = "This is not whole JSON: {what}. Download it again, to its end."
NO_ENTRIES = (
    "This JSON holds no docket: there is neither a docket number nor a list of docket entries in "
    "it. Save CourtListener's answer for a docket or for its docket entries."
)


def read_service(data: bytes) -> PaperRead:
    """Read one or several JSON answers about a docket; `Unreadable` where there is none."""
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as broken:
        what = broken.msg if isinstance(broken, json.JSONDecodeError) else "it cannot be read"
        raise Unreadable(NOT_JSON.format(what=what)) from broken
    found = tuple(_cases(said))
    if not found:
        raise Unreadable(NO_ENTRIES)
    return PaperRead(kind=PaperKind.SERVICE, cases=found)


def _cases(said: Any) -> Iterator[CaseRead]:
    if isinstance(said, Mapping):
        if isinstance(said.get("dockets"), list):  # juriscraper's reading of a notice
            court = str(said.get("court_id") or "")
            for each in said["dockets"]:
                yield sheet.case_of({"court_id": court, **each})
        elif _is_docket(said):
            yield _docket(said)
        elif isinstance(said.get("results"), list):
            yield from _page(said["results"])
    elif isinstance(said, list):
        yield from _page(said)


def _is_docket(said: Mapping[str, Any]) -> bool:
    return bool(said.get("docket_number") or said.get("docketNumber"))


def _page(rows: Sequence[Any]) -> Iterator[CaseRead]:
    """Return the dockets of a list, or the one case whose entries it lists."""
    dockets = [row for row in rows if isinstance(row, Mapping) and _is_docket(row)]
    if dockets:
        yield from map(_docket, dockets)
        return
    entries = tuple(_entries(rows))
    if entries:
        yield CaseRead(court_id="", docket_number="", title="", entries=entries)


def _docket(said: Mapping[str, Any]) -> CaseRead:
    entries = said.get("docket_entries")
    if isinstance(entries, list) and any("recap_documents" not in one for one in entries if one):
        return sheet.case_of(said)
    return CaseRead(
        court_id=_court(said),
        docket_number=str(said.get("docket_number") or said.get("docketNumber") or ""),
        title=plain(str(said.get("case_name") or said.get("caseName") or "")),
        filed_on=day_said(said.get("date_filed") or said.get("dateFiled")),
        terminated_on=day_said(said.get("date_terminated") or said.get("dateTerminated")),
        judge=plain(str(said.get("assigned_to_str") or said.get("assignedTo") or "")),
        magistrate=plain(str(said.get("referred_to_str") or said.get("referredTo") or "")),
        cause=plain(str(said.get("cause") or "")),
        nature_of_suit=plain(str(said.get("nature_of_suit") or said.get("suitNature") or "")),
        entries=tuple(_entries(entries or said.get("recap_documents") or ())),
    )


def _court(said: Mapping[str, Any]) -> str:
    named = str(said.get("court_id") or said.get("court") or "")
    found = re.search(r"/courts/([a-z0-9]+)/?$", named)
    return found[1] if found else (named if re.fullmatch(r"[a-z0-9]{2,15}", named) else "")


def _entries(rows: Sequence[Any]) -> Iterator[EntryRead]:
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        papers = [each for each in row.get("recap_documents") or () if isinstance(each, Mapping)]
        main = next((each for each in papers if not each.get("attachment_number")), row)
        filed_on = day_said(row.get("date_filed") or row.get("entry_date_filed"))
        says = plain(str(row.get("description") or row.get("short_description") or ""))
        number = _number(row.get("entry_number") or row.get("document_number"))
        part = _number(row.get("attachment_number"))
        if filed_on is None or not (says or papers):
            continue
        yield EntryRead(
            number=number,
            part=part,
            filed_on=filed_on,
            entered_on=None,
            says=says or plain(str(main.get("description") or "")) or f"Entry {number}",
            short=plain(str(main.get("description") or row.get("short_description") or "")),
            court_document=filed_under(str(main.get("pacer_doc_id") or "")),
        )
        yield from _attached(number, filed_on, papers)


def _attached(
    number: int | None, filed_on: date, papers: Sequence[Mapping[str, Any]]
) -> Iterator[EntryRead]:
    for each in papers:
        part = _number(each.get("attachment_number"))
        if part is not None and number is not None:
            title = plain(str(each.get("description") or "")) or f"Attachment {part}"
            yield EntryRead(
                number=number,
                part=part,
                filed_on=filed_on,
                says=title,
                short=title,
                court_document=filed_under(str(each.get("pacer_doc_id") or "")),
            )


def _number(value: object) -> int | None:
    text = str(value if value is not None else "")
    return int(text) if text.isdigit() and 0 < int(text) < 100_000 else None

"""Read a docket sheet or history report that somebody saved from the court's site.

juriscraper does it (the extra `docket`): it knows the many shapes these pages have had. It is asked
to read text and nothing else: it fetches nothing. These pages come from outside, so callers read
them in a process of their own (`casemgr.dockets.reading`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from casemgr.dockets.shapes import (
    CaseRead,
    CounselRead,
    EntryRead,
    PaperRead,
    PartyRead,
    Unreadable,
    day_said,
    decoded,
    filed_under,
    plain,
)
from casemgr.domain.words import PaperKind

NEEDS = (
    "Reading saved docket pages needs the extra “docket”: install casemgr[docket]. Notices of "
    "electronic filing, CourtListener's JSON and CSV files are read without it."
)
NO_COURT = (
    "This page does not say which court it is from. Save the docket page whole, from its heading "
    "to its last entry, or name the court."
)
NO_DOCKET = (
    "This is no docket sheet: it has no docket number and no title of a case. Open the docket "
    "report on the court's site, let it load to its end, and save that page."
)
CUT_SHORT = (
    "This page is cut short: it names a case but has no docket entries. Let the docket report load "
    "to its end, and save it again."
)
MAY_BE_CUT = (
    "This page stops in the middle of its table: the last entry may be cut, and later ones are "
    "missing. Let the docket report load to its end, save it again, and take that in."
)
_HOST = re.compile(r"\b(?:ecf|pacer)\.(?P<court>[a-z0-9]+)\.uscourts\.gov", re.IGNORECASE)


def is_sheet(data: bytes) -> bool:
    """Say whether bytes look like such a page, without reading it."""
    head = data[:400_000].lower()
    return b"<html" in head or b"<head" in head or b"docket for case" in head


def court_of(text: str) -> str:
    """Return the court whose own addresses a page holds most often, or ""."""
    found = Counter(each["court"].lower() for each in _HOST.finditer(text))
    return found.most_common(1)[0][0] if found else ""


def read_sheet(data: bytes, court_id: str = "") -> PaperRead:
    """Read a saved page; `court_id` where the person who saved it said so."""
    text = decoded(data)
    court = court_id or court_of(text)
    if not court:
        raise Unreadable(NO_COURT)
    said = _parsed(text, court)
    if not said or not said.get("docket_number"):
        raise Unreadable(NO_DOCKET)
    if not said.get("docket_entries"):
        raise Unreadable(CUT_SHORT)
    doubts = (MAY_BE_CUT,) if _ends_within_a_table(text) else ()
    return PaperRead(kind=PaperKind.SHEET, cases=(case_of(said),), doubts=doubts)


def _ends_within_a_table(text: str) -> bool:
    """Say whether a page stops before the end of its docket: what came after is missing."""
    lower = text.lower()
    return lower.rfind("</table") < lower.rfind("<tr")


def _parsed(text: str, court: str) -> Mapping[str, Any]:
    try:
        from juriscraper.pacer import DocketHistoryReport, DocketReport  # noqa: PLC0415 an extra
    except ImportError as missing:
        raise Unreadable(NEEDS) from missing
    history = "History/Documents" in text or "Docket History" in text[:20_000]
    report = (DocketHistoryReport if history else DocketReport)(court)
    try:
        report._parse_text(text)
        return report.data or {}
    except Exception as broken:  # it raises whatever a page of a shape unknown to it leads to
        raise Unreadable(NO_DOCKET) from broken


# --- juriscraper's words into ours; its JSON, saved, is read with these too


def case_of(said: Mapping[str, Any]) -> CaseRead:
    """Return a case from the names juriscraper gives its parts."""
    return CaseRead(
        court_id=str(said.get("court_id") or ""),
        docket_number=str(said.get("docket_number") or ""),
        title=plain(str(said.get("case_name") or "")),
        filed_on=day_said(said.get("date_filed")),
        terminated_on=day_said(said.get("date_terminated")),
        judge=plain(str(said.get("assigned_to_str") or "")),
        magistrate=plain(str(said.get("referred_to_str") or "")),
        cause=plain(str(said.get("cause") or "")),
        nature_of_suit=plain(str(said.get("nature_of_suit") or "")),
        entries=tuple(_entries(said.get("docket_entries") or ())),
        parties=tuple(_party(each) for each in said.get("parties") or ()),
    )


def _entries(rows: Iterable[Mapping[str, Any]]) -> Iterable[EntryRead]:
    for row in rows:
        filed_on = day_said(row.get("date_filed")) or day_said(row.get("date_entered"))
        says = plain(str(row.get("description") or row.get("short_description") or ""))
        if filed_on is None or not says:
            continue
        yield EntryRead(
            number=_number(row.get("document_number")),
            filed_on=filed_on,
            entered_on=day_said(row.get("date_entered")),
            says=says,
            short=plain(str(row.get("short_description") or "")),
            court_document=filed_under(str(row.get("pacer_doc_id") or "")),
        )


def _party(row: Mapping[str, Any]) -> PartyRead:
    return PartyRead(
        name=plain(str(row.get("name") or "")),
        role=plain(str(row.get("type") or "")),
        terminated_on=day_said(row.get("date_terminated")),
        counsel=tuple(
            CounselRead(
                name=plain(str(each.get("name") or "")),
                roles=tuple(str(role) for role in each.get("roles") or ()),
                contact=str(each.get("contact") or "").strip(),
            )
            for each in row.get("attorneys") or ()
        ),
    )


def _number(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isdigit() and len(text) <= 6 else None

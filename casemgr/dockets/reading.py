"""Read a docket paper of whatever kind: what it is shows in its bytes.

Papers come from outside and their readers are large: run `read_paper` in a process of its own.
"""

from __future__ import annotations

from casemgr.dockets.notice import is_notice, read_notice
from casemgr.dockets.service import read_service
from casemgr.dockets.shapes import PaperRead, Unreadable
from casemgr.dockets.sheet import is_sheet, read_sheet
from casemgr.dockets.table import read_table
from casemgr.domain.words import PaperKind

MOST_BYTES = 50_000_000
EMPTY = "This file is empty. Save the docket paper again, to its end, and choose it again."
TOO_LONG = "This file is larger than 50 MB. No docket is: save the docket page alone."


def kind_of(data: bytes) -> PaperKind:
    """Say what sort of paper bytes look like, without reading them."""
    if is_notice(data):
        return PaperKind.NOTICE
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return PaperKind.SERVICE
    return PaperKind.SHEET if is_sheet(data) else PaperKind.TABLE


def read_paper(data: bytes, court_id: str = "") -> PaperRead:
    """Return what a docket paper says; `Unreadable`, with what to do, where it is none."""
    if not data.strip():
        raise Unreadable(EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LONG)
    kind = kind_of(data)
    if kind is PaperKind.SHEET:
        return read_sheet(data, court_id)
    return _READERS[kind](data)


_READERS = {
    PaperKind.NOTICE: read_notice,
    PaperKind.SERVICE: read_service,
    PaperKind.TABLE: read_table,
}

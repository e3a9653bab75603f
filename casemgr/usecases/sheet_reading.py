"""Read a spreadsheet in the cage: what is in a file from outside is not trusted."""

from __future__ import annotations

import json

from casemgr.errors import Malformed
from casemgr.files.sheets import Sheet, read_sheet
from casemgr.usecases.one_reading import Asked, Said, answer_once, read_alone

STOPPED = (
    "This file could not be read within the time and memory a spreadsheet may take, so it was "
    "stopped. The file is kept. Save only the sheet with the requests as .csv and import that."
)


def read_caged(data: bytes, wanted: str = "") -> Sheet:
    """Return what a spreadsheet holds; Malformed, with a sentence, where it cannot be read."""
    said, body = read_alone(__name__, {"wanted": wanted}, data, STOPPED)
    rows = [(number, cells) for number, cells in map(json.loads, body.splitlines())]
    return Sheet(said["headers"], said["header_row"], rows, said["how"], said["notes"])


# --- in the child


def main() -> None:
    """Read the one file that comes in."""
    answer_once(_warm_up, _read)


def _warm_up() -> None:
    """Load what reads workbooks before the doors close."""
    import openpyxl.styles.numbers  # noqa: PLC0415 - only in the child
    import openpyxl.utils.datetime  # noqa: F401, PLC0415


def _read(asked: Asked, data: bytes) -> Said:
    try:
        sheet = read_sheet(data, asked["wanted"])
    except Malformed as wrong:
        return {"wrong": str(wrong)}, b""
    except MemoryError:
        return {"wrong": STOPPED}, b""
    said = {
        "headers": sheet.headers,
        "header_row": sheet.header_row,
        "how": sheet.how,
        "notes": sheet.notes,
    }
    body = "\n".join(json.dumps(row, ensure_ascii=True) for row in sheet.rows)
    return said, body.encode()

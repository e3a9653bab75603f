"""What a file is: told from its bytes, compared with what its name claims."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from casemgr.errors import Malformed

# Scripts, programs and pages are not papers: what is not listed is refused.
EXTENSIONS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".eml": "message/rfc822",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
_TEXTS = frozenset({"text/plain", "text/csv", "message/rfc822"})
_SHOWN = frozenset(EXTENSIONS.values()) - _TEXTS  # the bytes themselves say so
_OF_DOCKETS = {".html": "text/html", ".htm": "text/html", ".json": "application/json"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"<!doctype html", b"<html", b"<svg")
_CALLED = {
    "application/pdf": "a PDF",
    "image/png": "a PNG picture",
    "image/jpeg": "a JPEG picture",
    "image/tiff": "a TIFF picture",
    "text/plain": "plain text",
    EXTENSIONS[".docx"]: "a Word document",
    EXTENSIONS[".xlsx"]: "an Excel workbook",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody hands in: its name as given, and its bytes."""

    name: str
    data: bytes


def media_type(upload: Upload) -> str:
    """Return what a file is; one that is not what its name claims is refused with a sentence."""
    ending = PurePosixPath(upload.name.lower()).suffix
    claimed = EXTENSIONS.get(ending)
    if claimed is None:
        raise Malformed({"file": _not_taken(ending)})
    if not upload.data:
        raise Malformed({"file": f"{_short(upload.name)} is empty. Choose the file again."})
    found = sniff(upload.data)
    if found == claimed or (found == "text/plain" and claimed in _TEXTS):
        return claimed
    is_what = f"but it is {_CALLED[found]}" if found else "but its contents are something else"
    raise Malformed(
        {
            "file": f"{_short(upload.name)} is named like {_called(ending, claimed)}, {is_what}. "
            "Open it to see what it is, save it as that, and choose it again."
        }
    )


def own_type(name: str, of_bytes: str) -> str:
    """Return what a kept file is on its own matter, by its name there.

    Bytes are shared by all matters: what they were first kept as counts only where the bytes alone
    decide it, so that nothing of another matter shows.

    >>> own_type("note.txt", "message/rfc822"), own_type("docket.html", "application/pdf")
    ('text/plain', 'application/pdf')
    """
    if of_bytes in _SHOWN:
        return of_bytes
    ending = PurePosixPath(name.lower()).suffix
    claimed = _OF_DOCKETS.get(ending) or EXTENSIONS.get(ending)
    return claimed if claimed and claimed not in _SHOWN else "application/octet-stream"


def sniff(data: bytes) -> str | None:
    """Return the media type that the bytes themselves show, or None for what is not taken.

    >>> sniff(b"%PDF-1.7 ..."), sniff(b"Dear Sir or Madam:"), sniff(b"MZ\\x90")
    ('application/pdf', 'text/plain', None)
    """
    if b"%PDF-" in data[:1024]:  # readers allow a few bytes before the header
        return "application/pdf"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return "text/plain" if _is_text(data) else None


def safe_name(typed: str) -> str:
    r"""Return the last part of a file's name, without signs that could do harm in a header.

    >>> safe_name("C:\\letters\\ICE \"final\".pdf")
    'ICE _final_.pdf'
    """
    last = typed.replace("\\", "/").rsplit("/", 1)[-1].strip()
    kept = "".join(sign if sign.isprintable() and sign not in '"<>:|?*;' else "_" for sign in last)
    return kept[-200:] or "file"


def _office(data: bytes) -> str | None:
    # The list of parts is read and nothing is unpacked, so a bomb stays packed.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            names = set(pack.namelist())
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError):
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):
        return None  # not an office file, or one with macros
    return next((EXTENSIONS[end] for part, end in _PARTS.items() if part in names), None)


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as spreadsheets save text
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            return False
    if data.lstrip().lower().startswith(_PROGRAMS) or b"\x00" in data:
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")  # old letters and mails; control characters decide
    return not any(ord(sign) < 32 and sign not in "\t\n\r\x0c\x1b" for sign in text)


def _called(ending: str, claimed: str) -> str:
    return _CALLED.get(claimed, f"a {ending} file")


def _not_taken(ending: str) -> str:
    what = f"Files ending in {_short(ending)} are not taken." if ending else "It has no ending."
    return f"{what} Use {', '.join(sorted(EXTENSIONS))}."


def _short(name: str) -> str:
    return safe_name(name)[-80:]

"""Read a declaration from a file: text, PDF with text, or Word."""

from __future__ import annotations

import unicodedata

from casemgr.declarations.paper import Paper
from casemgr.declarations.pdf_text import pdf_text
from casemgr.declarations.reading import NO_TEXT, read_text
from casemgr.declarations.word_text import word_text
from casemgr.errors import Malformed

LARGEST = 100 * 1024 * 1024

EMPTY = "This file is empty. Choose the file again."
TOO_LARGE = "This file is larger than 100 MB. Give the declaration alone, without its exhibits."
OLD_WORD = (
    "This is a Word file of the old kind (.doc), which cannot be read. Open it, save it as .docx "
    "or PDF, and give that."
)
UNKNOWN = "This file is no text, PDF or Word document. Save the declaration as one of these."


def read_file(data: bytes) -> Paper:
    """Return what a declaration in a file says; Malformed, with a sentence, where it cannot."""
    text = text_of(data)
    if not text.strip():
        raise Malformed({"file": NO_TEXT})
    return read_text(text)


def text_of(data: bytes) -> str:
    """Return the text of a file, told by its bytes and not by its name."""
    if not data.strip():
        raise Malformed({"file": EMPTY})
    if len(data) > LARGEST:
        raise Malformed({"file": TOO_LARGE})
    if b"%PDF-" in data[:1024]:
        return pdf_text(data)
    if data.startswith(b"PK\x03\x04"):
        return word_text(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Malformed({"file": OLD_WORD})
    return _decoded(data)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _letters(data.decode("utf-16", errors="replace"))
    try:
        return _letters(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _letters(data.decode("cp1252", errors="replace"))


def _letters(text: str) -> str:
    """Return a text that is one; refuse what is mostly signs no text has."""
    odd = sum(
        unicodedata.category(each) in {"Cc", "Cn", "Co"} and each not in "\t\n\r\f"
        for each in text[:20_000]
    )
    if odd > 0.02 * min(len(text), 20_000) or text[:20_000].count("\ufffd") > 200:
        raise Malformed({"file": UNKNOWN})
    return text

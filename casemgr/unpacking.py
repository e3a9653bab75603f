"""How much an office file from outside may unpack into: looked at before anything parses it."""

from __future__ import annotations

import re
import zipfile
import zlib

from casemgr.errors import Malformed

MIB = 1024 * 1024
MOST_MEMBERS, MOST_UNPACKED, SWELLS, RATIO = 2_000, 200 * MIB, 64 * MIB, 50
MOST_PARAGRAPHS = 50_000  # a declaration of 400 pages has some 10,000, its tables included
MOST_TAGS = 2_000_000  # opened and closed: bounds what no paragraph counts, too

NOT_READ = (
    "This Word file cannot be read: it is damaged, or locked with a password. Open it in Word, "
    "save it again as .docx without a password, and give it again."
)
TOO_LARGE = (
    "This Word file unpacks to more than a paper can hold, so it was not opened. Copy its text "
    "into a new document and give that."
)
TOO_MANY = (
    f"This Word file has more paragraphs than a paper can hold ({MOST_PARAGRAPHS:,}), so it was "
    "not opened. Copy its text into a new document and give that."
)
# Whatever the file calls Word's namespace; `w:pPr` is none.
_PARAGRAPH = re.compile(rb"<(?:[\w.-]{1,20}:)?p[\s/>]")
_BROKEN_BY = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)


def refuse_swelling(
    entries: list[zipfile.ZipInfo], size: int, *, swelling: str, broken: str
) -> None:
    """Refuse a file that would unpack into too much, whose parts overlap, or that is locked.

    `size` is how many bytes it has packed; Malformed with the sentence `swelling` or `broken`.
    """
    unpacked = sum(each.file_size for each in entries)
    packed = sum(each.compress_size for each in entries) or 1
    if len(entries) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Malformed(swelling)
    if unpacked > SWELLS and unpacked / packed > RATIO:
        raise Malformed(swelling)
    ahead = 0
    for each in sorted(entries, key=lambda entry: entry.header_offset):
        if each.flag_bits & 1 or each.header_offset < ahead:
            raise Malformed(broken)
        ahead = each.header_offset + each.compress_size
    if ahead > size:
        raise Malformed(broken)


def refuse_overfull(pack: zipfile.ZipFile, size: int) -> None:
    """Refuse a Word file that would unpack, or be parsed, into more than a paper can hold.

    `size` is how many bytes it has packed. Malformed, with a sentence.
    """
    refuse_swelling(pack.infolist(), size, swelling=TOO_LARGE, broken=NOT_READ)
    paragraphs = tags = 0
    try:
        for each in pack.infolist():
            with pack.open(each) as file:
                while part := file.read(MIB):
                    paragraphs += sum(1 for _ in _PARAGRAPH.finditer(part))
                    tags += part.count(b"<")
                    if paragraphs > MOST_PARAGRAPHS or tags > MOST_TAGS:
                        raise Malformed(TOO_MANY)
    except _BROKEN_BY as wrong:
        raise Malformed(NOT_READ) from wrong

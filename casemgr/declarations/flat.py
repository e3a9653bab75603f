"""Give a text its lines back where a program has run them all together."""

from __future__ import annotations

import re

from casemgr.declarations.lines import STAMP, Line, plain

_BREAKS = (
    re.compile(r"(?:\s+[):§|]){2,}\s+"),  # the line down the middle of a caption
    re.compile(r"\s+(?=[-_x]{5,}\s*[)x]?)"),
    re.compile(
        r"\s+(?=(?:(?:SECOND|THIRD|FOURTH|FIFTH|FIRST|SUPPLEMENTAL|AMENDED|CORRECTED)\s+)*"
        r"(?:DECLARATION|AFFIDAVIT|AFFIRMATION)\s+OF\s)"
    ),
    re.compile(r"\s+(?=(?:Pursuant to 28 U\.?S\.?C\.?[^.]{0,20}1746,? )?I,\s+[A-Z][^,]{3,60},)"),
    re.compile(r"\s+(?=(?:I\.|A\.)\s+(?:INTRODUCTION|BACKGROUND))"),
    re.compile(r"\s+(?=(?:IN THE )?UNITED STATES DISTRICT COURT)"),
    re.compile(r"(?<=[.,])\s+(?=(?:Executed|EXECUTED|Dated|DATED)\s*:?\s)|\s+(?=/[sS]/)"),
)
# A title that stood beside the "v." of the caption.
_INTERLEAVED = re.compile(r"DECLARATION\s+((?:-\s*)?v\s?[.-]?\s*-?)\s+OF\s+")
_AFTER_OPENING = re.compile(r"(?:(?<=[:.])|(?<=[A-Z]{4}))\s+(?=(?:\(?1[.)]|\([Il]\))\s+[A-Z])")


def relined(text: str) -> list[Line]:
    """Return the lines of a text without any: broken where a caption, title or oath begins."""
    words = re.sub(r"\s+", " ", STAMP.sub(" ", plain(text)))
    words = _INTERLEAVED.sub(r"\1\nDECLARATION OF ", words)
    for pattern in _BREAKS:
        words = pattern.sub("\n", words, count=60)
    words = _AFTER_OPENING.sub("\n", words, count=1)
    return [Line(each.strip()) for each in words.split("\n") if each.strip(" -_x)")]

"""The simple marks people type in a paragraph: `*italics*` and `[^1]` for a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence

MONTHS = "January February March April May June July August September October November December"
# What a line must not break: `8 U.S.C.`, `§ 1722`, `811 F. Supp. 2d 713`, `February 3`, `e-mail`.
TOGETHER = "|".join(
    (
        r"\d+ (?:F\. Supp\.(?: [23]d)?|F\.(?:[23]d|4th)|Fed\. Reg\.|S\. Ct\.|U\.S\.) \d+",
        r"\d+ (?:U\.S\.C\b\.?|C\.F\.R\b\.?)",
        r"§§? ?\d[\w()–-]*(?:\.\d[\w()–-]*)*",
        r"(?:Rule|Dkt\.|Exs?\.|Nos?\.|pp?\.|¶¶?|Part) ?[\dA-Z][\w()-]*(?:\.\d[\w()-]*)*",
        rf"(?:{MONTHS.replace(' ', '|')}) \d{{1,2}}\b",
        r"[Ee]-mails?\b",
    )
)
MARK = re.compile(
    r"(?<!\w)\*(?P<italic>[^\s*](?:[^*\n]*[^\s*])?)\*(?!\w)|\[\^(?P<note>\d+)\]"
    rf"|(?<!\w)(?P<together>{TOGETHER})"
)


def runs(text: str, notes: Sequence[str] = ()) -> list[dict[str, object]]:
    """Split a paragraph into runs: {`kind`, `says`, `n`}.

    `kind` is `text`, `italic`, `together` (no line break within) or `note`, which says the
    footnote's text; `n` is its place in `notes`, from 1. Raises ValueError for a mark without its
    note, and for a note without its mark: neither may be lost.
    """
    found: list[dict[str, object]] = []
    end, used = 0, []
    for mark in MARK.finditer(text):
        if mark.start() > end:
            found.append(_words(text[end : mark.start()]))
        found.append(_run(mark, notes))
        used.append(found[-1]["n"])
        end = mark.end()
    if end < len(text):
        found.append(_words(text[end:]))
    _all_used(notes, used)
    return found


def _words(text: str) -> dict[str, object]:
    # WeasyPrint 70 leaves a gap but writes no letter for a run of space alone, and whoever copies
    # the text finds two words in one; beside a zero-width space, the space is written.
    return {"kind": "text", "says": f"{text}\u200b" if text.isspace() else text, "n": 0}


def _run(mark: re.Match[str], notes: Sequence[str]) -> dict[str, object]:
    if mark["italic"] is not None:
        return {"kind": "italic", "says": mark["italic"], "n": 0}
    if mark["together"] is not None:
        return {"kind": "together", "says": mark["together"], "n": 0}
    number = int(mark["note"])
    if not 1 <= number <= len(notes):
        raise ValueError(f"the mark {mark[0]} has no footnote {number}")
    return {"kind": "note", "says": notes[number - 1], "n": number}


def _all_used(notes: Sequence[str], used: Sequence[object]) -> None:
    for number in range(1, len(notes) + 1):
        if used.count(number) != 1:
            raise ValueError(f"footnote {number} needs exactly one mark [^{number}] in its text")

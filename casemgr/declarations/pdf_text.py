"""The text of a PDF, laid out in lines as its pages print it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from casemgr.errors import Malformed

MOST_PAGES = 400
_UNSEEN = 3  # the text rendering mode of words that are not drawn
_GAP = 14.0  # points: as far apart, words stand in columns

_PLAIN = str.maketrans("\r\n\ufffe\x02", "  --")  # the last two: a hyphen at the end of a line

NOT_READ = "This PDF cannot be read: it is damaged. Save or download it again and give it again."
LOCKED = (
    "This PDF is locked with a password, so its text cannot be read. Open it, save it without a "
    "password, and give it again."
)


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text on one line, in points from the left and the bottom of the page."""

    left: float
    right: float
    bottom: float
    top: float
    text: str


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF: a form feed between pages, blank lines where a page has room.

    Malformed, with a sentence, for one that is damaged or locked. A PDF of pictures has no text:
    the answer is then empty but for form feeds.
    """
    import pypdfium2  # noqa: PLC0415 - only where a PDF is read

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        locked = "password" in str(wrong).casefold() or "security" in str(wrong).casefold()
        raise Malformed({"file": LOCKED if locked else NOT_READ}) from wrong
    try:
        pages = [_page(document, at) for at in range(min(len(document), MOST_PAGES))]
    except pypdfium2.PdfiumError as wrong:
        raise Malformed({"file": NOT_READ}) from wrong
    finally:
        document.close()
    return "\f".join(pages)


def is_scanned(data: bytes) -> bool:
    """Say whether the words of a PDF lie unseen under pictures, as a scanner's program lays them.

    Its first pages are looked at; such words are a machine's reading and may differ from the page.
    """
    import pypdfium2  # noqa: PLC0415 - only where a PDF is read

    document = pypdfium2.PdfDocument(data)
    try:
        ways = [way for at in range(min(len(document), 5)) for way in _ways(document[at])]
    finally:
        document.close()
    return bool(ways) and 2 * sum(way == _UNSEEN for way in ways) > len(ways)


def _ways(page: Any) -> list[int]:
    """Return how each run of letters of a page is drawn, as PDF's text rendering modes count."""
    import pypdfium2.raw as raw  # noqa: PLC0415 - only where a PDF is read

    runs = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    return [raw.FPDFTextObj_GetTextRenderMode(each.raw) for each in runs]


def _page(document: Any, at: int) -> str:
    page = document[at]
    words = page.get_textpage()
    try:
        return "\n".join(_laid_out(_runs(words)))
    finally:
        words.close()
        page.close()


def _runs(words: Any) -> list[_Run]:
    """Return the stretches of text of a page; one with a gap in it is two."""
    found = []
    for at in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(at)
        run = _Run(left, right, bottom, top, "")
        text = _within(words, run)
        if text.strip():
            found.append(replace(run, text=text))
    wide = _usual([(run.right - run.left) / len(run.text) for run in found]) * 1.25
    return [
        part for run in found for part in (_apart(words, run) if _is_wide(run, wide) else [run])
    ]


def _is_wide(run: _Run, wide: float) -> bool:
    return run.right - run.left > max(90.0, wide * len(run.text))


def _apart(words: Any, run: _Run) -> list[_Run]:
    """Part a stretch where columns were set with spaces, which are not told apart in its text."""
    first = words.get_index(run.left + 1, (run.bottom + run.top) / 2, 4, 4)
    if first is None:
        return [run]
    parts: list[_Run] = []
    for at in range(first, min(first + 3 * len(run.text), words.count_chars())):
        left, bottom, right, _ = words.get_charbox(at)
        if left > run.right or bottom > run.top or bottom < run.bottom - 9:
            break
        if not words.get_text_range(at, 1).strip():
            continue
        if parts and left - parts[-1].right < _GAP:
            parts[-1] = replace(parts[-1], right=right)
        else:
            parts.append(replace(run, left=left, right=right))
    if len(parts) < 2:
        return [run]
    return [replace(part, text=_within(words, part)) for part in parts]


def _within(words: Any, run: _Run) -> str:
    text: str = words.get_text_bounded(run.left - 0.5, run.bottom, run.right + 0.5, run.top)
    return text.translate(_PLAIN).strip("\x00")


def _usual(sizes: list[float]) -> float:
    return sorted(sizes)[len(sizes) // 2] if sizes else 0.0


def _laid_out(runs: list[_Run]) -> Iterator[str]:
    rows = _rows(runs)
    if not rows:
        return
    edge = min(run.left for row in rows for run in row)
    steps = [_middle(one) - _middle(two) for one, two in pairwise(rows)]
    usual = _usual(steps)
    for at, row in enumerate(rows):
        if at and steps[at - 1] > 1.35 * usual:
            yield ""
        yield _line(row, edge)


def _rows(runs: list[_Run]) -> list[list[_Run]]:
    """Put together what stands on one line, from the top of the page down."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda each: -(each.bottom + each.top)):
        middle = (run.bottom + run.top) / 2
        if rows and any(one.bottom <= middle <= one.top for one in rows[-1]):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _middle(row: list[_Run]) -> float:
    return sum(each.bottom + each.top for each in row) / (2 * len(row))


def _line(row: list[_Run], edge: float) -> str:
    """Return a row as text: six points a sign, so that columns and indents stay."""
    line = " " * int((row[0].left - edge) / 6) + row[0].text.strip()
    for before, run in pairwise(row):
        line += _between(before, run) + run.text.strip()
    return line


def _between(before: _Run, run: _Run) -> str:
    """Return the room between two stretches of a line; a space of the text may fill it."""
    apart = run.left - before.right
    if apart > _GAP:
        return " " * max(4, int(apart / 6))
    spaced = before.text.endswith(" ") or run.text.startswith(" ")
    return " " if apart > 1 or spaced else ""

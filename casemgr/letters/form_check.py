"""Check a made PDF against the form its court asks for, by what lies on the pages themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from casemgr.letters.court_form import FormText
from casemgr.letters.looked import Line, Page

INCH = 72.0
LETTER = (8.5 * INCH, 11.0 * INCH)
SLACK = 1.0  # points: letters lean over their box, and makers of PDFs round
NUMBER = re.compile(r"^(?:page\s+)?[-–]?\s*(\d+)\s*[-–]?(?:\s+of\s+\d+)?$", re.IGNORECASE)
FOOT = re.compile(r"\bpage\s+(\d+)(?:\s+of\s+\d+)?$", re.IGNORECASE)
MARK = re.compile(r"^[\d*†‡§]{1,3}$")
OATH = re.compile(r"penalty of perjury|pena de perjurio", re.IGNORECASE)
OATH_LINES = 4  # of an oath in a language we do not know, its day and place among them


@dataclass(frozen=True, slots=True)
class FormFinding:
    """Where a page is not in the form of the court; `page` counts from 1."""

    code: str
    page: int
    says: str


def check_form(pages: Iterable[Page], form: FormText) -> tuple[FormFinding, ...]:
    """Return what on the pages is not as the court's form wants it, page by page."""
    found: list[FormFinding] = []
    for number, page in enumerate(pages, 1):
        for check in (_sheet, _letters, _margins, _top, _numbered, _spaced, _signature):
            found += [FormFinding(code, number, says) for code, says in check(page, number, form)]
    return tuple(found)


Said = Iterator[tuple[str, str]]


def _sheet(page: Page, number: int, form: FormText) -> Said:  # noqa: ARG001
    if max(abs(page.width - LETTER[0]), abs(page.height - LETTER[1])) > SLACK:
        size = f"{page.width / INCH:.1f} by {page.height / INCH:.1f} inches"
        yield "page-size", f"Page {number} is {size}; papers are 8.5 by 11."


def _letters(page: Page, number: int, form: FormText) -> Said:
    note = _notes_from(page)
    for line in page.lines:
        least = form.note_points if line.baseline > note else form.points
        if line.size < least - 0.05 and not MARK.match(line.text):
            yield (
                "text-size",
                (
                    f"Page {number}: “{_short(line)}” is set in {line.size:g} points; "
                    f"{form.authority} asks for {least:g}."
                ),
            )
            return


def _margins(page: Page, number: int, form: FormText) -> Said:
    wide = form.margin * INCH
    for line in page.lines:
        if line.left < wide - SLACK or line.right > page.width - wide + SLACK:
            yield (
                "margin",
                (
                    f"Page {number}: “{_short(line)}” stands in a side margin; "
                    f"{form.authority} asks for {form.margin:g} inch."
                ),
            )
            return
    below = [line for line in _at_foot(page, form) if not _page_number(line)]
    if below:
        yield "margin", f"Page {number}: “{_short(below[0])}” stands in the margin at the foot."


def _top(page: Page, number: int, form: FormText) -> Said:
    high = [line for line in page.lines if line.top < form.free_top * INCH]
    if high:
        yield (
            "top-not-free",
            (
                f"Page {number}: “{_short(high[0])}” stands in the top {form.free_top:g} inch, "
                "where the court prints its filing line."
            ),
        )


def _numbered(page: Page, number: int, form: FormText) -> Said:
    edges = [*_at_foot(page, form), *(x for x in page.lines if x.top < form.margin * INCH)]
    if form.page_numbers and number not in {_page_number(line) for line in edges}:
        yield "page-number", f"Page {number} does not carry its number."


def _spaced(page: Page, number: int, form: FormText) -> Said:
    """Compare each full line of text with the one that goes on from it at the left margin."""
    note = _notes_from(page)
    body = [x for x in page.lines if x.baseline < note and not MARK.match(x.text)]
    for line, after in pairwise(body):
        if not _goes_on(line, after, page, form):
            continue
        pitch = after.baseline - line.baseline
        if pitch < form.spacing * max(line.size, after.size) - SLACK:
            yield (
                "spacing",
                (
                    f"Page {number}: “{_short(after)}” is {pitch:.0f} points below the line before "
                    f"it; {form.authority} asks for double spacing."
                ),
            )
            return


def _goes_on(line: Line, after: Line, page: Page, form: FormText) -> bool:
    left, right = form.margin * INCH, page.width - form.margin * INCH
    full = line.right > right - 1.25 * INCH and line.left < left + 0.6 * INCH
    return full and abs(after.left - left) < 5 and not (line.bold or after.bold)


def _signature(page: Page, number: int, form: FormText) -> Said:
    """A line to sign on must stand on a page with testimony: two lines before the oath."""
    signed = [x.baseline for x in page.lines if re.match(r"^(?:/s/|_{10,}$)", x.text)]
    if not signed:
        return
    text = [x for x in page.lines if form.margin * INCH <= x.baseline < signed[0]]
    oath = [n for n, line in enumerate(text) if OATH.search(line.text)]
    before = oath[0] if oath else len(text) - OATH_LINES
    if before < 2:
        yield (
            "signature-alone",
            (f"Page {number} carries the signature without two lines of the testimony before it."),
        )


def _notes_from(page: Page) -> float:
    """Return where the footnotes of a page begin: below the last rule drawn across it."""
    low = [rule for rule in page.rules if rule > page.height / 4]
    return max(low, default=page.height)


def _at_foot(page: Page, form: FormText) -> list[Line]:
    edge = page.height - form.margin * INCH + 4  # a descender may hang over
    return [line for line in page.lines if line.baseline > edge]


def _page_number(line: Line) -> int:
    found = NUMBER.match(line.text.strip()) or FOOT.search(line.text.strip())
    return int(found[1]) if found else 0


def _short(line: Line) -> str:
    return line.text if len(line.text) <= 40 else f"{line.text[:39]}…"

"""The lines of a PDF as they lie on its pages: where, how large, and saying what.

Reads with pdfium, so a file from outside is read in the cage (`casemgr.usecases.filing_reading`).
All measures are points, counted from the left and from the top of the page.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casemgr.letters.looked import Line, Page

GAP = 30.0  # points between words of two columns; within a line they are closer
PATH = 2  # pdfium's number for a drawn line or area
NAME_BYTES = 128


@dataclass(frozen=True, slots=True)
class _Sign:
    text: str
    left: float
    right: float
    top: float
    baseline: float
    size: float
    bold: bool


def read_pages(pdf: bytes) -> tuple[Page, ...]:
    """Return every page of a PDF with its lines."""
    with pdfium.PdfDocument(pdf) as document:
        return tuple(_page(document, n) for n in range(len(document)))


def _page(document: Any, n: int) -> Page:
    page = document[n]
    words = page.get_textpage()
    try:
        width, height = page.get_size()
        lines = _lines(_signs(words, height))
        rules = [each.get_bounds() for each in page.get_objects(filter=[PATH])]
        across = {round(height - b[3], 1) for b in rules if _is_rule(b, width)}
        return Page(width, height, lines, tuple(sorted(across)))
    finally:
        words.close()
        page.close()


def _is_rule(bounds: tuple[float, ...], width: float) -> bool:
    left, bottom, right, top = bounds
    return top - bottom <= 3 and right - left >= 0.6 * width


def _signs(words: Any, height: float) -> Iterator[_Sign]:
    matrix, font = raw.FS_MATRIX(), (ctypes.c_char * NAME_BYTES)()
    x, y, flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    for n in range(raw.FPDFText_CountChars(words)):
        text = chr(raw.FPDFText_GetUnicode(words, n))
        if not text.strip() or not raw.FPDFText_GetCharOrigin(words, n, x, y):
            continue
        left, _, right, top = words.get_charbox(n)
        raw.FPDFText_GetMatrix(words, n, matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        raw.FPDFText_GetFontInfo(words, n, font, NAME_BYTES, flags)
        size = round(raw.FPDFText_GetFontSize(words, n) * scale, 2)
        bold = b"Bold" in font.value
        yield _Sign(text, left, right, height - top, height - y.value, size, bold)


def _lines(signs: Iterable[_Sign]) -> tuple[Line, ...]:
    """Gather letters into lines: one baseline, and no wide gap between them."""
    held: dict[float, list[_Sign]] = {}
    for sign in signs:
        held.setdefault(round(sign.baseline * 2) / 2, []).append(sign)
    found = [line for baseline in sorted(held) for line in _split(held[baseline])]
    return tuple(found)


def _split(signs: list[_Sign]) -> Iterator[Line]:
    signs.sort(key=lambda sign: sign.left)
    run = [signs[0]]
    for sign in signs[1:]:
        if sign.left - run[-1].right > GAP:
            yield _line(run)
            run = []
        run.append(sign)
    yield _line(run)


def _line(run: list[_Sign]) -> Line:
    return Line(
        text="".join(_spaced(run)),
        left=run[0].left,
        right=max(sign.right for sign in run),
        top=min(sign.top for sign in run),
        baseline=run[0].baseline,
        size=min(sign.size for sign in run),
        bold=all(sign.bold for sign in run),
    )


def _spaced(run: list[_Sign]) -> Iterator[str]:
    last = run[0].right
    for sign in run:
        yield f" {sign.text}" if sign.left - last > 0.15 * sign.size else sign.text
        last = sign.right

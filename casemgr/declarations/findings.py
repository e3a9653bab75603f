"""Write a finding: its code gives the weight and the usual remedy."""

from __future__ import annotations

import re

from casemgr.declarations.codes import BY_CODE
from casemgr.declarations.paper import Finding, Fix, Paper


def found(
    code: str,
    says: str,
    paper: Paper | None = None,
    position: int | None = None,
    *,
    fix: str = "",
    replacement: Fix | None = None,
) -> Finding:
    """Return a finding about the paper, or about the paragraph at a position."""
    known = BY_CODE[code]
    para = paper.paragraphs[position] if paper is not None and position is not None else None
    return Finding(
        code=code,
        paragraph=para.number if para else None,
        after=para.after if para else None,
        severity=known.severity,
        says=says,
        fix=fix or known.fix,
        replacement=replacement,
        position=position,
    )


def change(paper: Paper, position: int, start: int, end: int, new: str) -> Fix:
    """Return the change of one place of a paragraph into other words."""
    return Fix(position, start, end, paper.paragraphs[position].text[start:end], new)


_STOP = re.compile(
    r"(?<=[.?!])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z])(?<!\b[A-Z]\.\s)(?<!\b(?:Mr|Ms|Dr|No|Ex|Jr|Sr|St|vs|Id)\.\s)"
    r"(?<!\b(?:Mrs|Inc|Nos|Exs|Civ|Dep|Gov|Sen|Rep|Hon|Sec|Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec)\.\s)"
    r"(?<!\bv\.\s)(?<!\b(?:Sept|Decl|Prof)\.\s)"
)


def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """Return each sentence of a text with where it begins.

    >>> [each for _, each in sentences("Mr. Vega came. He left.")]
    ['Mr. Vega came.', 'He left.']
    """
    parts, at = [], 0
    for stop in _STOP.finditer(text):
        parts.append((at, text[at : stop.start()]))
        at = stop.end()
    parts.append((at, text[at:]))
    return tuple(part for part in parts if part[1].strip())

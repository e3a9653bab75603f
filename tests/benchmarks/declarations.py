"""How long reading and checking a declaration takes (bar: 10 ms a page; a page is 1,800 signs).

And what the checks find: of every planted slip, and wrongly in twenty sound papers (bar: 1).

Run: python -m tests.benchmarks.declarations
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from casemgr.declarations.check import check
from casemgr.declarations.pdf_text import pdf_text
from casemgr.declarations.reading import read_text
from tests.declarations.mutations import SLIPS, Slip
from tests.declarations.papers import BY_NAME, SOUND
from tests.declarations.test_files import pdf_of

TODAY = date(2026, 11, 22)
PAGE = 1_800
BAR = 10.0  # milliseconds a page
TIMES = 5


def four_hundred() -> str:
    """Return a declaration of four hundred paragraphs."""
    said = "\n\n".join(
        f"{n}. On May {n % 28 + 1}, 2016, I saw lamp {n} at the corner of the street in which the "
        f"clinic stands, as paragraph {max(1, n - 1)} tells of the lamp before it."
        for n in range(1, 401)
    )
    text = BY_NAME["nocaption"].text
    first, last = text.index("1. I am a student"), text.index("I declare under penalty")
    return text[:first] + said + "\n\n" + text[last:]


def best(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU the quickest of several runs takes."""
    taken = []
    for _ in range(TIMES):
        started = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - started))
    return min(taken)


def line(name: str, work: Callable[[], object], pages: float) -> str:
    """Return one line of the table."""
    took = best(work) / pages
    return f"{name:<34} {pages:>6.1f} pages {took:>7.2f} ms a page {'' if took <= BAR else 'OVER'}"


def main() -> None:
    """Print what a page costs: to read, to read and check, and as a PDF."""
    read_text(SOUND[0].text)  # the list of courts is read once a process
    papers = [each.text for each in SOUND]
    pages = sum(max(1.0, len(text) / PAGE) for text in papers)
    print(line("twenty papers, read", lambda: [read_text(each) for each in papers], pages))
    print(line("twenty papers, read and checked", lambda: [_both(each) for each in papers], pages))
    long = four_hundred()
    print(line("four hundred paragraphs", lambda: _both(long), len(long) / PAGE))
    pdfs = [pdf_of(BY_NAME[name].text) for name in ("colons", "parentheses", "pleading")]
    print(line("the text of a PDF", lambda: [pdf_text(each) for each in pdfs], 6))
    seen = sum(_is_found(each) for each in SLIPS)
    false = sum(len(check(read_text(each.text), None, TODAY)) for each in SOUND)
    print(f"planted slips found: {seen} of {len(SLIPS)}; ", end="")
    print(f"false findings in {len(SOUND)} sound papers: {false} (bar 1)")


def _is_found(slip: Slip) -> bool:
    found = check(read_text(slip.text), slip.against, TODAY)
    return (slip.code, slip.paragraph) in {(each.code, each.paragraph) for each in found}


def _both(text: str) -> None:
    check(read_text(text), None, TODAY)


if __name__ == "__main__":
    main()

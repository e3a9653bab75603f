"""The text of a paper as lines, without what stands on every page and belongs to no sentence.

Courts stamp papers, printers number pages and lines, and programs that read pictures mark what was
bold: all of that is taken off here, so that what reads the paper meets only its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape

STAMP = re.compile(
    r"(?:USCA\d* )?Case:?\s*(?P<number>[\dlI]{1,2}:\d{2}-\w{2}-\d{3,5}[-\w]*|\d{2}-\d{2,5})"
    r"[,\s]*(?:Document|Doc\.?|DktEntry)\s*#?:?\s*[\d.-]+"
    r"(?:\s*\(?(?:Filed|Entered on \w+ Docket|Entered|Date Filed|ECF No)\.?:?\)?\s*[\d/]+)*"
    r"(?:[,\s]*Page:?\s*[\w\[\]]{1,5}(?:\s*of:?\s*\w{1,5})?)?(?:[\s,]*Page\s?ID\s*#?:?\s*<?[\d-]+>?)?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"^[\s\-–—~_*|]*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[\s\-–—~_*|]*$", re.IGNORECASE
)
_RULE = re.compile(r"^[\s\-–—=_*~|:+.•]{3,}x?$", re.IGNORECASE)
_MARKUP = re.compile(
    r"\*\*|(?<![\w*])\*(?=[A-Z])|(?<=[\w.,])\*(?![\w*])|(?<!\w)__(?=[^\W_])|(?<=[^\W_])__(?!\w)|^#{1,6}\s+|"
    r"</?[a-z][^<>]{0,80}>|^>\s+",
    re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:#\d{2,4}|nbsp|amp|sect|para|[lr][ds]quo|quot|[mn]dash);")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")  # a sign that markup would take for its own
_NOTE = re.compile(r"\[\^\d+\](?!:)")
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,300}\)")
_SPACED_OUT = re.compile(
    r"\bD\s?E\s?C\s?L\s?A\s?R\s?A\s?T\s?I\s?O\s?N\b|\bA\s?F\s?F\s?I\s?D\s?A\s?V\s?I\s?T\b"
)
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_NUMBER = re.compile(r"^\s{0,12}(\d{1,2})(?=\s|$)")
_MIDDLE = 25  # signs from the left at which nothing but the number of a page stands alone
_WIDEST = 400  # signs beyond which a line that is half the text is no line
_LONGEST = 1_000  # signs in a line: beyond, the text has lost its lines


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words, how far in it begins, the blank lines above it, its page."""

    text: str
    indent: int = 0
    gap: int = 0
    page: int = 1


def plain(text: str) -> str:
    """Return a text in one spelling: composed letters, plain spaces, no hidden signs or markup."""
    text = unescape(text) if _ENTITY.search(text) else text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = _CONTROL.sub(" ", _SPACES.sub(" ", _HIDDEN.sub("", composed)))
    seen = _SPACED_OUT.sub(lambda word: re.sub(r"\s", "", word[0]), seen)
    seen = _ESCAPED.sub(r"\1", seen) if "\\" in seen else seen
    if not any(sign in seen for sign in "*_#<>["):
        return seen
    return _MARKUP.sub("", _NOTE.sub("", _LINK.sub(r"\1", seen)))


def stamped_number(text: str) -> str | None:
    """Return the docket number of the court's stamp on a page, where there is one."""
    found = STAMP.search(text)
    return found["number"] if found else None


def lines_of(text: str) -> list[Line]:
    """Return the lines of a paper without stamps, page numbers, line numbers and running feet."""
    parts = [part for page in _pages(plain(text)) for part in _pleading_pages(page)]
    # Once a page has shown all its line numbers, the few of the last page are believed too.
    numbered = any(len(_line_numbers(each)) >= _FULL_PAGE for each in parts)
    pages = [_without_line_numbers(each, numbered) for each in parts]
    running = _running(pages)
    return list(_spaced(_kept(pages, running)))


def is_flat(lines: Iterable[Line]) -> bool:
    """Say whether a text has lost its lines: whole paragraphs, or the whole paper, in one.

    >>> is_flat([Line("a word " * 400)]), is_flat([Line("a line of words")])
    (True, False)
    """
    sizes = [len(each.text) for each in lines]
    if sizes and max(sizes) > _WIDEST and 2 * max(sizes) > sum(sizes):
        return True
    if not sizes or max(sizes) < _LONGEST:
        return False
    return len(sizes) < 9 or (max(sizes) > 2 * _LONGEST and sum(sizes) / len(sizes) > 200)


def _pages(text: str) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    for raw in text.replace("\f", "\n\f\n").split("\n"):
        if raw == "\f":
            pages.append([])
            continue
        stamped = STAMP.search(raw) if "ase" in raw or "ASE" in raw else None
        if stamped and pages[-1] and sum(bool(each.strip()) for each in pages[-1]) > 3:
            pages.append([])  # a stamp stands at the head of its page
        line = STAMP.sub(" ", raw) if stamped else raw
        pages[-1].append(_unrowed(line.expandtabs(4).rstrip()))
    return [page for page in pages if any(each.strip() for each in page)]


def _unrowed(line: str) -> str:
    """Return a row of a table as one line: its cells apart, its rules gone."""
    if line.count("|") < 2 or not line.lstrip().startswith("|"):
        return line
    cells = [each.strip() for each in line.strip().strip("|").split("|")]
    if all(re.fullmatch(r":?-*:?", each) for each in cells):
        return ""
    return "   ".join(each for each in cells if each)


_FULL_PAGE = 15  # line numbers that show a page of pleading paper to be one
_LINES = 32  # as many as such a page may have


def _pleading_pages(page: list[str]) -> Iterator[list[str]]:
    """Yield pages that nothing parts but their line numbers, which begin at 1 again on each."""
    begins, expected = 0, 1
    for at, line in enumerate(page):
        mark = _LINE_NUMBER.match(line)
        if mark and int(mark[1]) == 1 and expected > _FULL_PAGE:
            yield _above_the_foot(page[begins:at])
            begins, expected = at, 2
        elif mark and int(mark[1]) == expected:
            expected += 1
    yield page[begins:]


def _above_the_foot(page: list[str]) -> list[str]:
    """Leave out the title that stands under the last numbered line of a page."""
    last = max(at for at, line in enumerate(page) if _LINE_NUMBER.match(line))
    return page[: last + 1]


def _line_numbers(page: list[str], believed: bool = False) -> dict[int, int]:
    """Return the lines that begin with the number of a line, and where that number ends.

    The numbers follow one another; where they are believed, one may be missing.
    """
    ends: dict[int, int] = {}
    last = 0
    for at, line in enumerate(page):
        mark = _LINE_NUMBER.match(line)
        number = int(mark[1]) if mark else 0
        if mark and (number == last + 1 or (believed and last < number <= _LINES)):
            ends[at], last = mark.end(), number
    return ends


def _without_line_numbers(page: list[str], believed: bool) -> list[str]:
    """Take off the numbers 1 to 28 that pleading paper prints beside its lines."""
    ends = _line_numbers(page, believed)
    if len(ends) < _FULL_PAGE and not believed:
        return page
    return [
        " " * ends[at] + line[ends[at] :] if at in ends else line for at, line in enumerate(page)
    ]


def _running(pages: list[list[str]]) -> frozenset[str]:
    """Return the lines that stand at the head or foot of several pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        words = [each for each in page if each.strip()]
        seen.update({_shape(each) for each in (*words[:2], *words[-3:])})
    least = max(2, len(pages) // 3)
    return frozenset(
        shape for shape, count in seen.items() if count >= least and len(pages) > 1 and shape[3:]
    )


def _shape(line: str) -> str:
    return re.sub(r"[\d\W]+", " ", line).strip().casefold()


def _kept(pages: list[list[str]], running: frozenset[str]) -> Iterator[tuple[int, str]]:
    for number, page in enumerate(pages, start=1):
        words = [at for at, each in enumerate(page) if each.strip()]
        head, foot = set(words[:2]), set(words[-3:])
        for at, line in enumerate(page):
            # What heads the first page may be the title, whatever stands on the others.
            if (at in foot or (at in head and number > 1)) and _shape(line) in running:
                continue
            if (at in head or at in foot) and _PAGE.match(line) and line.strip():
                continue
            yield number, line


def _spaced(kept: Iterable[tuple[int, str]]) -> Iterator[Line]:
    gap, before = 0, 1
    for page, raw in kept:
        text = raw.strip()
        if not text or _RULE.match(raw) or _numbers_a_page(raw, gap):
            gap += 1
            continue
        line = Line(text, len(raw) - len(raw.lstrip()), gap, page)
        yield replace(line, gap=0) if page != before else line
        gap, before = 0, page


def _numbers_a_page(raw: str, gap: int) -> bool:
    """Say whether a line is the number of a page: with dashes, or in the middle of an empty row."""
    if not _PAGE.match(raw):
        return False
    middle = len(raw) - len(raw.lstrip()) >= _MIDDLE
    return bool(re.search(r"[-–—]", raw)) or (middle and gap > 0)


def joined(lines: Iterable[Line]) -> str:
    """Return lines as one running text: a word broken at the end of a line is whole again.

    >>> joined([Line("an immi-"), Line("gration matter")])
    'an immigration matter'
    """
    parts: list[str] = []
    for each in lines:
        words = " ".join(each.text.split())
        if parts and re.search(r"[a-z]-$", parts[-1][-2:]) and words[:1].islower():
            parts[-1] = parts[-1][:-1]
            parts.append(words)
        else:
            parts.append(f" {words}" if parts else words)
    return "".join(parts)

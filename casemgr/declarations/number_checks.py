"""Checks of paragraph numbers and of the references to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from casemgr.declarations.findings import found
from casemgr.declarations.given import Given
from casemgr.declarations.paper import Finding, Paper

_NEAR = 200  # signs on either side of a reference that tell which paper it is to
_REFERENCE = re.compile(
    r"(?P<word>\b[Pp]aragraphs?|¶{1,2}|\b[Pp]aras?\.)\s*(?P<first>\d{1,3})(?![\d(])"
    r"(?P<rest>(?:\s*(?:,|and|&|through|to|[-–])\s*\d{1,3}(?!\d))*)"
)
_ANOTHER_PAPER = re.compile(
    r"^\s*(?:\([a-z]\))?,?\s*(?:of|to|in)\s+(?!this\b|above|the\s+(?:foregoing|present))"
    r"|^\s*(?:\(|\[)?(?:Compl|Decl)"
)
_AFTER_PAPER = re.compile(
    r"(?:Decl(?:aration)?|Compl(?:aint)?|Aff(?:idavit|irmation)?|Answer|Order|Stip\w*|Statement|Mem\w*|"
    r"Agreement|Resp\w*|Mot\w*|Am\.|SMF|SUMF|56\.1|[Rr]equest|letter|Section|Notice|Exhibit\s\w+|"
    r"Ex\.\s\w+|Policy|Directive|See\s+id\.|Id\.|id\.)[’'s]*[\s,]*"
    r"(?:(?:dated|of|at)\s+[\w ,]{3,20})?(?:at\s+)?$"
)


def unnumbered(given: Given) -> Iterator[Finding]:
    """Find paragraphs without a number among numbered ones."""
    paper = given.paper
    if paper.paragraphs and all(each.number is None for each in paper.paragraphs):
        yield found(
            "unnumbered-paragraph", "None of the paragraphs has a number.", fix="Number them."
        )
        return
    for position, para in enumerate(paper.paragraphs):
        if para.number is None:
            first = " ".join(para.text.split()[:6])
            where = (
                f"after paragraph {para.after}" if para.after is not None else "at the beginning"
            )
            says = f"The text {where} (“{first} …”) has no number, so nothing can refer to it."
            fix = (
                f"Join it to paragraph {para.after}, or number it {para.after + 1}."
                if para.after is not None
                else "Number it."
            )
            yield found("unnumbered-paragraph", says, paper, position, fix=fix)


def duplicates_and_gaps(given: Given) -> Iterator[Finding]:
    """Find numbers given twice and numbers left out."""
    paper = given.paper
    last = 0
    doubled = False
    for position, para in enumerate(paper.paragraphs):
        if para.number is None:
            continue
        expected = last + 1
        if para.number == expected or (doubled and para.number == expected + 1):
            doubled = False
        elif para.number <= last:
            says = f"There are two paragraphs with the number {para.number}."
            yield found("duplicate-number", says, paper, position)
            doubled = True
            continue
        elif para.number > expected and last:
            yield found("number-gap", _gap(expected, para.number), paper, position)
        last = para.number
        if _is_mistyped(paper, position):
            last = expected


def _gap(expected: int, number: int) -> str:
    left_out = f"{expected}" if number == expected + 1 else f"{expected} to {number - 1}"
    return f"Paragraph {expected - 1} is followed by paragraph {number}: {left_out} is left out."


def _is_mistyped(paper: Paper, position: int) -> bool:
    """Say whether the numbers go on after this one as if it had been the expected one."""
    rest = islice(paper.paragraphs, position + 1, None)
    following = next((each.number for each in rest if each.number is not None), None)
    this = paper.paragraphs[position].number
    return following is not None and this is not None and following < this


def cross_references(given: Given) -> Iterator[Finding]:
    """Find references to paragraphs of this paper that are not there, or lie the other way."""
    paper = given.paper
    numbers = Counter(each.number for each in paper.paragraphs if each.number is not None)
    if not numbers:
        return
    for position, para in enumerate(paper.paragraphs):
        for each in _REFERENCE.finditer(para.text):
            before = para.text[max(0, each.start() - _NEAR) : each.start()]
            after = para.text[each.end() : each.end() + _NEAR]
            if _ANOTHER_PAPER.match(after) or _AFTER_PAPER.search(before):
                continue
            missing = [number for number in _named(each) if number not in numbers]
            if missing:
                says = f"“{each[0].strip()}”: this paper has no paragraph {missing[0]}."
                yield found("cross-reference-broken", says, paper, position)
            elif wrong := _other_way(para.number, int(each["first"]), after):
                yield found("cross-reference-broken", f"“{each[0]} {wrong}”", paper, position)


def _named(reference: re.Match[str]) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", reference[0])]


def _other_way(here: int | None, named: int, after: str) -> str:
    word = re.match(r"\s*,?\s*(above|supra|below|infra)\b", after)
    if here is None or word is None:
        return ""
    above = word[1] in {"above", "supra"}
    if above and named >= here:
        return f"{word[1]} stands in paragraph {here}: paragraph {named} is not above it."
    if not above and named <= here:
        return f"{word[1]} stands in paragraph {here}: paragraph {named} is not below it."
    return ""


NUMBER_CHECKS = (unnumbered, duplicates_and_gaps, cross_references)

"""Give a text its lines back where a program has run them all together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from casemgr.declarations.lines import STAMP, Line, plain

_ORDINALS = "SECOND|THIRD|FOURTH|FIFTH|FIRST|SUPPLEMENTAL|AMENDED|CORRECTED|ATTORNEY|EXPERT"
_ORDINAL = rf"(?:(?:{_ORDINALS})\s+){{0,5}}"  # a text may hold a thousand, and no title does
_ORDINAL_IN_SMALL = rf"(?:(?:{_ORDINALS.title()})\s+){{0,5}}"
_KIND = r"(?:DECLARATION|AFFIDAVIT|AFFIRMATION|CERTIFICATION)"
_PERSON = r"[A-Z][\w.’'-]+ (?:[A-Z][\w.’'-]* ){0,3}[A-Z][\w’'-]+"
_BREAKS = (
    re.compile(r"(?:\s+[):§|]){2,}\s+"),  # the line down the middle of a caption
    re.compile(r"\s+(?=[-_x]{5,}\s*[)x]?)|(?<=[-_]{5})\s+|(?<=[-_]{5}[xX])\s+"),
    re.compile(rf"(?<!COND)(?<!IRD)(?<!TAL)(?<!DED)\s+(?={_ORDINAL}{_KIND}\s+OF\s)"),
    re.compile(r"\s+(?=DECLARATION\s+[A-Z][\w.]+\s(?!OF\b))"),
    re.compile(rf"\s+(?={_ORDINAL_IN_SMALL}{_KIND.title()}\s+of\s+[A-Z][\w.]+\s+[A-Z])"),
    re.compile(
        r"(?<!\s1[.)])\s+(?=(?:1[.)] )?(?:Pursuant to [^\n]{0,60}?1746,? )?I,\s+[A-Z][^,]{3,60},)"
    ),
    re.compile(
        r"(?<!\d[.)])\s+(?=(?:(?:Pursuant to|In accordance with|Under) [^\n]{0,60}?1746,? )?I,?\s"
        r"(?:\w+ ){0,3}(?:declare|certify|verify|state|affirm|swear)\b[^.;]{0,80}?penalt)"
    ),
    re.compile(
        rf"(?<=\bDECLARATION)\s+(?={_PERSON},? (?:hereby |solemnly )?(?:declare|state|affirm)s\b)"
    ),
    re.compile(r"\s+(?=(?:COMMONWEALTH|STATE|COUNTY) OF [A-Z])"),
    re.compile(r"\s+(?=(?:I\.|A\.)\s+(?:INTRODUCTION|BACKGROUND))"),
    re.compile(r"\s+(?=(?:IN THE )?UNITED STATES (?:DISTRICT |BANKRUPTCY )?COURT)"),
    re.compile(r"(?<=[.,])\s+(?=(?:Executed|EXECUTED|Dated|DATED)\s*:?\s)|\s+(?=/[sS]/)"),
)
# A title that stood beside the "v." of the caption, or beside the rule down its middle.
_INTERLEAVED = re.compile(r"DECLARATION\s+((?:-\s*)?v\s?[.-]?\s*-?)\s+OF\s+")
_BESIDE = re.compile(rf"({_KIND}\s+OF)\s+[):|]\s+")
_TITLED = re.compile(rf"\b{_KIND}\s+OF\s+(?P<name>(?:\S+\s+){{2,7}})", re.IGNORECASE)
# The number at the foot of a page, where the next page's stamp follows.
_FOOT = re.compile(rf"\s\d{{1,3}}\s+(?={STAMP.pattern.replace('(?P<number>', '(?:')})", STAMP.flags)
_BARE = re.compile(r"(?<!\S)\d{1,2}(?=\s)")
_HEAD = 20_000  # signs behind a title in which the opening must come
_MOST = 2_000  # places of one number that are looked at; no paper has more
_PAGE_OF_LINES = 20  # line numbers in order that show a page to be of pleading paper
_NUMBER = re.compile(
    r"(?<=\s)(?:¶ ?(?P<sign>\d{1,3})\.?|\((?P<in>\d{1,3})\)|(?P<stop>\d{1,3})\.|"
    r"(?P<side>\d{1,3})\))\s+(?=[“\"‘'(\[]?[A-Z¿¡])"
)
# A figure behind one of these is no paragraph's: "Exhibit 1. A copy", "on March 5. He".
_BEHIND = re.compile(
    r"(?:\bNos?\.?|\bExhibits?|\bExs?\.|\bTabs?|\bAttachments?|\bSections?|\b[Pp]aragraphs?|\b[Pp]ages?|"
    r"\b[Pp]p?\.|\bRule|\bPart|\bExemptions?|\band|\bof|\bat|\bthe|\bon|January|February|March|April|May|"
    r"June|July|August|September|October|November|December|,|[§¶])\s*$"
)
# Nor is it the number of a line behind one of these.
_OF_THE_WORDS = re.compile(
    r"(?:\bNos?\.?|\bExhibits?|\bExs?\.|\bTabs?|\bAttachments?|\bSections?|\b[Pp]aragraphs?|\b[Pp]ages?|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|[§¶])\s*$"
)
_SENTENCE_ENDS = re.compile(r"(?:[.?!:;”\")\]]|\b[A-Z][A-Z’'-]+)\s+$")


def relined(text: str) -> list[Line]:
    """Return the lines of a text without any: broken where a caption, title or oath begins."""
    pages = STAMP.split(_FOOT.sub(" ", plain(text)))[:: STAMP.groups + 1]
    if any(len(_counted(page)) >= _PAGE_OF_LINES for page in pages):
        pages = [_without_line_numbers(page) for page in pages]
    words = re.sub(r"\s+", " ", " ".join(pages))
    words = _BESIDE.sub(r"\1 ", _INTERLEAVED.sub(r"\1\nDECLARATION OF ", words))
    for pattern in _BREAKS:
        words = pattern.sub("\n", words, count=60)
    words = _broken_at_numbers(_broken_at_opening(words))
    return [Line(each.strip()) for each in words.split("\n") if each.strip(" -_x)")]


def _broken_at_opening(words: str) -> str:
    """Break a text where the name its title gives stands again: there its opening begins."""
    for titled in islice(_TITLED.finditer(words), 20):
        parts = titled["name"].split()
        places = [_again(words, parts[:size], titled) for size in range(2, min(5, len(parts)) + 1)]
        if found := [place for place in places if place is not None]:
            return f"{words[: min(found)]}\n{words[min(found) + 1 :]}"
    return words


def _again(words: str, name: list[str], titled: re.Match[str]) -> int | None:
    """Return where a name stands again behind the title that gives it."""
    printed = r"\s+".join(re.escape(part.strip(",:;)")) for part in name)
    again = re.compile(
        rf"(?<!\s\d[.)])\s(?=(?:1[.)]\s)?(?:I,\s+|[Mm]y name is\s+)?{printed}\b)", re.IGNORECASE
    )
    begins = titled.start("name") + len(name[0])
    found = again.search(words, begins, begins + _HEAD)
    return found.start() if found else None


def _broken_at_numbers(words: str) -> str:
    """Break a text where its paragraphs' numbers stand, each the next one in their style."""
    places = list(_chained(list(_NUMBER.finditer(words)), words))
    kept, end = [], 0
    for place in places:
        kept.append(words[end:place].rstrip(" "))
        end = place
    return "\n".join((*kept, words[end:]))


def _chained(marks: list[re.Match[str]], words: str) -> Iterator[int]:
    """Yield where the paragraphs begin: 1, 2, 3 in one style, behind a sentence where they can."""
    first = next((mark for mark in marks if mark[mark.lastgroup or 0] == "1"), None)
    if first is None:
        return
    style, number, at = first.lastgroup or "", 1, first.start()
    places: dict[int, list[int]] = {}
    for mark in marks:
        if mark.lastgroup == style:
            places.setdefault(int(mark[style]), []).append(mark.start())
    while True:
        yield at
        number += 1
        after = [each for each in places.get(number, ())[:_MOST] if each > at]
        free = [each for each in after if not _BEHIND.search(words[max(0, each - 20) : each])]
        ended = [each for each in free if _SENTENCE_ENDS.search(words[max(0, each - 20) : each])]
        if not free:
            return
        at = (ended or free)[0]


def _without_line_numbers(page: str) -> str:
    """Take off the line numbers of pleading paper, alone or several in a row, among the words."""
    kept, end = [], 0
    for start, until in _counted(page):
        kept.append(page[end:start])
        end = until
    return "".join((*kept, page[end:]))


def _counted(page: str) -> list[tuple[int, int]]:
    """Return where the numbers stand that count the lines of a page, one after the other.

    One or two may be missing, for they stood where a paragraph's own number does.
    """
    found: list[tuple[int, int]] = []
    last = 0
    for bare in _BARE.finditer(page):
        number = int(bare[0])
        if number == 1 and last >= _PAGE_OF_LINES:
            last = 0  # the next page, without a stamp between
        if not last < number <= min(last + 3, 32):
            continue
        if not _OF_THE_WORDS.search(page[max(0, bare.start() - 20) : bare.start()]):
            found.append((bare.start(), bare.end()))
            last = number
    return found

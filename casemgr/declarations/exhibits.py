"""The exhibits that a paper attaches or cites, as its own sentences tell of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from casemgr.declarations.exhibit_titles import ATTACHES, PAPERS, title_of
from casemgr.declarations.lines import Line
from casemgr.declarations.paper import ExhibitLine, Para

_REMEMBERED = 4000  # letters: longer texts are read anew each time
MOST_MENTIONS = 2_000  # no paper has more; a text made to stall a reader might
_LONG = 400  # signs of a sentence that are read on either side of its exhibit
_LABEL = r"(?P<label>(?:[A-Z]{1,2}|\d{1,3})(?:-(?:\d{1,2}|[A-Z]))?)(?![\w])"
CITED = re.compile(
    rf"\b(?P<word>Exhibits?|EXHIBITS?|Exs?\.|EX\.|Exh\.|Attachments?|Tabs?)\s*[“\"'‘]?{_LABEL}[”\"'’]?"
    r"(?P<more>(?:\s*(?:,|and|&|through|[-–])\s*(?:Ex(?:hibit|\.)\s*)?[“\"]?(?:[A-Z]|\d{1,3})\b[”\"]?(?![\w.]*\w))*)"
)
_ATTACHED_THERE = re.compile(
    r"(?:attached|annexed|appended)\s+to\s+(?:[\w'’]+\s+)*?"
    r"(?:Complaint|Declaration|Affidavit|Motion|Answer|Memorandum|Opposition)\s+(?:as|at)\s*$"
)
# After the label: another paper's exhibit, not one of this paper.
_ELSEWHERE = re.compile(
    r"^[”\"'’,]*\s*(?:to|of|in)\s+(?:the\s+|my\s+(?:first|prior|previous|earlier|initial)\s+|"
    r"plaintiffs?['’]?s?['’]?\s+|defendants?['’]?s?['’]?\s+|(?:his|her|their)\s+)?"
    r"(?:[A-Z][\w.’']*\s+){0,4}"
    r"(?:Complaint|Compl\.|Decl\b|Declaration|Affidavit|Aff\.|Motion|Answer|Memorandum|Mem\.|"
    r"Opposition|Request|deposition|Deposition|Affirmation)"
    r"|^[”\"'’,]*\s*(?:,\s*)?(?:Dkt|Doc|ECF)\b"
)
_BEFORE = re.compile(
    r"(?:Decl\.?|Declaration|Compl\.?|Complaint|Aff\.?|Affidavit|Mot\.?|Dep\.?|Mem\.?|Opp\.?|"
    r"(?:Plaintiff|Defendant)s?['’]s?)[\s,]*(?:¶+\s*\d+\s*(?:&|and|,)\s*)?(?:at\s+)?$"
)
_BARE = re.compile(
    r"[\s(\[]*(?:[Ss]ee,?\s+(?:also\s+)?)?(?:Exhibits?|Exs?\.|EX)\s*[“\"]?\w{1,3}[^a-z]*$"
)
_ANY = "any"
_COVER = re.compile(rf"^\W*(?:EXHIBIT|Exhibit|ATTACHMENT)\s+[“\"]?{_LABEL}[”\"]?\W*$")


@dataclass(frozen=True, slots=True)
class Cited:
    """One mention of an exhibit: which, where, and whether the sentence attaches it."""

    label: str
    position: int
    start: int
    sentence: str
    attaches: bool
    describes: bool  # the sentence says what paper the exhibit is
    before: str = ""  # the sentence before


def cited(paragraphs: Sequence[Para]) -> tuple[Cited, ...]:
    """Return every mention of an exhibit of this paper, in order; those of other papers not."""
    mentions = (each for at, para in enumerate(paragraphs) for each in _in(at, para.text))
    return tuple(islice(mentions, MOST_MENTIONS))


def exhibits_of(
    paragraphs: Sequence[Para], behind: Sequence[Line], closing: str = ""
) -> tuple[ExhibitLine, ...]:
    """Return the exhibits a paper attaches: by its sentences, its oath, or cover sheets behind it.

    One that a sentence only describes counts where it is the next in order.
    """
    found: dict[str, ExhibitLine] = {}
    attached: set[str] = set()
    described: set[str] = set()
    mentions = cited(paragraphs)
    until = _last_attached(mentions)
    for each in mentions:
        known = found.get(each.label)
        following = _following(found)
        first = following == _ANY and each.label in {"A", "1"}
        named = each.describes or until == _ANY or _rank(each.label) < _rank(until)
        next_one = known is None and named and (first or each.label == following)
        attaches = each.attaches and each.label not in attached
        if next_one or (attaches and (known is None or not known.title or each.label in described)):
            found[each.label] = ExhibitLine(
                each.label, title_of(each.label, each.sentence, each.before), each.position
            )
            (attached if each.attaches else described).add(each.label)
    for each in cited([Para(None, closing)]):
        if each.attaches:
            found.setdefault(each.label, ExhibitLine(each.label, "", None))
    for line in behind:
        if (cover := _COVER.match(line.text)) and cover["label"] not in found:
            found[cover["label"]] = ExhibitLine(cover["label"], "", None)
    return tuple(found.values())


def _last_attached(mentions: Sequence[Cited]) -> str:
    """Return up to which label a bare "(Exhibit B.)" says enough, if it is the next in order.

    In a paper that attaches none in so many words, any does; in one that attaches A and E, B to D.
    """
    attached = [each.label for each in mentions if each.attaches]
    return max(attached, key=_rank) if attached else _ANY


def _rank(label: str) -> tuple[int, str]:
    return (int(label), "") if label.isdigit() else (len(label), label)


def _following(found: Mapping[str, ExhibitLine]) -> str:
    """Return the label that comes next: "A" or "1" first, then by how the others are labelled."""
    last = next(reversed(list(found)), "")
    if last.isdigit():
        return str(int(last) + 1)
    if len(last) == 1 and "A" <= last < "Z":
        return chr(ord(last) + 1)
    return "" if last else _ANY


def labels(found: re.Match[str]) -> tuple[str, ...]:
    """Return each label a mention names: "Exhibits A through C" names three.

    >>> [labels(each) for each in CITED.finditer("Exhibits A through C and Ex. 7")]
    [('A', 'B', 'C'), ('7',)]
    """
    first, more = found["label"], found["more"] or ""
    plural = found["word"].rstrip(".").lower().endswith("s")
    named = [first]
    for part in re.finditer(
        r"(,|and|&|through|[-–])\s*(?:Ex(?:hibit|\.)\s*)?[“\"]?([A-Z]|\d{1,3})", more
    ):
        if not plural and "Ex" not in part[0]:
            break
        if part[1] in {"through", "-", "–"}:
            named += _between(named[-1], part[2])
        named.append(part[2])
    return tuple(dict.fromkeys(named))


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(each) for each in range(int(first) + 1, min(int(last), int(first) + 60))]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(each) for each in range(ord(first) + 1, ord(last))]
    return []


def _in(position: int, text: str) -> Iterator[Cited]:
    found = _mentions(text) if len(text) <= _REMEMBERED else _mentions.__wrapped__(text)
    return (replace(each, position=position) for each in found)


@lru_cache(maxsize=2048)
def _mentions(text: str) -> tuple[Cited, ...]:
    return tuple(islice(_mentioned(text), MOST_MENTIONS))


def _mentioned(text: str) -> Iterator[Cited]:
    mentions = list(islice(CITED.finditer(text), MOST_MENTIONS))
    if not mentions:
        return
    stops = [each.end() for each in _STOP.finditer(text)]
    attaching, papers = _Places(ATTACHES, text), _Places(PAPERS, text)
    for found in mentions:
        if _is_elsewhere(text, found):
            continue
        if found["word"].startswith("Tab") and not _is_a_tab(text, found.start()):
            continue
        whole = _sentence(text, stops, found.start(), found.end())
        before = _sentence_before(stops, found.start())
        sentence = text[whole].strip()
        attaches = attaching.within(whole)
        describes = papers.within(before if _BARE.match(sentence) else whole)
        for label in labels(found):
            start, told = found.start(), text[before].strip()
            yield Cited(label, 0, start, sentence, attaches, describes, told)


class _Places:
    """Where a pattern is found in a text, looked for once for all its sentences."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        found = [each.span() for each in pattern.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def within(self, part: slice) -> bool:
        """Say whether it is found in a part of the text."""
        at = bisect_left(self._starts, part.start)
        return at < len(self._starts) and self._ends[at] <= part.stop


def _is_a_tab(text: str, start: int) -> bool:
    """Say whether a "Tab" is one of the paper, not of a spreadsheet."""
    pointed = re.search(r"(?:\(|[Ss]ee |\bat )$", text[max(0, start - 5) : start])
    return bool(pointed or re.search(r"attach|annex|hereto", text[:5000]))


def _sentence_before(stops: Sequence[int], start: int) -> slice:
    at = bisect_right(stops, start)
    first = stops[at - 2] if at > 1 else 0
    return slice(max(first, stops[at - 1] - _LONG), stops[at - 1]) if at else slice(0, 0)


def _is_elsewhere(text: str, found: re.Match[str]) -> bool:
    """Say whether the exhibit is another paper's: "Compl. Ex. A", "Exhibit 3 to the Complaint"."""
    before = text[max(0, found.start() - 120) : found.start()]
    after = text[found.end() : found.end() + 160]
    return bool(_ELSEWHERE.match(after) or _BEFORE.search(before) or _ATTACHED_THERE.search(before))


_STOP = re.compile(
    r"(?<!\bEx)(?<!\bNo)(?<!\bv)(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)[.;][)\]”\"]?\s+(?=[A-Z(\[“\"]|$)"
    r"|(?<=hibit [A-Z])[.;][)\]”\"]?\s+(?=[A-Z])"
)


def _sentence(text: str, stops: Sequence[int], start: int, end: int) -> slice:
    before, after = bisect_right(stops, start), bisect_left(stops, end)
    first = stops[before - 1] if before else 0
    until = stops[after] if after < len(stops) else len(text)
    return slice(max(first, start - _LONG), min(until, end + _LONG))

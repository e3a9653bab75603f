"""Checks of exhibits: attached and cited, in order, and saying what the paper says they say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from casemgr.declarations.dates import dates_in, in_words
from casemgr.declarations.exhibits import Cited
from casemgr.declarations.findings import found
from casemgr.declarations.given import Given
from casemgr.declarations.paper import Finding, KnownExhibit, Paper

_PAPER_DATED = re.compile(
    r"\b(?:letters?|e-?mails?|memorand\w+|requests?|responses?|notices?|orders?|reports?|memos?|"
    r"articles?|statements?|releases?|transcripts?|agreements?|correspondence|declarations?|copy)\b"
    r"[^.;]{0,80}?\b(?:dated|of|from)\s+(?:\w+day,?\s+)?$"
)
_DATED_PAPER = re.compile(
    r"^,?\s+(?:letter|e-?mail|memorand\w+|request|response|notice|order|report|memo|article|statement|"
    r"release|transcript|agreement|correspondence|declaration)\b"
)
_THAT_PAPER = re.compile(
    r"\b(?:that|this|the|his|her|its|their)\s+(?:letter|e-?mail|memorandum|request|response|notice|"
    r"order|report|answer|reply|denial)\b"
)
_BEFORE = 1_500  # signs before a sentence in which the day of "that letter" is looked for
_NEAR = 200  # signs before a day that tell of which paper it is
_BETWEEN_PAGES = 800  # letters of footnotes, feet and heads between the halves of a sentence
_RAREST, _MOST_PLACES = 4, 300  # words of a quotation, and places, that are looked at
_QUOTED = re.compile(r"[“\"]([^“”\"]{12,2000})[”\"]")
_HEADS = re.compile(
    r"\b(memorand(?:um|a|ums)|letters?|statements?|notices?|bills?|terms|agreements?|plans?|codes?|"
    r"standards?|rules?|certificates?|articles?)\s+of\s+([A-Za-z]{4,})\b",
    re.IGNORECASE,
)


def missing(given: Given) -> Iterator[Finding]:
    """Find exhibits cited and not attached."""
    paper, against = given.paper, given.against
    attached = {each.label for each in paper.exhibits}
    if against is not None:
        attached |= {each.label for each in against.exhibits}
    if not attached and against is None:
        return  # a paper that only cites may have its exhibits with the motion
    told: set[str] = set()
    for each in given.cited:
        if each.label not in attached and each.label not in told:
            told.add(each.label)
            says = f"Exhibit {each.label} is cited, and the paper attaches none with this label."
            yield found("exhibit-missing", says, paper, each.position)


def uncited(given: Given) -> Iterator[Finding]:
    """Find exhibits attached and never cited."""
    paper, against = given.paper, given.against
    mentioned = {each.label for each in given.cited}
    labels = [each.label for each in paper.exhibits]
    if against is not None:
        labels += [each.label for each in against.exhibits]
    for label in dict.fromkeys(labels):
        if label not in mentioned:
            yield found(
                "exhibit-uncited", f"Exhibit {label} is attached, and no paragraph cites it."
            )


def order(given: Given) -> Iterator[Finding]:
    """Find exhibits that are first mentioned out of order."""
    paper = given.paper
    firsts = dict.fromkeys(each.label for each in given.cited)
    kinds = [
        [each for each in firsts if each.isdigit()],
        [each for each in firsts if each.isalpha()],
    ]
    for labels in kinds:
        last = ""
        for label in labels:
            if last and _rank(label) < _rank(last):
                says = f"Exhibit {label} is first mentioned after Exhibit {last}."
                yield found("exhibit-order", says, paper, _first(given, label))
                break
            last = label


def dates(given: Given) -> Iterator[Finding]:
    """Find an exhibit that is given two dates: in two sentences, or here and in the matter."""
    paper, against = given.paper, given.against
    known: dict[str, date] = {
        each.label: each.dated_on
        for each in (against.exhibits if against is not None else ())
        if each.dated_on is not None
    }
    alone = Counter((each.position, each.sentence) for each in set(given.cited))
    for each in given.cited:
        if alone[(each.position, each.sentence)] > 1:
            continue  # of several exhibits in one sentence, whose is the date?
        said = _date_of_exhibit(paper, each)
        if said is None:
            continue
        other = known.setdefault(each.label, said)
        if other != said:
            says = (
                f"Exhibit {each.label} is dated {in_words(said)} here, and {in_words(other)} "
                "elsewhere."
            )
            yield found("exhibit-date-differs", says, paper, each.position)


def _date_of_exhibit(paper: Paper, mention: Cited) -> date | None:
    """Return the date a sentence gives the one exhibit it names."""
    days = _dates_of_papers(mention.sentence)
    if not days and not dates_in(mention.sentence) and _THAT_PAPER.search(mention.sentence):
        text = paper.paragraphs[mention.position].text
        at = text.find(mention.sentence)
        days = _dates_of_papers(text[max(0, at - _BEFORE) : at])
    return days[0] if len(set(days)) == 1 else None


def _dates_of_papers(text: str) -> list[date]:
    days = []
    for seen in dates_in(text):
        before, after = text[max(0, seen.start - _NEAR) : seen.start], text[seen.end :]
        if seen.exact and (_PAPER_DATED.search(before) or _DATED_PAPER.match(after)):
            days.append(seen.first)
    return days


def quotes(given: Given) -> Iterator[Finding]:
    """Find quotations that the exhibit cited beside them does not have."""
    paper, against = given.paper, given.against
    if against is None:
        return
    texts = {each.label: each for each in against.exhibits if each.text}
    for position, para in enumerate(paper.paragraphs):
        mentioned = [each.label for each in given.cited_in(position) if each.label in texts]
        if not mentioned:
            continue
        exhibits = [texts[label] for label in dict.fromkeys(mentioned)]
        for quoted in _QUOTED.finditer(para.text):
            differs = len(quoted[1].split()) >= 3 and not any(
                _has(each, quoted[1]) for each in exhibits
            )
            if differs and not all(each.suspected for each in exhibits):
                says = _differing(mentioned[0], exhibits, quoted[1])
                yield found("quote-differs-from-exhibit", says, paper, position)
            elif differs or any(each.suspected for each in exhibits):
                says = f"“{quoted[1][:80]}” comes from a scanner, and nobody compared it."
                yield found("suspected-scanner-text", says, paper, position)


def _differing(label: str, exhibits: Sequence[KnownExhibit], quoted: str) -> str:
    near = max((_nearest(each.text, quoted) for each in exhibits), key=lambda each: each[0])
    says = f"Exhibit {label} does not say “{quoted[:120]}”"
    return says + (f"; it says “{near[1]}”." if near[0] > 0.6 else ".")


def _has(exhibit: KnownExhibit, quoted: str) -> bool:
    """Say whether an exhibit has a quotation; words parted by a line or a page are whole."""
    whole = _run_together(exhibit.text)
    parts = re.split(r"\.\s?\.\s?\.(?:\s?\.)?|…|\[[^\]]*\]", quoted)
    wanted = [_run_together(part) for part in parts if part.strip()]
    return all(part in whole or _goes_over_a_page(exhibit.text, part) for part in wanted)


def _goes_over_a_page(text: str, part: str) -> bool:
    """Say whether words end one page and begin the next, with feet and heads of pages between."""
    pages = [_run_together(page) for page in text.split("\f")] if "\f" in text else []
    near = len(part) + _BETWEEN_PAGES
    return any(
        _begun(one[-near:], part) + _begun(two[:near][::-1], part[::-1]) >= len(part)
        for one, two in pairwise(pages)
    )


def _begun(page: str, part: str) -> int:
    """Return how many letters of some words, from their beginning, a page has in one run."""
    low, high = 0, len(part) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if part[:middle] in page else (low, middle - 1)
    return low


@lru_cache(maxsize=64)
def _run_together(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _places(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Return where a quotation could begin: around the words it shares that are rarest there."""
    plain = [_letters(each) for each in words]
    often = Counter(plain)
    shared = [(often[word], n) for n, word in enumerate(map(_letters, wanted)) if often[word]]
    found: set[int] = set()
    for _, n in sorted(shared)[:_RAREST]:
        word = _letters(wanted[n])
        found |= {max(0, at - n) for at, each in enumerate(plain) if each == word}
    return sorted(found)[:_MOST_PLACES]


def _nearest(text: str, quoted: str) -> tuple[float, str]:
    """Return how like the most similar run of words of a text is, and the run."""
    words, wanted = text.split(), quoted.split()
    size = len(wanted)
    best = (0.0, "")
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_letters(quoted))
    for at in _places(words, wanted):
        run = " ".join(words[at : at + size])
        matcher.set_seq1(_letters(run))
        if matcher.real_quick_ratio() > best[0] and matcher.quick_ratio() > best[0]:
            best = max(best, (matcher.ratio(), run))
    return best


def terms(given: Given) -> Iterator[Finding]:
    """Find a thing for which the paper and the matter's exhibits have two terms."""
    paper, against = given.paper, given.against
    if against is None:
        return
    theirs: dict[str, tuple[str, str]] = {}
    papers = (*against.exhibits, *against.papers)
    for exhibit in papers:
        name = f"Exhibit {exhibit.label}" if exhibit.label else exhibit.title
        for stem, kind in _terms_of(exhibit.text):
            theirs.setdefault(stem, (kind, name))
    everything = " ".join(each.text for each in papers).casefold()
    told: set[str] = set()
    for position, para in enumerate(paper.paragraphs):
        for term in _HEADS.finditer(para.text):
            other = theirs.get(_stem(term[1]))
            kind = f"of {term[2].casefold()}"
            if (
                other is None
                or term[2].casefold() == other[0]
                or kind in everything
                or kind in told
            ):
                continue
            told.add(kind)
            says = f"The paper says “{term[0]}”; {other[1]} says “of {other[0]}”."
            yield found("term-differs-from-exhibit", says, paper, position)


@lru_cache(maxsize=64)
def _terms_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return each term of a text once: what it is called, and of what it is."""
    found = ((_stem(term[1]), term[2].casefold()) for term in _HEADS.finditer(text))
    return tuple(dict.fromkeys(found))


def _stem(word: str) -> str:
    return word.casefold()[:8].rstrip("sa")


def _rank(label: str) -> tuple[int, str]:
    return (int(label), "") if label.isdigit() else (len(label), label)


def _first(given: Given, label: str) -> int | None:
    return next((each.position for each in given.cited if each.label == label), None)


EXHIBIT_CHECKS = (missing, uncited, order, dates, quotes, terms)

"""What an exhibit is, as the sentence that attaches it, or the one before, says."""

from __future__ import annotations

import re

ATTACHES = re.compile(
    r"attach|annex|append|enclos|hereto|marked\s+as|true[\s,]+(?:and\s+)?(?:correct|accurate|complete)|"
    r"\bcop(?:y|ies)\b|is\s+included|are\s+included|set\s+forth\s+(?:in|at|as)|submitted\s+(?:here|as)|"
    r"reproduced|\bhereinafter\b|provided\s+(?:as|at)|filed\s+herewith|\b(?:is|are)\s+Ex(?:hibit|\.)\s",
    re.IGNORECASE,
)
PAPERS = re.compile(
    r"\b(?:letters?|e-?mails?|memorand\w+|requests?|responses?|reply|replies|forms?|index|logs?|charts?|"
    r"tables?|reports?|agreements?|articles?|photographs?|transcripts?|printouts?|orders?|notices?|"
    r"correspondence|invoices?|receipts?|appeals?|screenshots?|polic(?:y|ies)|directives?|résumé|"
    r"curriculum|C\.V\.|CV|declarations?|records?|documents?|lists?|maps?|spreadsheets?)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:letter|e-?mail|memorandum|request|notice|report|response)s?\s+(?:dated|of|from)\s+"
    r"(?:\w+day,?\s+)?[A-Z][a-z]+\s+\d{1,2},\s+\d{4}",
    re.IGNORECASE,
)
_COPY_OF = re.compile(
    r"(?:is|are|as|contains?|constitutes?)?\s*(?:a|an|the)?\s*(?:(?:true|correct|complete|accurate|genuine|exact|and)"
    r"[\s,]+)*(?:cop(?:y|ies)|excerpts?|printouts?|screenshots?|version)\s+(?:of|from)\s+(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)


def title_of(label: str, sentence: str, before: str) -> str:
    """Return what the attaching sentence, or the one before it, says the exhibit is."""
    own = _title_in(re.sub(r"\s+", " ", sentence), label)
    if own and not _POINTS_BACK.match(own):
        return own
    before = re.sub(r"\s+", " ", before)
    if dated := list(_DATED.finditer(before)):
        return dated[-1][0]
    named = list(_PAPER_NAMED.finditer(before))
    return named[-1][0] if named else ("" if _PRONOUN.match(own) else own)


def _title_in(sentence: str, label: str) -> str:
    at = re.search(
        rf"(?:Exhibit|Ex\.|Exh\.|Attachment|Tab)s?\s*[“\"'‘]?{re.escape(label)}\b[”\"'’]?",
        sentence,
        re.IGNORECASE,
    )
    before = sentence[: at.start()] if at else sentence
    after = sentence[at.end() :] if at else ""
    for part in (after, before):
        found = _COPY_OF.search(part)
        if found and not re.match(r"which\b", found["what"]):
            return _tidy(found["what"])
    if named := re.match(r"[,\s(]+((?:an?|the|my|his|her|its|their|our)\s[^.;)]+)", after):
        return _tidy(named[1])
    if re.match(r"\s*(?:is|are)\b", after):
        return _tidy(re.sub(r"^\s*(?:is|are)\s+", "", after))
    thing = _thing(_LINK.sub("", before))
    return _tidy(thing) if ATTACHES.search(sentence) or PAPERS.search(thing) else ""


_PRONOUN = re.compile(r"(?:it|they|this|these|those|both|that)$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"(?:(?:that|this|the|his|her|its|such|these|those)\s+[\w-]+|it|they|this|these|both)$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"[\s,(]*\b(?:(?:of\s+)?which\b.*|(?:(?:a|the|true|correct|and|complete)\s+)*"
    r"\bcop(?:y|ies)\b.*|(?:(?:see|attached|annexed|as|hereto|at|is|are|and|in|also|that|which)"
    r"\b[\s(,]*)+)$",
    re.IGNORECASE,
)
_DETERMINER = r"\b(?:the|an?|my|his|her|its|their|our|this|that|[A-Z]\w+[’']s)\s+"
_PAPER_NAMED = re.compile(
    r"\b(?:the|an?|my|his|her|its|their|our|[A-Z]\w+[’']s)\s+"
    rf"(?:(?!(?:the|an?|my|his|her|its|their|our|had|has|was)\b)[\w’'-]+\s+){{0,4}}?{PAPERS.pattern}",
    re.IGNORECASE,
)


def _thing(words: str) -> str:
    """Return the last thing a clause names: "I kept the receipt" gives "the receipt"."""
    papers = list(_PAPER_NAMED.finditer(words))
    if papers:
        return words[papers[-1].start() :]
    named = re.search(
        rf"{_DETERMINER}(?:(?!\b(?:the|an?|my|his|her|its|their|our|this|that)\b).)+$",
        words,
        re.IGNORECASE,
    )
    return named[0] if named else words


def _tidy(title: str) -> str:
    cut = re.split(
        r",?\s+(?:(?:is|are|was|were|which\s+is)\s+(?:attached|annexed|appended|enclosed|marked|included)|"
        r"(?:is|are)\s+(?:set\s+forth|provided|submitted)|attached\s+(?:hereto|as|to)|annexed\s+(?:hereto|as)|"
        r"(?:appears?|(?:can|may)\s+be\s+found)\s+(?:at|as|in))\b",
        title,
        maxsplit=1,
    )[0]
    tidy = re.sub(r"\s+", " ", cut).strip(" .,;:(")[:300]
    return "" if re.fullmatch(r"(?:see|cf|e\.g|at|id)?", tidy, re.IGNORECASE) else tidy

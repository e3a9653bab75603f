"""What the text of a docket entry says of itself: what it is, who filed it, what it answers.

Clerks write entries by the forms of the federal courts' filing system: the kind of paper in
capitals, `re 7 MOTION …` for what it answers, `granting 19 Motion …` for what it decides,
`(Attachments: # 1 …)` for what hangs on it. What is read here is a proposal for a person to accept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casemgr.domain.words import EntryKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper that hangs on an entry: 29-1 is number 1 of entry 29."""

    number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryText:
    """What an entry's text says.

    - `kind`: what it is, as far as dates follow from it; `other` where the text does not tell.
    - `filers`: the parties who filed it, as the clerk names them, or "" (the court's own paper).
    - `answers`: numbers of the entries it responds to; `decides`: of the motions it disposes of.
    - `attachments`: in order. `plain`: the text without the clerk's notes at its end.
    """

    kind: EntryKind
    filers: str
    answers: tuple[int, ...]
    decides: tuple[int, ...]
    attachments: tuple[Attachment, ...]
    plain: str


def read_entry(says: str) -> EntryText:
    """Read the text of one entry; it never fails, and says `other` rather than guess."""
    text = re.sub(r"\s+", " ", says).strip()
    head = _head(text)
    kind = kind_of(head)
    return EntryText(
        kind=kind,
        filers=_filers(text, kind),
        answers=_numbers(_ANSWERS, text) if kind in _THAT_ANSWER else (),
        decides=_decided(text) if kind in _THAT_DECIDE else (),
        attachments=_attachments(text),
        plain=_plain(text),
    )


def kind_said(says: str) -> EntryKind:
    """Return what an entry is, as far as dates follow from it."""
    return kind_of(_head(re.sub(r"\s+", " ", says).strip()))


def plain_text(says: str) -> str:
    """Return an entry's text without the clerk's notes at its end."""
    return _plain(re.sub(r"\s+", " ", says).strip())


# The words an entry begins with, the first that fits: the name of the paper is in capitals, after
# more capitals or none. Oppositions come before motions: `MEMORANDUM OF LAW in Opposition re: 40
# MOTION` is no motion.
_MORE = r"(?:[A-Z][A-Z'’.,-]* )*"
_KINDS: tuple[tuple[str, EntryKind], ...] = (
    (r"NOTICE OF (?:[A-Z-]+ )?APPEAL\b(?! OF)", EntryKind.NOTICE_OF_APPEAL),
    (_MORE + r"MOTION\b.{0,40}(?i:attorney.{0,3}s?.{0,2} fees)", EntryKind.FEE_MOTION),
    (_MORE + r"MOTION\b.{0,12}(?i:reconsider)", EntryKind.RECONSIDERATION),
    (_MORE + r"(?:REPLY\b|Reply (?:re|to)\b)", EntryKind.REPLY),
    (_MORE + r"(?:DECLARATION|AFFIDAVIT|AFFIRMATION)\b", EntryKind.DECLARATION),
    (
        _MORE + r"(?:(?:in |IN )?(?:OPPOSITION|Opposition)\b|RESPONSE (?i:in|to|re)\b)",
        EntryKind.OPPOSITION,
    ),
    (r"(?:OPINION|MEMORANDUM (?:OPINION|AND ORDER|DECISION)|DECISION)\b", EntryKind.OPINION),
    (r"(?:(?:CLERK.?S|FINAL|AMENDED|DEFAULT|CONSENT) )*JUDGMENT\b", EntryKind.JUDGMENT),
    (r"(?:JOINT )?STIPULATION\b", EntryKind.STIPULATION),
    (r"(?:(?:FIRST|SECOND|THIRD) )?(?:AMENDED )?COMPLAINT\b", EntryKind.COMPLAINT),
    (r"(?:AMENDED )?ANSWER\b", EntryKind.ANSWER),
    (_MORE + r"ORDER\b(?! FOR)", EntryKind.ORDER),
    (r"NOTICE OF (?:INITIAL )?[A-Z -]*CONFERENCE\b", EntryKind.ORDER),
    (r"(?i:Minute (?:Entry|Order))\b", EntryKind.MINUTE),
    # A motion by letter has the times of the judge's own practices, none of the local rule's.
    (_MORE + r"LETTER MOTION\b", EntryKind.LETTER),
    (_MORE + r"MOTION\b", EntryKind.MOTION),
    (_MORE + r"LETTER\b", EntryKind.LETTER),
)
_COMPILED = tuple((re.compile(pattern), kind) for pattern, kind in _KINDS)


def kind_of(head: str) -> EntryKind:
    """Return what an entry is by the words it begins with."""
    for pattern, kind in _COMPILED:
        if pattern.match(head):
            return kind
    return EntryKind.OTHER


_BEFORE = re.compile(
    r"^(?:\*+|FILING ERROR - .*? - (?=[A-Z])|"
    r"(?:(?:Chief |Magistrate |District )*Judge [^:]{3,80}: )|"
    r"(?:Assented to|Unopposed|Consent|Emergency|Joint|Ex Parte|Proposed) (?=[A-Z]))+",
    re.IGNORECASE,
)


def _head(text: str) -> str:
    """Return the text from the name of the paper on, without what clerks put before it."""
    return _BEFORE.sub("", text)


_PARTY = r"(?P<who>[A-Z].+?)(?:\.\.|\. ?\(|\.\(|\.$| \(|\. [A-Z]|$)"
_FILED_BY = re.compile(rf"(?:Document filed by|filed by) {_PARTY}")
_BY = re.compile(rf"\bby {_PARTY}")
OF_THE_COURT = frozenset({EntryKind.ORDER, EntryKind.OPINION, EntryKind.JUDGMENT, EntryKind.MINUTE})


def _filers(text: str, kind: EntryKind) -> str:
    if kind in OF_THE_COURT:
        return ""
    bare = _ATTACHED.sub("", text)
    named = _FILED_BY.findall(bare) or (_BY.findall(bare) if kind is not EntryKind.OTHER else [])
    return named[-1].strip() if named else ""


_THAT_ANSWER = frozenset(
    {
        EntryKind.OPPOSITION,
        EntryKind.REPLY,
        EntryKind.ANSWER,
        EntryKind.DECLARATION,
        EntryKind.RECONSIDERATION,
        EntryKind.NOTICE_OF_APPEAL,
        EntryKind.OTHER,
    }
)
_THAT_DECIDE = frozenset({EntryKind.ORDER, EntryKind.OPINION, EntryKind.JUDGMENT})
_ANSWERS = re.compile(r"\b(?:re:?;?|from|to|in support of|as to) (?P<number>\d{1,4}) [A-Z]", re.I)
_DECIDES = re.compile(
    r"\b(?:granting|denying|terminating|mooting|finding as moot)\b(?: without prejudice"
    r"| as moot| in part(?: and (?:denying|granting) in part)?| with prejudice)* ?(?:re )?"
    r"(?P<number>\d{1,4})\b(?! days)",
    re.IGNORECASE,
)


def _numbers(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(found["number"]) for found in pattern.finditer(text)))


def _decided(text: str) -> tuple[int, ...]:
    return _numbers(_DECIDES, text)


_ATTACHED = re.compile(r"\(Attachments: (?P<list>.+?)\)(?=\.|\(|$| )(?!, #)")
_ONE = re.compile(r"(?:# ?(\d{1,3})|\((\d{1,3})\)) (.+?)(?=, # ?\d|, \(\d|$)")


def attachments(says: str) -> tuple[Attachment, ...]:
    """Return the papers that an entry's text says hang on it, in order."""
    if "(Attachments:" not in says:
        return ()
    return _attachments(re.sub(r"\s+", " ", says).strip())


def _attachments(text: str) -> tuple[Attachment, ...]:
    found = _ATTACHED.search(text)
    if found is None:
        return ()
    return tuple(
        Attachment(int(number or other), title.strip())
        for number, other, title in _ONE.findall(found["list"])
    )


_NOTES = re.compile(
    r"(?: ?\.?\((?:Entered: [\d/]+|[A-Z][\w'-]+, [A-Z][\w. -]+|[a-z]{2,4})\)|"
    r" Modified on [\d/]+[^()]*(?=\())+\.?$"
)


def _plain(text: str) -> str:
    return _NOTES.sub("", text).strip()

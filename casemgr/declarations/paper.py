"""A declaration as a paper: what it says, what is known beside it, and what a check finds.

These shapes are what the reader (`reading`), the editor and the checks share. Whoever holds a
declaration in another form builds a `Paper` of it and calls `check`:

    findings = check(Paper(...), against=Record(...), today=work.today)

`Finding.position` says which of `Paper.paragraphs` is meant, whatever its number; `replacement`
is there only where the change is safe, and its `start` and `end` count in that paragraph's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Jurat(StrEnum):
    """Which oath a declaration ends or begins with, as 28 U.S.C. § 1746 has two."""

    INSIDE = "inside"  # "under penalty of perjury that the foregoing is true and correct"
    OUTSIDE = "outside"  # the same "under the laws of the United States of America"
    REWORDED = "reworded"  # an oath, in other words than the statute's
    MISSING = "missing"


class Severity(StrEnum):
    """A problem stops the sign-off; a note asks for a reason."""

    PROBLEM = "problem"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph. `number` is None where the paper has none; then `after` is the one before."""

    number: int | None
    text: str
    after: int | None = None
    heading: str = ""  # the heading that stands above it, where there is one

    @property
    def name(self) -> str:
        """What a sentence calls it: "paragraph 6", or "the text after paragraph 5"."""
        if self.number is not None:
            return f"paragraph {self.number}"
        return f"the text after paragraph {self.after}" if self.after is not None else "this text"


@dataclass(frozen=True, slots=True)
class ExhibitLine:
    """An exhibit as the paper itself tells of it: its letter or number, and what it is."""

    label: str
    title: str
    position: int | None = None  # the paragraph that attaches it


@dataclass(frozen=True, slots=True)
class Caption:
    """The head of a paper: its words, the parties it names, and its own docket number."""

    text: str = ""
    parties: tuple[str, ...] = ()
    docket_number: str | None = None
    there: bool = True  # False for a paper that has no caption at all


@dataclass(frozen=True, slots=True)
class Paper:
    """A declaration as read.

    `court` is a courts-db id; `docket_number` as printed, without "No."; `opening` is what stands
    before the first paragraph; `jurat_text` the words of the oath; `closing` everything after the
    last paragraph. `draft` papers are not yet executed, so nothing is missed that signing brings.
    """

    court: str | None
    docket_number: str | None
    title: str
    declarant: str
    opening: str
    paragraphs: tuple[Para, ...]
    exhibits: tuple[ExhibitLine, ...] = ()
    jurat: Jurat = Jurat.MISSING
    jurat_text: str = ""
    executed_on: date | None = None
    executed_at: str = ""
    signed: bool = False
    caption: Caption = field(default_factory=Caption)
    closing: str = ""
    signature_alone: bool = False  # the signature stands on a page without any of the text
    abroad: bool | None = None  # known to be executed outside the United States, or not
    draft: bool = False


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party as the docket names it, and what else it is called."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownExhibit:
    """An exhibit as the matter holds it: its label, its date, its words where they were read."""

    label: str
    title: str = ""
    text: str = ""
    dated_on: date | None = None
    suspected: bool = False  # its words come from a scanner and nobody compared them


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that a paragraph was written from and that the record has changed since."""

    position: int
    what: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class EnglishMissed:
    """A text of a declaration in another language whose English does not follow it.

    `position` is that of the paragraph, None for the opening; `old` where there is English, made
    from other words than those that stand.
    """

    position: int | None
    old: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What the matter knows: a check compares the paper with it."""

    docket_number: str | None = None
    court: str | None = None
    parties: tuple[PartyName, ...] = ()
    first_event_on: date | None = None
    declarant_since: date | None = None
    exhibits: tuple[KnownExhibit, ...] = ()
    papers: tuple[KnownExhibit, ...] = ()  # its other papers: only their terms are compared
    changed: tuple[ChangedFact, ...] = ()
    english: tuple[EnglishMissed, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe change: in paragraph `position`, the text from `start` to `end` becomes `new`."""

    position: int
    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `says` what, where and why; `fix` what to do.

    `paragraph` is the number printed, None where it has none (then `after` is the one before) or
    where the finding is about the paper as a whole (then `position` is None too).
    """

    code: str
    paragraph: int | None
    after: int | None
    severity: Severity
    says: str
    fix: str
    replacement: Fix | None = None
    position: int | None = None

"""What papers in a lawsuit are made from: pleadings and motions with a caption, and data sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from casemgr.letters.facts import Caption, Paper, Paragraph, Plain, Signer, Whose


@dataclass(frozen=True, kw_only=True)
class CourtPaperFacts(Paper):
    """A paper under the caption of a lawsuit, with numbered paragraphs or without.

    - `title`: what the paper is; `purpose`: what for, under the title, or None.
    - `opening`: the sentence before the first paragraph.
    - `dated`: the day it is signed; None prints a line to be filled in by hand.
    - `signers`: who signs, one under the other, each with the lines under the name.
    """

    TEMPLATE: ClassVar[str] = "court_paper.html"

    caption: Caption
    title: str
    opening: str
    paragraphs: tuple[Paragraph, ...]
    signers: tuple[Signer, ...]
    purpose: str | None = None
    dated: date | None = None


@dataclass(frozen=True, kw_only=True)
class SheetLine(Plain):
    """One box of a court's form: its name, and each line that belongs in it."""

    box: str
    says: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SheetPart(Plain):
    """A part of a court's form, or one of several forms of the same kind."""

    heading: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, kw_only=True)
class DataSheetFacts(Paper):
    """What belongs in the boxes of a court's form, to be copied there by hand.

    - `form`: the form's own name. `warnings`: what is usually wrong on it, a sentence each.
    - `docket_number`: None before the court has given one.
    """

    TEMPLATE: ClassVar[str] = "data_sheet.html"

    title: str
    form: str
    matter: str
    docket_number: str | None
    as_of: date
    warnings: tuple[str, ...]
    parts: tuple[SheetPart, ...]


@dataclass(frozen=True, kw_only=True)
class DateLine(Plain):
    """One open date of a docket report; `due` None where no day can be said yet."""

    due: date | None
    title: str
    about: str
    whose: Whose
    state_says: str


@dataclass(frozen=True, kw_only=True)
class PersonDates(Plain):
    """The open dates of one person: those nobody has confirmed, then the others, each by day."""

    name: str
    unconfirmed: tuple[DateLine, ...]
    others: tuple[DateLine, ...]


@dataclass(frozen=True, kw_only=True)
class DocketReportFacts(Paper):
    """The open dates of a matter as of a day, person by person; first those without anybody."""

    TEMPLATE: ClassVar[str] = "docket_report.html"

    office: str
    matter: str
    docket_number: str | None
    as_of: date
    people: tuple[PersonDates, ...]

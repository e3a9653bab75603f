"""What would be filed with a declaration: its paper and exhibits, and what was found in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casemgr.db.tables import Blob, Declaration, DeclarationVersion, Document, FilingCheck
from casemgr.domain.prose import long_day
from casemgr.letters.court_form import SizeLimit
from casemgr.usecases import letters
from casemgr.usecases.declaration_content import Attached, Content
from casemgr.usecases.letters import Paper
from casemgr.usecases.work import Work

MOST_READ = 150_000_000  # bytes of one file that are looked through
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Part:
    """One file of a filing: the declaration itself (without a label) or an exhibit."""

    label: str
    title: str
    document_id: str | None
    sha256: str | None
    size: int
    media_type: str
    dated: str
    check: FilingCheck | None

    @property
    def name(self) -> str:
        """Return what people call it."""
        return f"Exhibit {self.label}" if self.label else "The declaration"

    @property
    def stops(self) -> str:
        """Return why the filing cannot leave with this file as it is; empty where it can."""
        if self.sha256 is None and (self.label or self.document_id):
            return f"{self.name} has no file. Attach the file of “{self.title}”."
        if self.size > MOST_READ:
            return (
                f"{self.name} is {self.size // MEGABYTE:,} megabytes. No court takes a file of "
                "that size, and it is not looked through. Split it into parts."
            )
        if self.check is None:
            return f"{self.name} was not looked through yet."
        if self.check.problem:
            return f"{self.name}: {self.check.problem}"
        if self.check.findings and self.check.cleared_by is None:
            return f"{self.name} is held back until somebody clears what was found in it."
        return ""


@dataclass(frozen=True)
class Filing:
    """A declaration with everything that would be filed with it, as it stands today."""

    declaration: Declaration
    version: DeclarationVersion
    content: Content
    court_id: str
    day: date
    limit: SizeLimit
    paper: Paper  # as it is made here, with its mark while it is a draft
    signed_off: bool
    attorneys: tuple[str, ...]  # who can sign it off
    main: Part
    exhibits: tuple[Part, ...]

    @property
    def signed_pages(self) -> bool:
        """Say whether the main paper is the scan of the signed pages, and not the one made here."""
        return self.main.document_id is not None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the declaration and its exhibits, in the order filed."""
        return (self.main, *self.exhibits)

    @property
    def stops(self) -> tuple[str, ...]:
        """Return what keeps the filing here, a sentence each."""
        return tuple(each.stops for each in self.parts if each.stops)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return what whoever files should know and decide: sizes, and that nobody signed off."""
        return tuple(_remarks(self))


def main_of(
    work: Work, version: DeclarationVersion, paper: Paper, checks: dict[str, FilingCheck]
) -> Part:
    """Return the signed pages where they are on file, else the paper where it was made already."""
    scan = work.session.get(Document, version.signed_document_id or "")
    if scan is not None:
        return _part(work, f"{paper.title}, the signed pages", scan.id, scan.sha256, checks)
    made = letters.kept(work, paper)
    return _part(work, paper.title, None, made.sha256 if made else None, checks)


def _part(
    work: Work,
    title: str,
    document_id: str | None,
    sha256: str | None,
    checks: dict[str, FilingCheck],
) -> Part:
    blob = work.session.get(Blob, sha256) if sha256 else None
    if blob is None:
        return Part("", title, document_id, None, 0, letters.PDF, "", None)
    seen = checks.get(blob.sha256)
    return Part("", title, document_id, blob.sha256, blob.size, blob.media_type, "", seen)


def exhibit_of(work: Work, each: Attached, checks: dict[str, FilingCheck]) -> Part:
    document = work.session.get(Document, each.document_id) if each.document_id else None
    blob = work.session.get(Blob, each.sha256) if each.sha256 else None
    dated = long_day(document.dated_on) if document and document.dated_on else ""
    return Part(
        label=each.label,
        title=each.title,
        document_id=each.document_id,
        sha256=blob.sha256 if blob else None,
        size=blob.size if blob else 0,
        media_type=blob.media_type if blob else "",
        dated=dated,
        check=checks.get(blob.sha256) if blob else None,
    )


def _remarks(filing: Filing) -> Iterator[str]:
    limit = filing.limit
    if filing.signed_off and not filing.signed_pages:
        yield (
            "No signed pages are on file: the package holds the paper as it was made. Add their "
            "scan where the version was signed off, and the package holds that."
        )
    together = sum(each.size for each in filing.parts)
    if limit.whole and together > limit.bytes:
        yield (
            f"Together the files are {together / MEGABYTE:.1f} megabytes, and this court takes "
            f"{limit.megabytes} at once ({limit.source}). File them in several parts."
        )
    for part in filing.parts:
        if limit.bytes < part.size <= MOST_READ:
            yield (
                f"{part.name} is {part.size / MEGABYTE:.1f} megabytes; we hold "
                f"{limit.megabytes} for this court ({limit.source}). Split it, or ask the clerk."
            )
        if part.check is not None and not part.check.problem and not part.check.has_text:
            yield (
                f"{part.name} is pictures only: nobody can search it, and personal data in it "
                "cannot be found by a program. Read it before it is filed."
            )

"""Before a declaration is filed: look through its paper and every exhibit, and clear by name.

Nothing leaves while a file hides something that nobody has cleared, or cannot be filed at all. A
clearance is for the very bytes that were looked through, and for what was found in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Blob,
    Declaration,
    DeclarationVersion,
    Document,
    FilingCheck,
    Lawsuit,
)
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Input, Printable
from casemgr.files.store import Store
from casemgr.letters.court_form import SizeLimit, limit_of
from casemgr.usecases import (
    declaration_content,
    declaration_sign_off,
    declarations,
    filing_reading,
    letters,
    records,
)
from casemgr.usecases.declaration_content import Attached, Content
from casemgr.usecases.letters import Opens, Paper
from casemgr.usecases.work import Work

MOST_READ = 150_000_000  # bytes of one file that are looked through
MEGABYTE = 1_000_000
FORM = "form-"  # how the code of a finding begins that is about the court's form


class ClearInput(Input):
    """Why a file may be filed although something was found in it."""

    because: Annotated[str, StringConstraints(min_length=10, max_length=500), Printable]


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


def gather(work: Work, declaration_id: str, right: Right = Right.READ) -> Filing:
    """Return what would be filed with the newest version of a declaration."""
    row = doors.declaration(work.session, work.actor, declaration_id, right, work.today)
    version = declarations.newest(work, row.id)
    if version is None:
        raise WrongMoment("We know of this declaration, but not its text. Add a version first.")
    content = declaration_content.of(work, row, version)
    lawsuit = work.session.get_one(Lawsuit, row.lawsuit_id)
    paper = letters.with_own_templates(work, letters.declaration(row.id, version.id)(work))
    attorneys = doors.who_can(work.session, row.matter_id, Right.SIGN_OFF, work.today)
    checks = {
        each.sha256: each
        for each in work.session.exec(
            select(FilingCheck).where(
                FilingCheck.declaration_id == row.id, col(FilingCheck.known_on) <= work.today
            )
        )
    }
    return Filing(
        declaration=row,
        version=version,
        content=content,
        court_id=lawsuit.court_id,
        day=work.today,
        limit=limit_of(lawsuit.court_id),
        paper=paper,
        signed_off=declaration_sign_off.signed_off(work, row, version),
        attorneys=tuple(name for _, name in attorneys),
        main=_main(work, version, paper, checks),
        exhibits=tuple(_exhibit(work, each, checks) for each in content.exhibits),
    )


def check(opens: Opens, store: Store, declaration_id: str) -> Filing:
    """Look through every file that was not looked through yet; each in a process of its own."""
    letters.make(opens, store, letters.declaration(declaration_id))
    with opens(reads_only=True) as work:
        filing = gather(work, declaration_id, Right.LOG)
        new = {each.sha256: each for each in filing.parts if _to_look_through(each)}
    found = [(part, _look(store, part, filing)) for part in new.values()]
    with opens() as work:
        filing = gather(work, declaration_id, Right.LOG)
        held = {each.sha256: each for each in filing.parts}
        for part, row in found:
            still = held.get(part.sha256)
            if still is not None and still.check is None:
                _keep(work, filing.declaration, row)
        return gather(work, declaration_id, Right.LOG)


def clear(
    work: Work, check_id: str, given: ClearInput, *, version: int | None = None
) -> FilingCheck:
    """Clear by name what was found in a file; its problem, where it has one, cannot be cleared."""
    row = doors.open_door(
        work.session, work.actor, FilingCheck, check_id, Right.SIGN_OFF, work.today
    )
    records.not_overtaken(row, version)
    if row.problem:
        raise WrongMoment(f"{row.problem} That cannot be cleared.")
    if not row.findings:
        raise WrongMoment("Nothing was found in this file, so there is nothing to clear.")
    if row.cleared_by is not None:
        raise WrongMoment("This file is cleared already.")
    row.cleared_by, row.cleared_at, row.because = work.actor.id, work.now, given.because
    records.keep(work, row)
    declaration = work.session.get_one(Declaration, row.declaration_id)
    codes = ", ".join(sorted({str(each["code"]) for each in row.findings}))
    work.record(
        "declaration.cleared", declaration, title=declaration.title, found=codes,
        because=given.because,
    )  # fmt: skip
    return row


def refuse_not_signed_off(filing: Filing) -> None:
    """Raise WrongMoment, with who can sign it off, for a version that nobody signed off."""
    if filing.signed_off:
        return
    who = " or ".join(filing.attorneys)
    whom = f"{who} can sign it off" if who else "No attorney is on this matter: have one added"
    raise WrongMoment(
        f"Version {filing.version.number} is not signed off, so it is not ready for a court. "
        f"{whom}; or take the package as a draft, which says so."
    )


def refuse_held_back(filing: Filing) -> None:
    """Raise Malformed with every reason for which the filing cannot leave."""
    if filing.stops:
        raise Malformed({f"part-{n}": says for n, says in enumerate(filing.stops, 1)})


# --- the parts


def _main(
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


def _exhibit(work: Work, each: Attached, checks: dict[str, FilingCheck]) -> Part:
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


# --- looking through


def _to_look_through(part: Part) -> bool:
    return part.sha256 is not None and part.size <= MOST_READ and part.check is None


@dataclass(frozen=True)
class _Looked:
    sha256: str
    pages: int = 0
    has_text: bool = True
    findings: tuple[dict[str, object], ...] = ()
    problem: str = ""


def _look(store: Store, part: Part, filing: Filing) -> _Looked:
    assert part.sha256 is not None
    ours = not part.label and part.document_id is None  # a scan has no letters to measure
    court = (filing.court_id, filing.day) if ours else None
    data = store.read(part.sha256)
    try:
        looked, slips = filing_reading.look_through(data, part.media_type, court)
    except Malformed as wrong:
        return _Looked(part.sha256, problem=str(wrong)[:500])
    of_form = tuple({**asdict(each), "code": f"{FORM}{each.code}"} for each in slips)
    found = tuple(asdict(each) for each in looked.found) + of_form
    return _Looked(part.sha256, looked.pages, looked.has_text, found)


def _keep(work: Work, declaration: Declaration, looked: _Looked) -> None:
    row = FilingCheck(
        matter_id=declaration.matter_id,
        declaration_id=declaration.id,
        sha256=looked.sha256,
        pages=looked.pages,
        has_text=looked.has_text,
        findings=list(looked.findings),
        problem=looked.problem,
        checked_at=work.now,
        known_on=work.today,
    )
    records.keep(work, row)
    many = "it cannot be filed" if looked.problem else f"{len(looked.findings)} found"
    work.record("declaration.checked", declaration, title=declaration.title, says=many)

"""The checks of a declaration in the editor: what was found, the fix, and why a note may stand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    AcceptedNote,
    Declaration,
    DeclarationVersion,
    Paragraph,
)
from casemgr.declarations import check as run
from casemgr.declarations import paper as shapes
from casemgr.declarations.paper import Finding, Severity
from casemgr.domain.access import Right
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Input, Reason
from casemgr.usecases import (
    declaration_content,
    declaration_paper,
    declaration_typing,
    declaration_versions,
    declarations,
    records,
)
from casemgr.usecases.declaration_content import Content
from casemgr.usecases.work import Work

OF_THE_OPENING = frozenset({"stale-translation", "not-translated"})  # where of no paragraph
CHANGED = "This is not found any more: the text or the record changed. Look at the checks again."


class AcceptInput(Input):
    """Which finding may stand, by its fingerprint, and why."""

    sha256: str
    because: Reason


class FixInput(Input):
    """Which finding is to be mended, by its fingerprint."""

    sha256: str


@dataclass(frozen=True)
class Found:
    """A finding with the paragraph it is about, its fingerprint, and why it may stand if it may.

    `fixable` where the change it proposes can be made in the paragraph as it is typed.
    """

    finding: Finding
    sha256: str
    paragraph_id: str | None
    accepted: AcceptedNote | None
    fixable: bool

    @property
    def is_problem(self) -> bool:
        """Say whether it stops the sign-off, unless an attorney lets it stand."""
        return self.finding.severity is Severity.PROBLEM

    @property
    def open(self) -> bool:
        """Say whether nobody has let it stand yet."""
        return self.accepted is None


def look(
    work: Work,
    declaration: Declaration,
    version: DeclarationVersion,
    content: Content | None = None,
) -> list[Found]:
    """Return what the checks find in a version that was opened, in the order of its paragraphs.

    Raises WrongMoment where there is no paper to check yet: no lawsuit, or no parties.
    """
    content = content or declaration_content.of(work, declaration, version)
    rows = declarations.paragraphs_of(work, version)
    paper = declaration_paper.paper_of(work, declaration, version, content)
    record = declaration_paper.record_of(work, declaration, version, rows, content, paper)
    findings = [
        *run.check(paper, record, work.today),
        *declaration_paper.loose_references(work, declaration, version, rows),
    ]
    return _matched(work, declaration, rows, paper, findings)


def accept(work: Work, version_id: str, given: AcceptInput) -> AcceptedNote:
    """Let a finding stand, with the reason. A problem may stand only by an attorney's word."""
    version, declaration = declaration_versions.opened(work, version_id)
    found = _one(work, declaration, version, given.sha256)
    if found.is_problem:
        declarations.opened(work, declaration.id, Right.SIGN_OFF)
    if found.accepted is not None:
        return found.accepted
    row = AcceptedNote(
        matter_id=declaration.matter_id,
        declaration_id=declaration.id,
        code=found.finding.code,
        says=found.finding.says[:2000],
        sha256=found.sha256,
        because=given.because,
        accepted_by=work.actor.id,
        accepted_at=work.now,
        known_on=work.today,
    )
    records.keep(work, row)
    title = f"{declaration.title}: {found.finding.code}"
    work.record("declaration.note_accepted", declaration, title=title, because=given.because)
    return row


def take_back(work: Work, note_id: str) -> AcceptedNote:
    """Take a reason back; the check asks again."""
    row = doors.open_door(work.session, work.actor, AcceptedNote, note_id, Right.LOG, work.today)
    declaration = declarations.opened(work, row.declaration_id)
    if row.taken_back_on is None:
        row.taken_back_on = work.today
        records.keep(work, row)
        title = f"{declaration.title}: {row.code}"
        work.record("declaration.note_taken_back", declaration, title=title)
    return row


def fix(work: Work, version_id: str, given: FixInput) -> Paragraph:
    """Make the change that a finding proposes, where it is safe."""
    version, declaration = declarations.unfrozen(work, version_id)
    found = _one(work, declaration, version, given.sha256)
    replacement = found.finding.replacement
    if replacement is None or not found.fixable or found.paragraph_id is None:
        raise WrongMoment("This cannot be mended by a button. Change the paragraph yourself.")
    row, _, _ = declaration_typing.opened(work, found.paragraph_id)
    printed = declaration_content.of(work, declaration, version).facts.paragraphs
    text = declaration_paper.text_of(printed[replacement.position])
    says = mended(row.says, text, replacement)
    if says is None:
        raise WrongMoment(CHANGED)
    typed = declaration_typing.Typed(says, declaration_typing.fingerprint(row.says))
    declaration_typing.keep_one(work, row.id, typed)
    return row


def mended(typed: str, printed: str, replacement: shapes.Fix) -> str | None:
    """Return a paragraph as it is typed with the change made; None where it would not be safe.

    What is found in the printed text is found again in the typed one, which has references in it:
    the same occurrence, and only if both have as many.
    """
    old = replacement.old
    if not old or typed.count(old) != printed.count(old):
        return None
    if printed[replacement.start : replacement.end] != old:
        return None
    place = -1
    for _ in range(printed.count(old, 0, replacement.start) + 1):
        place = typed.find(old, place + 1)
    if place < 0:
        return None
    return typed[:place] + replacement.new + typed[place + len(old) :]


# --- which finding is which


def _matched(
    work: Work,
    declaration: Declaration,
    rows: Sequence[Paragraph],
    paper: shapes.Paper,
    findings: Sequence[Finding],
) -> list[Found]:
    accepted = _accepted(work, declaration)
    seen: dict[tuple[str, int | None], int] = {}
    found = []
    for each in sorted(findings, key=lambda each: (each.position is None, each.position or 0)):
        place = seen[each.code, each.position] = seen.get((each.code, each.position), 0) + 1
        row = (
            rows[each.position] if each.position is not None and each.position < len(rows) else None
        )
        about = row.says if row is not None else _about_the_whole(each, paper)
        sha256 = _fingerprint(each.code, place, about)
        printed = paper.paragraphs[each.position].text if each.position is not None else ""
        fixable = (
            row is not None
            and each.replacement is not None
            and mended(row.says, printed, each.replacement) is not None
        )
        found.append(
            Found(each, sha256, row.id if row is not None else None, accepted.get(sha256), fixable)
        )
    return found


def _fingerprint(code: str, place: int, about: str) -> str:
    """Return what names a finding for as long as the text it is about stays: numbers may move."""
    return hashlib.sha256(f"{code}\n{place}\n{about}".encode()).hexdigest()


def _about_the_whole(finding: Finding, paper: shapes.Paper) -> str:
    return paper.opening if finding.code in OF_THE_OPENING else finding.says


def _accepted(work: Work, declaration: Declaration) -> dict[str, AcceptedNote]:
    rows = work.session.exec(
        select(AcceptedNote).where(
            AcceptedNote.declaration_id == declaration.id,
            col(AcceptedNote.known_on) <= work.today,
            col(AcceptedNote.taken_back_on).is_(None),
        )
    )
    return {each.sha256: each for each in rows}


def _one(work: Work, declaration: Declaration, version: DeclarationVersion, sha256: str) -> Found:
    for each in look(work, declaration, version):
        if each.sha256 == sha256:
            return each
    raise Malformed({"sha256": CHANGED})

"""Before a declaration is filed: look through its paper and every exhibit, and clear by name.

Nothing leaves while a file hides something that nobody has cleared, or cannot be filed at all. A
clearance is for the very bytes that were looked through, and for what was found in them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Declaration,
    FilingCheck,
    Lawsuit,
)
from casemgr.domain.access import Right
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Input, Printable
from casemgr.files.store import Store
from casemgr.letters.court_form import limit_of
from casemgr.usecases import (
    declaration_content,
    declaration_sign_off,
    declarations,
    filing_reading,
    letters,
    records,
)
from casemgr.usecases.filing_parts import MOST_READ, Filing, Part, exhibit_of, main_of
from casemgr.usecases.letters import Opens
from casemgr.usecases.work import Work

FORM = "form-"  # how the code of a finding begins that is about the court's form


class ClearInput(Input):
    """Why a file may be filed although something was found in it."""

    because: Annotated[str, StringConstraints(min_length=10, max_length=500), Printable]


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
        main=main_of(work, version, paper, checks),
        exhibits=tuple(exhibit_of(work, each, checks) for each in content.exhibits),
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

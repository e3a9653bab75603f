"""What a version of a declaration prints, and the fingerprint that a sign-off belongs to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Declaration,
    DeclarationVersion,
    Document,
    Exhibit,
    Lawsuit,
    Paragraph,
    SignOff,
)
from casemgr.domain.access import Right
from casemgr.domain.declaration_text import Names, printed
from casemgr.errors import NotFound, WrongMoment
from casemgr.letters import facts as paper
from casemgr.usecases import declarations, papers, translations
from casemgr.usecases.declaration_exhibits import exhibits_of
from casemgr.usecases.printed_paragraphs import as_printed
from casemgr.usecases.work import Work


@dataclass(frozen=True)
class Attached:
    """An exhibit as a version has it: its letter, its title, and the bytes behind it."""

    label: str
    title: str
    document_id: str | None
    sha256: str | None


@dataclass(frozen=True)
class Content:
    """Everything a version says: the facts of its paper, and its exhibits."""

    facts: paper.DeclarationFacts
    exhibits: tuple[Attached, ...]

    def plain(self) -> dict[str, Any]:
        """Return the content as JSON has it."""
        said = {
            "facts": self.facts.plain(),
            "exhibits": [
                {"label": each.label, "title": each.title, "document_id": each.document_id,
                 "sha256": each.sha256}
                for each in self.exhibits
            ],
        }  # fmt: skip
        made: dict[str, Any] = json.loads(json.dumps(said, default=str))
        return made

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 over everything that is printed and attached, as 64 hex digits."""
        return fingerprint_of(self.plain())


def fingerprint_of(said: dict[str, Any]) -> str:
    """Return the SHA-256 over a content as it is kept."""
    written = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def live(work: Work, declaration: Declaration, version: DeclarationVersion) -> Content:
    """Return what a version prints from its rows and the record as they stand.

    Raises WrongMoment where it is for no lawsuit yet, or the lawsuit lacks its parties.
    """
    if declaration.lawsuit_id is None:
        raise WrongMoment("This declaration is for no lawsuit yet, so it has no caption.")
    lawsuit = work.session.exec(select(Lawsuit).where(Lawsuit.id == declaration.lawsuit_id)).one()
    paragraphs = declarations.paragraphs_of(work, version)
    exhibits = exhibits_of(work, declaration.id)
    names = names_of(paragraphs, exhibits)
    facts = paper.DeclarationFacts(
        caption=papers.caption(work, lawsuit),
        title=declaration.title,
        purpose=declaration.purpose or None,
        declarant=paper.Signer(name=declaration.declarant),
        opening=printed(version.opening, names)
        or papers.ON_ITS_FACE.format(name=declaration.declarant),
        paragraphs=tuple(
            as_printed(each.says, names, number=each.number, heading=each.heading)
            for each in paragraphs
        ),
        jurat="outside" if version.abroad else "inside",
        executed_on=version.executed_on,
        executed_at=version.executed_at or None,
    )
    facts = translations.with_translation(work, version, facts, names)
    return Content(facts, _attached(work, exhibits))


def of(work: Work, declaration: Declaration, version: DeclarationVersion) -> Content:
    """Return what a version prints: a frozen one always what it printed when it was frozen."""
    if version.content is None:
        return live(work, declaration, version)
    kept = version.content
    facts = paper.read(paper.DeclarationFacts, kept["facts"])
    return Content(facts, tuple(Attached(**each) for each in kept["exhibits"]))


def unchanged(work: Work, declaration: Declaration, version: DeclarationVersion) -> bool:
    """Say whether a frozen version, what it kept and the record still say the very same.

    The day and the place of signing, which the printed page leaves open, do not count.
    """
    if version.content is None or fingerprint_of(version.content) != version.fingerprint:
        return False
    try:
        now = live(work, declaration, version).plain()
    except WrongMoment:
        return False
    for name in ("executed_on", "executed_at"):
        if version.content["facts"][name] is None:
            now["facts"][name] = None
    return fingerprint_of(now) == version.fingerprint


def standing_sign_off(work: Work, version_id: str) -> SignOff | None:
    """Return the sign-off of a version that was opened and that is not void; None without one."""
    return work.session.exec(
        select(SignOff)
        .where(
            SignOff.declaration_version_id == version_id,
            col(SignOff.void_on).is_(None),
            col(SignOff.known_on) <= work.today,
        )
        .order_by(col(SignOff.signed_off_at).desc())
        .limit(1)
    ).first()


def to_print(
    work: Work, declaration_id: str, version_id: str | None = None
) -> tuple[Declaration, DeclarationVersion, paper.DeclarationFacts]:
    """Return a declaration, one of its versions, and the facts its paper is made from."""
    row = declarations.opened(work, declaration_id, Right.READ)
    version = declarations.newest(work, row.id) if version_id is None else None
    if version_id is not None:
        version = doors.open_door(
            work.session, work.actor, DeclarationVersion, version_id, Right.READ, work.today
        )
        if version.declaration_id != row.id:
            raise NotFound
    if version is None:
        raise WrongMoment("We know of this declaration, but not its text. Add a version first.")
    return row, version, of(work, row, version).facts


def mark(work: Work, version: DeclarationVersion) -> str:
    """Return what every page says of a version that nobody signed off; nothing once one did.

    A sign-off of other words than those kept here counts for nothing.
    """
    signed_off = standing_sign_off(work, version.id)
    kept = fingerprint_of(version.content) if version.content is not None else None
    if version.signed or (signed_off is not None and signed_off.fingerprint == kept):
        return ""
    return f"DRAFT v{version.number} – not signed"


def names_here(work: Work, version: DeclarationVersion, paragraphs: Iterable[Paragraph]) -> Names:
    """Return what references of a version may point to."""
    return names_of(paragraphs, exhibits_of(work, version.declaration_id))


def names_of(paragraphs: Iterable[Paragraph], exhibits: Iterable[Exhibit]) -> Names:
    """Return what references may point to: an exhibit without a name goes by its letter."""
    return Names(
        {each.name: each.number for each in paragraphs if each.name},
        {each.name or each.label.casefold(): each.label for each in exhibits},
    )


def _attached(work: Work, exhibits: Sequence[Exhibit]) -> tuple[Attached, ...]:
    wanted = [each.document_id for each in exhibits if each.document_id]
    found = work.session.execute(
        sa.select(col(Document.id), col(Document.sha256)).where(
            col(Document.id).in_(wanted), col(Document.known_on) <= work.today
        )
    )
    held = {row[0]: row[1] for row in found}
    return tuple(
        Attached(
            each.label,
            each.title,
            each.document_id if each.document_id in held else None,
            held.get(each.document_id or ""),
        )
        for each in exhibits
    )

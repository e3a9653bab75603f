"""A declaration read before it is signed: its checks, two versions side by side, its facts."""

from __future__ import annotations

from typing import Any

from casemgr.db.tables import DeclarationVersion
from casemgr.domain.access import Right
from casemgr.domain.declaration_compare import Row, Side, compare
from casemgr.domain.declaration_text import printed
from casemgr.errors import Malformed
from casemgr.usecases import (
    declaration_content,
    declaration_facts,
    declaration_sign_off,
    declaration_versions,
    declarations,
)
from casemgr.usecases.declaration_facts import Fact
from casemgr.usecases.declaration_sign_off import Standing
from casemgr.usecases.work import Work


def standing(work: Work, version_id: str) -> Standing:
    """Say how a version stands for its sign-off."""
    version, declaration = declaration_versions.opened(work, version_id, Right.READ)
    return declaration_sign_off.standing(work, declaration, version)


def findings(now: Standing) -> list[dict[str, Any]]:
    """Return what the checks found as plain values."""
    return [
        {
            "code": each.finding.code,
            "severity": each.finding.severity.value,
            "paragraph_id": each.paragraph_id,
            "paragraph": each.finding.paragraph,
            "says": each.finding.says,
            "fix": each.finding.fix,
            "fixable": each.fixable,
            "sha256": each.sha256,
            "accepted_because": each.accepted.because if each.accepted else None,
        }
        for each in now.found
    ]


def facts(work: Work, declaration_id: str) -> list[Fact]:
    """Return what the record has to say to a declaration."""
    row = declarations.opened(work, declaration_id, Right.READ)
    return list(declaration_facts.facts(work, row.matter_id).values())


def compared(work: Work, before_id: str, after_id: str) -> tuple[Row, ...]:
    """Return what became of each paragraph from one version of a declaration to another."""
    after, declaration = declaration_versions.opened(work, after_id, Right.READ)
    before, other = declaration_versions.opened(work, before_id, Right.READ)
    if other.id != declaration.id:
        raise Malformed({"before": "That version is of another declaration. Choose one of this."})
    return compare(_sides(work, before), _sides(work, after))


def _sides(work: Work, version: DeclarationVersion) -> list[Side]:
    """Return the paragraphs of a version as they are printed: a frozen one as it was."""
    if version.content is not None:
        kept = version.content["facts"]["paragraphs"]
        return [Side(each["number"], each["text"]) for each in kept]
    rows = declarations.paragraphs_of(work, version)
    names = declaration_content.names_here(work, version, rows)
    return [Side(each.number, printed(each.says, names)) for each in rows]

"""Sign a version off: an attorney's word for exactly this text, and what has to hold before it.

What comes after it, the signed pages and the filing, is `declaration_signing`. A sign-off is not
a signature: the witness signs the printed page under 28 U.S.C. § 1746.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from casemgr.db.tables import Declaration, DeclarationVersion, SignOff
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import Frozen
from casemgr.errors import Malformed, Overtaken, WrongMoment
from casemgr.fields import Input
from casemgr.usecases import (
    declaration_checks,
    declaration_content,
    declaration_versions,
    declarations,
    exhibit_words,
    records,
)
from casemgr.usecases.declaration_checks import Found
from casemgr.usecases.declaration_content import Content
from casemgr.usecases.work import Work

NO_LONGER = (
    "The declaration, or a fact it rests on, is not what you read any more. Nothing was signed "
    "off: read it again, then sign it off."
)


class SignOffInput(Input):
    """The fingerprint of the version as it was read."""

    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True)
class Line:
    """One line of the page before a sign-off: whether it holds, and what to do where it does not.

    One that does not stop the sign-off is only told.
    """

    says: str
    holds: bool
    todo: str = ""
    stops: bool = True


@dataclass(frozen=True)
class Standing:
    """How a version stands for its sign-off: its lines, what it prints, and who signed it off."""

    content: Content
    found: Sequence[Found]
    lines: Sequence[Line]
    sign_off: SignOff | None
    counts: bool  # the sign-off is for the very bytes that stand
    not_compared: Sequence[str] = ()  # exhibits whose words nobody could read

    @property
    def ready(self) -> bool:
        """Say whether an attorney may sign it off now."""
        return all(each.holds or not each.stops for each in self.lines)


def standing(work: Work, declaration: Declaration, version: DeclarationVersion) -> Standing:
    """Say how a version that was opened stands for its sign-off.

    Raises WrongMoment where there is no paper yet: no lawsuit, or no parties.
    """
    content = declaration_content.of(work, declaration, version)
    found = declaration_checks.look(work, declaration, version, content)
    sign_off = declaration_content.standing_sign_off(work, version.id)
    stands = sign_off is not None and counts(work, declaration, version, sign_off)
    unread = exhibit_words.not_compared(work, content.exhibits)
    return Standing(content, found, _lines(version, content, found), sign_off, stands, unread)


def sign_off(
    work: Work, version_id: str, given: SignOffInput, *, version: int | None = None
) -> SignOff:
    """Sign the newest version off, exactly as it was read; its words stand from then on."""
    row, declaration = declaration_versions.opened(work, version_id, Right.SIGN_OFF)
    if version is not None and row.version != version:
        raise Overtaken
    last = declarations.newest(work, declaration.id)
    if last is None or last.id != row.id:
        raise WrongMoment("There is a newer version. Read that one, and sign it off.")
    now = standing(work, declaration, row)
    if now.sign_off is not None:
        raise WrongMoment("This version is signed off already.")
    if row.frozen and not declaration_content.unchanged(work, declaration, row):
        raise WrongMoment(
            "The record changed since this version was frozen: its caption or its exhibits are "
            "not what it prints. Begin a new version."
        )
    if missing := [each for each in now.lines if each.stops and not each.holds]:
        raise Malformed({f"line-{n}": each.todo for n, each in enumerate(missing, 1)})
    if now.content.fingerprint != given.fingerprint:
        raise WrongMoment(NO_LONGER)
    return _signed_off(work, declaration, row, now.content)


def _signed_off(
    work: Work, declaration: Declaration, row: DeclarationVersion, content: Content
) -> SignOff:
    declaration_versions.freeze(work, declaration, row, Frozen.SIGNED_OFF)
    signed = SignOff(
        matter_id=declaration.matter_id,
        declaration_version_id=row.id,
        fingerprint=content.fingerprint,
        signed_off_by=work.actor.id,
        signed_off_at=work.now,
        known_on=work.today,
    )
    records.keep(work, signed)
    work.record("declaration.signed_off", declaration, title=title_of(declaration, row))
    return signed


def signed_off(work: Work, declaration: Declaration, version: DeclarationVersion) -> bool:
    """Say whether a version that was opened is signed off, for the very bytes that stand."""
    signed = declaration_content.standing_sign_off(work, version.id)
    return signed is not None and counts(work, declaration, version, signed)


def counts(work: Work, declaration: Declaration, row: DeclarationVersion, signed: SignOff) -> bool:
    """Say whether a sign-off is for the very bytes that stand."""
    return signed.fingerprint == row.fingerprint and declaration_content.unchanged(
        work, declaration, row
    )


def title_of(declaration: Declaration, row: DeclarationVersion) -> str:
    """Return what the history calls a version."""
    return f"{declaration.title}, version {row.number}"


# --- the lines of the page


EXHIBITS = frozenset({"exhibit-missing", "exhibit-uncited"})
PERSONAL = frozenset({"personal-identifier"})


def _lines(
    version: DeclarationVersion, content: Content, found: Sequence[Found]
) -> tuple[Line, ...]:
    problems = [each for each in found if each.is_problem and each.open]
    notes = [each for each in found if not each.is_problem and each.open]
    let_stand = sum(not each.open for each in found)
    empty = [each for each in content.facts.paragraphs if not each.text.strip()]
    bare = [each.label for each in content.exhibits if each.sha256 is None]
    return (
        Line(
            f"No problems left{_stood(let_stand)}",
            not problems,
            f"{_many(len(problems), 'problem')} left. Mend the text, or an attorney says why it "
            "is right.",
        ),
        Line(
            "Every note has its reason",
            not notes,
            f"{_many(len(notes), 'note')} without a reason. Mend the text, or say why it stands.",
        ),
        Line(
            "Every paragraph says something",
            bool(content.facts.paragraphs) and not empty,
            "A paragraph is empty. Write it, or take it out."
            if empty
            else "There are no paragraphs yet. Write them first.",
        ),
        Line(
            "Every exhibit cited is attached, every exhibit attached is cited",
            not any(each.finding.code in EXHIBITS for each in problems) and not bare,
            f"We hold no file for Exhibit {', '.join(bare)}. Add its document."
            if bare
            else "Look at the checks of the exhibits.",
        ),
        Line(
            "Personal data: no full Social Security number, birth date, A-number or child’s name",
            not any(each.finding.code in PERSONAL for each in problems),
            "Leave only what Fed. R. Civ. P. 5.2 allows.",
        ),
        Line(
            f"The witness read version {version.number}"
            + (f" on {long_day(version.read_on)}" if version.read_on else ""),
            version.read_on is not None,
            "Nobody recorded that the witness read it.",
            stops=False,
        ),
    )


def _stood(count: int) -> str:
    return f" ({_many(count, 'finding')} let stand, with reasons)" if count else ""


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

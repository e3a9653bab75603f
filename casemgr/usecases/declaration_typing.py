"""Keep what is typed into a declaration; what two people typed at once comes back, both texts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Declaration, DeclarationVersion, HistoryEntry, Paragraph
from casemgr.domain import declaration_text as text
from casemgr.domain.access import Right
from casemgr.errors import Malformed
from casemgr.fields import readable
from casemgr.usecases import declaration_exhibits, declarations, records
from casemgr.usecases.work import Work

LONGEST = 20_000
ONE_SITTING = timedelta(minutes=10)  # what one person types into one paragraph is told once


@dataclass(frozen=True)
class Typed:
    """What somebody typed into one paragraph, and the fingerprint of the text they began with.

    `name` and `heading` left out (None) stay as they are.
    """

    says: str
    was: str
    name: str | None = None
    heading: str | None = None


@dataclass(frozen=True)
class Clash:
    """A paragraph that two people changed at once: `theirs` stands, `yours` is not lost."""

    paragraph_id: str
    number: int | None
    theirs: str
    yours: str


def fingerprint(says: str) -> str:
    """Return what names a text: the same words have the same fingerprint."""
    return hashlib.sha256(plain(says).encode()).hexdigest()[:16]


def plain(says: str) -> str:
    """Return a text as it is kept: no control signs, one kind of line end, nothing around it."""
    return readable(says.replace("\r\n", "\n")).strip()


def keep_typed(
    work: Work, version_id: str, typed: Mapping[str, Typed], *, opening: Typed | None = None
) -> list[Clash]:
    """Keep what was typed into the paragraphs of a draft; return those two people changed at once.

    A paragraph nobody touched is left alone, an empty text too: paragraphs are taken out on purpose
    and never by a slip. What was typed into one that is gone comes back as a clash with nothing.
    """
    version, declaration = declarations.unfrozen(work, version_id)
    rows = {each.id: each for each in declarations.paragraphs_of(work, version)}
    clashes = [] if opening is None else _keep_opening(work, declaration, version, opening)
    for paragraph_id, given in typed.items():
        row = rows.get(paragraph_id)
        if row is None:
            if fingerprint(given.says) != given.was and plain(given.says):
                clashes.append(Clash(paragraph_id, None, "", plain(given.says)))
            continue
        clashes += _keep_one(work, declaration, row, given, rows.values())
    declaration_exhibits.letter_again(work, declaration)
    return clashes


def keep_one(work: Work, paragraph_id: str, given: Typed) -> Paragraph | Clash:
    """Keep what was typed into one paragraph, as the page does by itself while somebody types."""
    row, version, declaration = opened(work, paragraph_id)
    if row.removed:
        return Clash(row.id, None, "", plain(given.says))
    rows = declarations.paragraphs_of(work, version)
    clashes = _keep_one(work, declaration, row, given, rows)
    declaration_exhibits.letter_again(work, declaration)
    return clashes[0] if clashes else row


def _keep_one(
    work: Work,
    declaration: Declaration,
    row: Paragraph,
    given: Typed,
    rows: Collection[Paragraph],
) -> list[Clash]:
    _keep_name(work, declaration, row, given, rows)
    says = plain(given.says)
    if not says or fingerprint(says) == given.was or says == row.says:
        return []
    if fingerprint(row.says) != given.was:
        return [Clash(row.id, row.number, row.says, says)]
    _write(work, declaration, row, says)
    return []


def _keep_name(
    work: Work, declaration: Declaration, row: Paragraph, given: Typed, rows: Collection[Paragraph]
) -> None:
    values: dict[str, str] = {}
    if given.name is not None and (name := text.name_of(given.name)) != row.name:
        if name and name in {each.name for each in rows if each.id != row.id}:
            raise Malformed({f"name-{row.id}": f"Another paragraph is called “{name}” already."})
        values["name"] = name
    if given.heading is not None and (heading := " ".join(plain(given.heading).split())) != (
        row.heading
    ):
        values["heading"] = heading[:200]
    if values:
        title = f"{declaration.title}, ¶ {row.position}"
        records.assign(work, row, values, "declaration.changed", about=declaration, title=title)


def _write(work: Work, declaration: Declaration, row: Paragraph, says: str) -> None:
    if len(says) > LONGEST:
        raise Malformed(
            {f"says-{row.id}": f"A paragraph has {LONGEST:,} signs at most. Divide this one."}
        )
    row.says = says
    records.keep(work, row)
    title = f"{declaration.title}, ¶ {row.position}"
    if not _told_lately(work, declaration, title):
        work.record("declaration.changed", declaration, title=title)


def _keep_opening(
    work: Work, declaration: Declaration, version: DeclarationVersion, given: Typed
) -> list[Clash]:
    says = plain(given.says)
    if fingerprint(says) == given.was or says == version.opening:
        return []
    if fingerprint(version.opening) != given.was:
        return [Clash("opening", None, version.opening, says)]
    if len(says) > 2000:
        raise Malformed({"opening": "The opening has 2,000 signs at most."})
    version.opening = says
    records.keep(work, version)
    title = f"{declaration.title}, opening"
    if not _told_lately(work, declaration, title):
        work.record("declaration.changed", declaration, title=title)
    return []


def _told_lately(work: Work, declaration: Declaration, title: str) -> bool:
    """Say whether the history has it already that this person writes this paragraph now."""
    facts: Any = HistoryEntry.facts
    found = work.session.execute(
        sa.select(facts)
        .where(
            col(HistoryEntry.matter_id) == declaration.matter_id,
            col(HistoryEntry.subject_id) == declaration.id,
            col(HistoryEntry.person_id) == work.actor.id,
            col(HistoryEntry.at) > work.now - ONE_SITTING,
        )
        .order_by(col(HistoryEntry.seq).desc())
        .limit(20)
    )
    return any(each[0].get("title") == title for each in found)


def opened(work: Work, paragraph_id: str) -> tuple[Paragraph, DeclarationVersion, Declaration]:
    """Return a paragraph of a draft, with its version and declaration."""
    row = doors.open_door(work.session, work.actor, Paragraph, paragraph_id, Right.LOG, work.today)
    version, declaration = declarations.unfrozen(work, row.declaration_version_id)
    return row, version, declaration

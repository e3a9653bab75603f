"""Write a declaration: keep what is typed, and add, join, divide, move and take out paragraphs.

Numbers follow from the order: whatever is moved or added, the numbered paragraphs are 1, 2, 3 …
and those without a number stay without. What somebody else typed meanwhile is never written over:
both texts come back (`Clash`), and everything else is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Declaration, DeclarationVersion, HistoryEntry, Paragraph
from casemgr.domain import declaration_text as text
from casemgr.domain.access import Right
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.fields import readable
from casemgr.usecases import declaration_exhibits, declarations, records
from casemgr.usecases.declarations import MOST_PARAGRAPHS, TAKEN_OUT
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


# --- what is typed


def keep_typed(
    work: Work, version_id: str, typed: Mapping[str, Typed], *, opening: Typed | None = None
) -> list[Clash]:
    """Keep what was typed into the paragraphs of a draft; return those two people changed at once.

    A paragraph nobody touched is left alone, an empty text too: paragraphs are taken out on purpose
    and never by a slip. What was typed into one that is gone comes back as a clash with nothing.
    """
    version, declaration = declarations.draft(work, version_id)
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
    rows: Sequence[Paragraph] | Any,
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
    work: Work, declaration: Declaration, row: Paragraph, given: Typed, rows: Any
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


# --- the order of the paragraphs


def add_below(
    work: Work,
    version_id: str,
    says: str,
    *,
    after_id: str | None = None,
    sources: Sequence[Mapping[str, str]] = (),
) -> Paragraph:
    """Add a numbered paragraph below another one, or at the end."""
    version, declaration = declarations.draft(work, version_id)
    rows = declarations.paragraphs_of(work, version)
    if len(rows) >= MOST_PARAGRAPHS:
        raise Malformed(f"A declaration has {MOST_PARAGRAPHS:,} paragraphs at most. Divide it.")
    row = Paragraph(
        declaration_version_id=version.id,
        position=_beyond(work, version),
        number=1,
        says=plain(says)[:LONGEST],
        sources=[dict(each) for each in sources],
    )
    records.keep(work, row)
    place = next((n for n, each in enumerate(rows, 1) if each.id == after_id), len(rows))
    _lay(work, [*rows[:place], row, *rows[place:]])
    _told(work, declaration, row, "added")
    return row


def join_with_previous(work: Work, paragraph_id: str) -> Paragraph:
    """Join a paragraph to the one before it; references to either point to both from then on."""
    row, version, declaration = opened(work, paragraph_id)
    rows = declarations.paragraphs_of(work, version)
    place = _place(rows, row)
    if place == 0:
        raise WrongMoment("This is the first paragraph. There is none before it to join it to.")
    first = rows[place - 1]
    if len(first.says) + len(row.says) >= LONGEST:
        raise WrongMoment(f"Together they are longer than {LONGEST:,} signs. Leave them apart.")
    first.says = text.joined(first.says, row.says)
    first.sources = [*first.sources, *(each for each in row.sources if each not in first.sources)]
    records.keep(work, first)
    _call_both(work, rows, first, row)
    _told(work, declaration, first, f"joined with ¶ {row.position}")
    _take_out(work, version, row)
    _lay(work, [each for each in rows if each.id != row.id])
    return first


def _call_both(work: Work, rows: Sequence[Paragraph], first: Paragraph, second: Paragraph) -> None:
    """Let what pointed to the second point to the first."""
    if not second.name:
        return
    if not first.name:
        first.name, second.name = second.name, ""
        records.keep(work, second)
        records.keep(work, first)
        return
    for each in rows:
        says = text.renamed(each.says, "para", second.name, first.name)
        if says != each.says:
            each.says = says
            records.keep(work, each)


def split_paragraph(work: Work, paragraph_id: str) -> list[Paragraph]:
    """Divide a paragraph at its empty lines; its sources stay with every part."""
    row, version, declaration = opened(work, paragraph_id)
    first, *rest = text.split(row.says)
    if not rest:
        raise WrongMoment(
            "This paragraph has no empty line. Put one where it is to be divided, then divide it."
        )
    rows = declarations.paragraphs_of(work, version)
    place = _place(rows, row)
    row.says = first
    records.keep(work, row)
    parts = [_part(work, version, row, says) for says in rest]
    _lay(work, [*rows[: place + 1], *parts, *rows[place + 1 :]])
    _told(work, declaration, row, f"divided into {len(parts) + 1}")
    return [row, *parts]


def _part(work: Work, version: DeclarationVersion, row: Paragraph, says: str) -> Paragraph:
    part = Paragraph(
        declaration_version_id=version.id,
        position=_beyond(work, version),
        number=row.number,
        says=says,
        sources=list(row.sources),
    )
    return records.keep(work, part)


def move(work: Work, paragraph_id: str, *, up: bool) -> Paragraph:
    """Move a paragraph one place up or down; at the end of the paper it stays where it is."""
    row, version, declaration = opened(work, paragraph_id)
    rows = declarations.paragraphs_of(work, version)
    place = _place(rows, row)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _lay(work, rows)
        _told(work, declaration, row, "moved")
    return row


def number_it(work: Work, paragraph_id: str, *, numbered: bool) -> Paragraph:
    """Give a paragraph a number, or let it stand without one."""
    row, version, declaration = opened(work, paragraph_id)
    if (row.number is not None) is not numbered:
        row.number = 1 if numbered else None
        records.keep(work, row)
        _lay(work, declarations.paragraphs_of(work, version))
        _told(work, declaration, row, "numbered" if numbered else "without a number")
    return row


def number_again(work: Work, version_id: str) -> DeclarationVersion:
    """Number the paragraphs of a draft again from 1; those without a number stay without."""
    version, declaration = declarations.draft(work, version_id)
    _lay(work, declarations.paragraphs_of(work, version))
    work.record("declaration.changed", declaration, title=f"{declaration.title}, numbers")
    return version


@dataclass(frozen=True)
class Breaks:
    """What a paragraph's going would break: the paragraphs that refer to it, in words."""

    paragraph: Paragraph
    number: int | None
    referring: tuple[Paragraph, ...]
    exhibits: tuple[str, ...]  # labels that only this paragraph cites


def what_breaks(work: Work, paragraph_id: str) -> Breaks:
    """Say what would break if a paragraph were taken out; nothing is changed."""
    row, version, declaration = opened(work, paragraph_id)
    others = [each for each in declarations.paragraphs_of(work, version) if each.id != row.id]
    referring = tuple(each for each in others if row.name and row.name in _named(each.says, "para"))
    elsewhere = {name for each in others for name in _named(each.says, "ex")}
    alone = _named(row.says, "ex") - elsewhere
    labels = tuple(
        each.label
        for each in declaration_exhibits.exhibits_of(work, declaration.id)
        if (each.name or each.label.casefold()) in alone
    )
    return Breaks(row, row.number, referring, labels)


def _named(says: str, kind: str) -> set[str]:
    return {each.name for each in text.references(says) if each.kind == kind}


def take_out(work: Work, paragraph_id: str) -> Paragraph:
    """Take a paragraph out of a draft; it stays readable and can be put back."""
    row, version, declaration = opened(work, paragraph_id)
    if not row.removed:
        rows = declarations.paragraphs_of(work, version)
        _told(work, declaration, row, "taken out")
        _take_out(work, version, row)
        _lay(work, [each for each in rows if each.id != row.id])
    return row


def put_back(work: Work, paragraph_id: str) -> Paragraph:
    """Put a paragraph back that was taken out, at the end."""
    row, version, declaration = opened(work, paragraph_id)
    if row.removed:
        rows = declarations.paragraphs_of(work, version)
        if row.name in {each.name for each in rows}:
            row.name = ""
        row.removed = False
        records.keep(work, row)
        _lay(work, [*rows, row])
        _told(work, declaration, row, "put back")
    return row


def taken_out(work: Work, version: DeclarationVersion) -> list[Paragraph]:
    """Return the paragraphs that were taken out of a version that was opened."""
    return list(
        work.session.exec(
            select(Paragraph)
            .where(Paragraph.declaration_version_id == version.id, col(Paragraph.removed))
            .order_by(col(Paragraph.position))
        )
    )


def opened(work: Work, paragraph_id: str) -> tuple[Paragraph, DeclarationVersion, Declaration]:
    """Return a paragraph of a draft, with its version and declaration."""
    row = doors.open_door(work.session, work.actor, Paragraph, paragraph_id, Right.LOG, work.today)
    version, declaration = declarations.draft(work, row.declaration_version_id)
    return row, version, declaration


def _take_out(work: Work, version: DeclarationVersion, row: Paragraph) -> None:
    row.removed, row.position = True, _beyond(work, version)
    records.keep(work, row)


def _beyond(work: Work, version: DeclarationVersion) -> int:
    last = work.session.execute(
        sa.select(sa.func.max(col(Paragraph.position))).where(
            col(Paragraph.declaration_version_id) == version.id
        )
    ).scalar_one()
    return max(int(last or 0), TAKEN_OUT) + 1


def _place(rows: Sequence[Paragraph], row: Paragraph) -> int:
    for place, each in enumerate(rows):
        if each.id == row.id:
            return place
    raise NotFound  # it was taken out meanwhile


def _lay(work: Work, rows: Sequence[Paragraph]) -> None:
    """Lay the paragraphs in this order and number them; no place may be taken twice meanwhile."""
    work.session.flush()
    meant = list(zip(rows, range(1, len(rows) + 1), _numbers(rows), strict=True))
    moved = [each for each in meant if (each[0].position, each[0].number) != each[1:]]
    if not moved:
        return
    aside = 2 * TAKEN_OUT
    _put(work, [(row, aside + place, number) for row, place, number in moved], counted=True)
    _put(work, moved, counted=False)
    for row, _, _ in moved:
        work.session.refresh(row)


def _put(work: Work, meant: Sequence[tuple[Paragraph, int, int | None]], *, counted: bool) -> None:
    table: Any = Paragraph.__table__  # type: ignore[attr-defined]
    change = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("of_id"))
        .values(
            position=sa.bindparam("place"),
            number=sa.bindparam("its_number"),
            version=table.c.version + (1 if counted else 0),
        )
    )
    given = [{"of_id": row.id, "place": place, "its_number": n} for row, place, n in meant]
    work.session.connection().execute(change, given)


def _numbers(rows: Sequence[Paragraph]) -> list[int | None]:
    numbers: list[int | None] = []
    count = 0
    for each in rows:
        count += each.number is not None
        numbers.append(count if each.number is not None else None)
    return numbers


def _told(work: Work, declaration: Declaration, row: Paragraph, what: str) -> None:
    title = f"{declaration.title}, ¶ {row.position} {what}"
    work.record("declaration.changed", declaration, title=title)

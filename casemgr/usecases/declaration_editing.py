"""The order of a declaration: add, join, divide, move, number and take out paragraphs.

Numbers follow from the order: whatever is moved or added, the numbered paragraphs are 1, 2, 3 …
and those without a number stay without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.tables import Declaration, DeclarationVersion, Paragraph
from casemgr.domain import declaration_text as text
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.usecases import declaration_exhibits, declarations, records, translation_following
from casemgr.usecases.declaration_typing import LONGEST, opened, plain
from casemgr.usecases.declarations import MOST_PARAGRAPHS, TAKEN_OUT
from casemgr.usecases.work import Work


def add_below(
    work: Work,
    version_id: str,
    says: str,
    *,
    after_id: str | None = None,
    sources: Sequence[Mapping[str, str]] = (),
) -> Paragraph:
    """Add a numbered paragraph below another one, or at the end."""
    version, declaration = declarations.unfrozen(work, version_id)
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
    translation_following.join(work, version, first, row)
    first.says = text.joined(first.says, row.says)
    first.sources = [*first.sources, *(each for each in row.sources if each not in first.sources)]
    records.keep(work, first)
    _call_both(work, version, rows, first, row)
    _told(work, declaration, first, f"joined with ¶ {row.position}")
    _take_out(work, version, row)
    _lay(work, [each for each in rows if each.id != row.id])
    return first


def _call_both(
    work: Work,
    version: DeclarationVersion,
    rows: Sequence[Paragraph],
    first: Paragraph,
    second: Paragraph,
) -> None:
    """Let what pointed to the second point to the first."""
    if not second.name:
        return
    if not first.name:
        first.name, second.name = second.name, ""
        records.keep(work, second)
        records.keep(work, first)
        return
    names = second.name, first.name
    says = {each.id: text.renamed(each.says, "para", *names) for each in rows}
    changed = [each for each in rows if says[each.id] != each.says]
    translation_following.rename(
        work, version, {each.id: says[each.id] for each in changed}, *names
    )
    for each in changed:
        each.says = says[each.id]
        records.keep(work, each)


def split_paragraph(work: Work, paragraph_id: str) -> list[Paragraph]:
    """Divide a paragraph at its empty lines; its sources stay with every part."""
    row, version, declaration = opened(work, paragraph_id)
    parts = text.split(row.says)
    if len(parts) < 2:
        raise WrongMoment(
            "This paragraph has no empty line. Put one where it is to be divided, then divide it."
        )
    rows = declarations.paragraphs_of(work, version)
    place = _place(rows, row)
    row.says = parts[0]
    records.keep(work, row)
    added = [_part(work, version, row, says) for says in parts[1:]]
    _lay(work, [*rows[: place + 1], *added, *rows[place + 1 :]])
    _told(work, declaration, row, f"divided into {len(parts)}")
    return [row, *added]


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
    version, declaration = declarations.unfrozen(work, version_id)
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

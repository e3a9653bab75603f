"""A version of a declaration as the checks read it: the paper, and what the matter knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.tables import (
    Declaration,
    DeclarationVersion,
    Document,
    Lawsuit,
    Paragraph,
)
from casemgr.declarations import paper as shapes
from casemgr.declarations.paper import Finding, Severity
from casemgr.domain import declaration_text as text
from casemgr.domain.declaration_english import OPENING, State
from casemgr.domain.declaration_tables import parted
from casemgr.files.words import FileWords
from casemgr.letters.facts import DeclarationFacts
from casemgr.letters.facts import Paragraph as Printed
from casemgr.usecases import (
    declaration_content,
    declaration_exhibits,
    declaration_facts,
    declaration_record,
    exhibit_words,
    translations,
)
from casemgr.usecases.declaration_content import Attached, Content
from casemgr.usecases.work import Work

OATH = {
    "inside": "I declare under penalty of perjury that the foregoing is true and correct.",
    "outside": "I declare under penalty of perjury under the laws of the United States of America "
    "that the foregoing is true and correct.",
}


def paper_of(
    work: Work, declaration: Declaration, version: DeclarationVersion, content: Content
) -> shapes.Paper:
    """Return a version as the checks read a paper."""
    facts = content.facts
    lawsuit = work.session.get(Lawsuit, declaration.lawsuit_id or "")
    return shapes.Paper(
        court=lawsuit.court_id if lawsuit else None,
        docket_number=facts.caption.docket_number,
        title=facts.title,
        declarant=facts.declarant.name,
        opening=facts.opening,
        paragraphs=_paras(facts),
        exhibits=tuple(_exhibit(each, facts) for each in content.exhibits),
        jurat=shapes.Jurat(facts.jurat),
        jurat_text=OATH[facts.jurat],
        executed_on=version.executed_on,
        executed_at=version.executed_at,
        signed=version.signed,
        caption=_caption(facts),
        abroad=version.abroad,
        draft=not version.signed,
    )


def _paras(facts: DeclarationFacts) -> tuple[shapes.Para, ...]:
    found: list[shapes.Para] = []
    last: int | None = None
    for each in facts.paragraphs:
        after = last if each.number is None else None
        found.append(shapes.Para(each.number, text_of(each), after, each.heading or ""))
        last = each.number if each.number is not None else last
    return tuple(found)


def text_of(paragraph: Printed) -> str:
    """Return what a paragraph says with the cells of its table, each under what heads its column.

    >>> from casemgr.letters.facts import Table
    >>> days = Table(caption="Days", head=("Who", "Received"), rows=(("ICE", "May 3, 2010"),))
    >>> text_of(Printed(text="See below.", table=days)).splitlines()
    ['See below.', 'Who: ICE.', 'Received: May 3, 2010.']
    """
    if paragraph.table is None:
        return paragraph.text
    head = paragraph.table.head
    pairs = (pair for row in paragraph.table.rows for pair in zip(head, row, strict=True))
    return "\n".join([paragraph.text, *(f"{name}: {cell}." for name, cell in pairs if cell)])


def _exhibit(each: Attached, facts: DeclarationFacts) -> shapes.ExhibitLine:
    cites = (f"Ex. {each.label}", f"Exhibit {each.label}")
    texts = map(text_of, facts.paragraphs)
    place = next((n for n, text in enumerate(texts) if any(c in text for c in cites)), None)
    return shapes.ExhibitLine(each.label, each.title, place)


def _caption(facts: DeclarationFacts) -> shapes.Caption:
    caption = facts.caption
    sides = (caption.plaintiffs, caption.defendants)
    lines = [caption.court, caption.district, *(name for side in sides for name in side.names)]
    return shapes.Caption(
        text="\n".join([*lines, caption.docket_number]),
        parties=tuple(name for side in sides for name in side.names),
        docket_number=caption.docket_number,
    )


def record_of(
    work: Work,
    declaration: Declaration,
    version: DeclarationVersion,
    rows: Sequence[Paragraph],
    content: Content,
    paper: shapes.Paper,
) -> shapes.Record:
    """Return what the matter knows, to compare a version with."""
    return replace(
        declaration_record.record_of(work, declaration.matter_id, paper),
        exhibits=_known(work, content),
        changed=_changed(work, declaration, rows),
        english=_english(work, version, rows),
    )


def _known(work: Work, content: Content) -> tuple[shapes.KnownExhibit, ...]:
    wanted = [each.document_id for each in content.exhibits if each.document_id]
    found = work.session.execute(
        sa.select(col(Document.id), col(Document.dated_on)).where(col(Document.id).in_(wanted))
    )
    dated = {row[0]: row[1] for row in found}
    return tuple(
        _exhibit_known(exhibit_words.of(work, each), each, dated.get(each.document_id or ""))
        for each in content.exhibits
    )


def _exhibit_known(words: FileWords, each: Attached, on: date | None) -> shapes.KnownExhibit:
    return shapes.KnownExhibit(each.label, each.title, words.text, on, suspected=words.scanned)


def _changed(
    work: Work, declaration: Declaration, rows: Sequence[Paragraph]
) -> tuple[shapes.ChangedFact, ...]:
    if not any(source.get("sha256") for row in rows for source in row.sources):
        return ()
    known = declaration_facts.facts(work, declaration.matter_id)
    places = {row.id: place for place, row in enumerate(rows)}
    return tuple(
        shapes.ChangedFact(places[each.paragraph_id], each.called, parted(each.now)[0])
        for each in declaration_facts.stale(rows, known)
    )


def _english(
    work: Work, version: DeclarationVersion, rows: Sequence[Paragraph]
) -> tuple[shapes.EnglishMissed, ...]:
    wrong = translations.states(work, version)
    places: dict[str, int | None] = {row.id: place for place, row in enumerate(rows)}
    return tuple(
        shapes.EnglishMissed(place, wrong[name] is State.OLD)
        for name, place in ({OPENING: None} | places).items()
        if name in wrong
    )


def loose_references(
    work: Work, declaration: Declaration, version: DeclarationVersion, rows: Sequence[Paragraph]
) -> list[Finding]:
    """Return the references that point to nothing: on the paper they are words in brackets."""
    exhibits = declaration_exhibits.exhibits_of(work, declaration.id)
    names = declaration_content.names_of(rows, exhibits)
    row = translations.of(work, version)
    english = translations.english_of(row) if row is not None else {}
    return [
        _loose(place, of_it, each, f"{where}{each.written}")
        for place, of_it in enumerate(rows)
        for where, says in (("", of_it.says), ("In the English, ", english.get(of_it.id, "")))
        for each in text.broken(says, names)
    ]


def _loose(place: int, row: Paragraph, each: text.Reference, said: str) -> Finding:
    is_exhibit = each.kind == "ex"
    what = "exhibit is attached" if is_exhibit else "paragraph with a number is"
    return Finding(
        code="exhibit-missing" if is_exhibit else "cross-reference-broken",
        paragraph=row.number,
        after=None,
        severity=Severity.PROBLEM,
        says=f"{said} points to nothing: no {what} called “{each.name}”.",
        fix="Attach the exhibit." if is_exhibit else "Name the paragraph that is meant.",
        position=place,
    )

"""The English of a declaration in another language, and who certifies that it is right."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import DeclarationVersion, Paragraph, Translation
from casemgr.domain.access import Right
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Code, Day, Input, Name, Note, Printable
from casemgr.letters import facts as paper
from casemgr.usecases import declarations, records
from casemgr.usecases.litigation import Short
from casemgr.usecases.work import Work

# A language is named in English on the certificate; the oath of the first two is known.
LANGUAGES = {
    "ar": "Arabic", "es": "Spanish", "fr": "French", "gu": "Gujarati", "hi": "Hindi",
    "ht": "Haitian Creole", "ko": "Korean", "pa": "Punjabi", "pt": "Portuguese", "ru": "Russian",
    "tl": "Tagalog", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
OATH_KNOWN = frozenset({"es"})
NOT_YET = "[Not translated yet.]"
Says = Annotated[str, StringConstraints(max_length=20_000), Printable]


class EnglishInput(Input):
    """The English of one paragraph, which stays with it wherever it is moved."""

    paragraph_id: Code
    says: Says


class TranslationInput(Input):
    """The translation of one version, paragraph by paragraph, and the translator's certificate.

    `oath` is the oath in the language of the declaration, where we do not know it.
    """

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    oath: Annotated[str, StringConstraints(max_length=1000), Printable] = ""
    opening: Note = ""
    paragraphs: Annotated[list[EnglishInput], Field(max_length=1000)] = []
    translator: Name
    translator_address: Annotated[str, StringConstraints(max_length=500), Printable] = ""
    competence: Annotated[str, StringConstraints(min_length=10, max_length=2000), Printable]
    abroad: bool = False
    executed_on: Day | None = None
    executed_at: Short = ""


def write_translation(work: Work, version_id: str, given: TranslationInput) -> Translation:
    """Write the English of a version that is still a draft; one version has one translation."""
    version, declaration = declarations.unfrozen(work, version_id)
    _check(work, version, given)
    if of(work, version) is not None:
        raise WrongMoment("This version has a translation already. Change that one.")
    row = Translation(
        matter_id=declaration.matter_id,
        declaration_version_id=version.id,
        known_on=work.today,
        **given.model_dump(),
    )
    records.keep(work, row)
    work.record("declaration.translated", declaration, title=declaration.title)
    return row


def change_translation(
    work: Work, translation_id: str, given: TranslationInput, *, version: int | None = None
) -> Translation:
    """Change a translation while its version is a draft."""
    row = doors.open_door(
        work.session, work.actor, Translation, translation_id, Right.LOG, work.today
    )
    records.not_overtaken(row, version)
    of_it, declaration = declarations.unfrozen(work, row.declaration_version_id)
    _check(work, of_it, given)
    facts = given.model_dump()
    title = declaration.title
    records.assign(work, row, facts, "declaration.translated", about=declaration, title=title)
    return row


def copy(work: Work, last: DeclarationVersion, new: DeclarationVersion) -> None:
    """Give a new version the English of the last one; its certificate is to be signed again."""
    row = of(work, last)
    if row is not None:
        given = TranslationInput.model_validate(row, from_attributes=True)
        texts = english_of(row)
        pairs = zip(
            declarations.paragraphs_of(work, last),
            declarations.paragraphs_of(work, new),
            strict=True,
        )
        kept = [
            EnglishInput(paragraph_id=copied.id, says=texts[each.id])
            for each, copied in pairs
            if each.id in texts
        ]
        unsigned = given.model_copy(
            update={"executed_on": None, "executed_at": "", "paragraphs": kept}
        )
        english = Translation(
            matter_id=row.matter_id,
            declaration_version_id=new.id,
            known_on=work.today,
            **unsigned.model_dump(),
        )
        records.keep(work, english)


def join(work: Work, version: DeclarationVersion, first: Paragraph, second: Paragraph) -> None:
    """Join the English of two paragraphs, as the paragraphs themselves were joined."""
    row = of(work, version)
    texts = english_of(row) if row is not None else {}
    if row is None or second.id not in texts:
        return
    both = [texts.get(first.id, ""), texts.pop(second.id)]
    texts[first.id] = " ".join(each for each in both if each)
    row.paragraphs = [{"paragraph_id": of_it, "says": says} for of_it, says in texts.items()]
    records.keep(work, row)


def english_of(row: Translation) -> dict[str, str]:
    """Return the English of each paragraph, by the paragraph's code.

    >>> english_of(Translation(paragraphs=[{"paragraph_id": "PG-1", "says": "I asked."}]))
    {'PG-1': 'I asked.'}
    """
    return {each["paragraph_id"]: each["says"] for each in row.paragraphs}


def of(work: Work, version: DeclarationVersion) -> Translation | None:
    """Return the translation of a version on a matter the actor is on, or None."""
    matter = doors.matter_of(work.session, version)
    doors.matter(work.session, work.actor, matter, Right.READ, work.today)
    return work.session.exec(
        select(Translation).where(
            Translation.declaration_version_id == version.id,
            col(Translation.known_on) <= work.today,
        )
    ).one_or_none()


def with_translation(
    work: Work, version: DeclarationVersion, facts: paper.DeclarationFacts
) -> paper.DeclarationFacts:
    """Return the facts of a declaration with its language, its oath and its English."""
    row = of(work, version)
    if row is None:
        return facts
    texts = english_of(row)
    rows = declarations.paragraphs_of(work, version)
    english = tuple(
        replace(each, text=texts.get(of_it.id) or NOT_YET, notes=(), table=None, heading=None)
        for each, of_it in zip(facts.paragraphs, rows, strict=True)
    )
    lines = tuple(each.strip() for each in row.translator_address.splitlines() if each.strip())
    translation = paper.Translation(
        language=LANGUAGES[row.language],
        opening=row.opening or NOT_YET,
        paragraphs=english,
        translator=paper.Signer(name=row.translator, lines=lines),
        competence=row.competence,
        jurat="outside" if row.abroad else "inside",
        executed_on=row.executed_on,
        executed_at=row.executed_at or None,
    )
    return replace(facts, language=row.language, oath=row.oath or None, translation=translation)


def _check(work: Work, version: DeclarationVersion, given: TranslationInput) -> None:
    if given.language not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        raise Malformed({"language": f"We know these languages: {known}. Choose one of them."})
    if given.language not in OATH_KNOWN and not given.oath:
        raise Malformed(
            {
                "oath": f"We do not know the oath of 28 U.S.C. § 1746 in "
                f"{LANGUAGES[given.language]}. Give it as the declarant takes it."
            }
        )
    held = work.session.exec(
        select(Paragraph.id).where(Paragraph.declaration_version_id == version.id)
    )
    left = set(held)
    for at, each in enumerate(given.paragraphs, start=1):
        if each.paragraph_id not in left:
            raise Malformed(
                {
                    "paragraphs": f"Text {at} is the English of a paragraph that this version does "
                    "not have, or has twice. Give each of its paragraphs once, by its code."
                }
            )
        left.remove(each.paragraph_id)  # one paragraph has one English

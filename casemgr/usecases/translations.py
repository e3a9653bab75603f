"""The English of a declaration in another language, and who certifies that it is right.

English is right for the words it was made from: once those change it is old, until somebody
changes it too or says that it is still right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import DeclarationVersion, Paragraph, Translation
from casemgr.domain import declaration_english as english
from casemgr.domain import declaration_text as text
from casemgr.domain.access import Right
from casemgr.domain.declaration_english import OPENING, English, State
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Code, Day, Input, Name, Note, Printable
from casemgr.letters import facts as paper
from casemgr.usecases import declarations, records
from casemgr.usecases.declaration_typing import fingerprint
from casemgr.usecases.litigation import Short
from casemgr.usecases.printed_paragraphs import as_printed
from casemgr.usecases.work import Work

# A language is named in English on the certificate; the oath of the first two is known.
LANGUAGES = {
    "ar": "Arabic", "es": "Spanish", "fr": "French", "gu": "Gujarati", "hi": "Hindi",
    "ht": "Haitian Creole", "ko": "Korean", "pa": "Punjabi", "pt": "Portuguese", "ru": "Russian",
    "tl": "Tagalog", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
OATH_KNOWN = frozenset({"es"})
# How a declaration opens that was given no opening, in the languages whose oath is known.
OPENS = {"es": "Yo, {name}, declaro bajo pena de perjurio, conforme a 28 U.S.C. § 1746:"}
NOT_YET = "[Not translated yet.]"
Says = Annotated[str, StringConstraints(max_length=20_000), Printable]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Named = Annotated[
    str, StringConstraints(pattern=rf"^({OPENING}|[A-Za-z]{{1,4}}-[0-9A-Za-z]{{4,16}})$")
]
NOT_COLUMNS = {"seen", "still_right"}  # told with the English, and kept as `made_from`


class EnglishInput(Input):
    """The English of one paragraph, which stays with it wherever it is moved."""

    paragraph_id: Code
    says: Says


class TranslationInput(Input):
    """The translation of one version, paragraph by paragraph, and the translator's certificate.

    `oath` is the oath in the language of the declaration, where we do not know it. `still_right`
    names English that holds although its words changed: paragraphs by their codes, or `opening`.
    `seen` are the fingerprints of the words the translator had before them, by the same names;
    left out, they are the words as they stand.
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
    still_right: Annotated[list[Named], Field(max_length=1001)] = []
    seen: Annotated[dict[Named, Fingerprint], Field(max_length=1001)] = {}


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
        made_from=_made_from(work, version, English({}, {}), given),
        **given.model_dump(exclude=NOT_COLUMNS),
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
    made_from = _made_from(work, of_it, kept_of(row), given)
    facts = given.model_dump(exclude=NOT_COLUMNS)
    title = declaration.title
    told = records.assign(
        work, row, facts, "declaration.translated", about=declaration, title=title
    )
    if made_from != row.made_from:
        row.made_from = made_from
        records.keep(work, row)
        if not told:
            work.record("declaration.translated", declaration, title=title)
    return row


def copy(work: Work, last: DeclarationVersion, new: DeclarationVersion) -> None:
    """Give a new version the English of the last one; its certificate is to be signed again."""
    row = of(work, last)
    if row is not None:
        given = TranslationInput.model_validate(row, from_attributes=True)
        pairs = zip(
            declarations.paragraphs_of(work, last),
            declarations.paragraphs_of(work, new),
            strict=True,
        )
        now = {OPENING: OPENING} | {each.id: copied.id for each, copied in pairs}
        texts = {now[key]: says for key, says in english_of(row).items() if key in now}
        unsigned = given.model_copy(update={"executed_on": None, "executed_at": ""})
        again = Translation(
            matter_id=row.matter_id,
            declaration_version_id=new.id,
            known_on=work.today,
            made_from={now[key]: words for key, words in row.made_from.items() if key in now},
            **unsigned.model_dump(exclude={*NOT_COLUMNS, "paragraphs"}),
            paragraphs=listed(texts),
        )
        records.keep(work, again)


def states(work: Work, version: DeclarationVersion) -> dict[str, State]:
    """Return which English of a version is old or missing, by its paragraph or `opening`."""
    row = of(work, version)
    if row is None:
        return {}
    return english.states(
        kept_of(row), words_of(version, declarations.paragraphs_of(work, version))
    )


def words_of(version: DeclarationVersion, rows: Iterable[Paragraph]) -> dict[str, str]:
    """Return the fingerprints of the words that are to be translated, by their names."""
    return {OPENING: fingerprint(version.opening), **words_of_paragraphs(rows)}


def words_of_paragraphs(rows: Iterable[Paragraph]) -> dict[str, str]:
    """Return the fingerprint of what each paragraph says, by its code."""
    return {each.id: fingerprint(each.says) for each in rows}


def kept_of(row: Translation) -> English:
    """Return the English of a translation as it is kept, the opening's too."""
    return English({OPENING: row.opening, **english_of(row)}, row.made_from)


def listed(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the English of paragraphs as a translation keeps it."""
    return [{"paragraph_id": of_it, "says": says} for of_it, says in texts.items()]


def _made_from(
    work: Work, version: DeclarationVersion, kept: English, given: TranslationInput
) -> dict[str, str]:
    rows = work.session.exec(
        select(Paragraph).where(Paragraph.declaration_version_id == version.id)
    )
    seen = words_of(version, rows) | dict(given.seen)
    texts = {each.paragraph_id: each.says for each in given.paragraphs}
    return english.made_from(kept, {OPENING: given.opening, **texts}, seen, given.still_right)


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
    work: Work, version: DeclarationVersion, facts: paper.DeclarationFacts, names: text.Names
) -> paper.DeclarationFacts:
    """Return the facts of a declaration with its language, its oath and its English."""
    row = of(work, version)
    if row is None:
        return facts
    texts = english_of(row)
    rows = declarations.paragraphs_of(work, version)
    paragraphs = tuple(
        as_printed(texts.get(each.id) or NOT_YET, names, number=each.number) for each in rows
    )
    lines = tuple(each.strip() for each in row.translator_address.splitlines() if each.strip())
    translation = paper.Translation(
        language=LANGUAGES[row.language],
        opening=text.printed(row.opening, names) or NOT_YET,
        paragraphs=paragraphs,
        translator=paper.Signer(name=row.translator, lines=lines),
        competence=row.competence,
        jurat="outside" if row.abroad else "inside",
        executed_on=row.executed_on,
        executed_at=row.executed_at or None,
    )
    own = OPENS.get(row.language) if not version.opening else None
    return replace(
        facts,
        language=row.language,
        oath=row.oath or None,
        opening=own.format(name=facts.declarant.name) if own else facts.opening,
        translation=translation,
    )


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

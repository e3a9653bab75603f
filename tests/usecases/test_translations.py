"""A declaration in another language: its oath, its English, and who certifies it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from casemgr.db.session import transaction
from casemgr.db.tables import DeclarationVersion, Translation
from casemgr.domain.words import PartyRole
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.letters.facts import DeclarationFacts
from casemgr.usecases import (
    declaration_checks,
    declaration_content,
    declaration_editing,
    declaration_sign_off,
    declaration_typing,
    declaration_versions,
    declarations,
    translations,
)
from casemgr.usecases.translations import EnglishInput, TranslationInput
from casemgr.usecases.work import Work
from tests import makes

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIRST = "I work for the network."
GIVEN = TranslationInput(
    language="es",
    opening="I, Rosa Alvarez, declare:",
    translator="Ben Iyer",
    translator_address="1 Main Street\nNew York, NY",
    competence="I read and write Spanish and English.",
)


class Desk:
    """A declaration of two paragraphs, and whoever works on it."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            matter = makes.make_matter(session, self.cast.sam)
            lawsuit = makes.make_lawsuit(session, matter)
            makes.make_party(session, lawsuit)
            makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
            says = ("Trabajo para la red.", "Pedí las cartas.")
            self.row, self.version = makes.make_declaration(
                session, matter, says, lawsuit_id=lawsuit.id
            )

    def work(self, name: str = "sam") -> AbstractContextManager[Work]:
        return self.desk.work(makes.actor_of(getattr(self.cast, name)))

    def english(self, *says: str) -> TranslationInput:
        """Return the translation with the English of as many paragraphs, in order."""
        with self.work() as work:
            rows = declarations.paragraphs_of(work, self.version)
        pairs = zip(rows, says, strict=False)
        texts = [EnglishInput(paragraph_id=row.id, says=text) for row, text in pairs]
        return GIVEN.model_copy(update={"paragraphs": texts})

    def printed(self) -> list[tuple[int | None, str]]:
        translation = self.facts().translation
        assert translation is not None
        return [(each.number, each.text) for each in translation.paragraphs]

    def write(self, given: TranslationInput | None = None, name: str = "sam") -> Translation:
        given = given or self.english(FIRST)
        with self.work(name) as work:
            return translations.write_translation(work, self.version.id, given)

    def change(self, more: TranslationInput, **fields: object) -> None:
        with self.work() as work:
            version = work.session.get_one(DeclarationVersion, self.version.id)
            row = translations.of(work, version)
            assert row is not None
            given = more.model_copy(update=fields)
            translations.change_translation(work, row.id, given, version=row.version)

    def type(self, place: int, says: str, name: str | None = None) -> None:
        """Type other words into a paragraph, counted from 0, as the editor keeps them."""
        with self.work() as work:
            row = declarations.paragraphs_of(work, self.version)[place]
            was = declaration_typing.fingerprint(row.says)
            typed = declaration_typing.Typed(says, was, name)
            declaration_typing.keep_one(work, row.id, typed)

    def told(self) -> list[tuple[str, int | None]]:
        """Return what the checks say of the English, with the paragraph; None for the opening."""
        with self.work() as work:
            version = work.session.get_one(DeclarationVersion, self.version.id)
            found = declaration_checks.look(work, self.row, version)
        codes = {"stale-translation", "not-translated", "cross-reference-broken"}
        return [(f.code, f.paragraph) for f in (e.finding for e in found) if f.code in codes]

    def facts(self) -> DeclarationFacts:
        with self.work() as work:
            version = work.session.get_one(DeclarationVersion, self.version.id)
            return declaration_content.live(work, self.row, version).facts


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)


@on_sqlite
def test_the_paper_carries_its_english_and_what_is_not_translated_yet_says_so(desk: Desk) -> None:
    assert (desk.facts().language, desk.facts().translation) == ("en", None)
    row = desk.write()
    facts = desk.facts()
    assert facts.language == "es"
    assert facts.translation is not None
    assert facts.translation.language == "Spanish"
    assert facts.opening.startswith("Yo, Rosa Alvarez, declaro bajo pena de perjurio")
    assert desk.printed() == [(1, FIRST), (2, "[Not translated yet.]")]
    assert facts.translation.translator.lines == ("1 Main Street", "New York, NY")
    with pytest.raises(WrongMoment, match="has a translation already"):
        desk.write()
    more = desk.english("I work for it.", "I asked for them.")
    with desk.work() as work:
        translations.change_translation(work, row.id, more, version=1)
    assert desk.printed() == [(1, "I work for it."), (2, "I asked for them.")]


@on_sqlite
def test_a_paragraph_takes_its_english_along_when_it_is_moved_or_joined(desk: Desk) -> None:
    desk.write(desk.english(FIRST, "I asked for the letters."))
    with desk.work() as work:
        second = declarations.paragraphs_of(work, desk.version)[1]
        declaration_editing.move(work, second.id, up=True)
    assert desk.printed() == [(1, "I asked for the letters."), (2, FIRST)]
    with desk.work() as work:
        last = declarations.paragraphs_of(work, desk.version)[1]
        declaration_editing.join_with_previous(work, last.id)
    assert desk.printed() == [(1, f"I asked for the letters. {FIRST}")]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"language": "xx"}, "We know these languages"),
        ({"language": "ko"}, "the oath of 28 U.S.C. § 1746 in Korean"),
        (
            {"paragraphs": [EnglishInput(paragraph_id="PG-0000000000", says="One.")]},
            "a paragraph that this version does not have",
        ),
    ],
)
@on_sqlite
def test_a_translation_that_does_not_fit_is_refused(
    desk: Desk, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(Malformed, match=says):
        desk.write(GIVEN.model_copy(update=changes))


@on_sqlite
def test_a_frozen_version_takes_no_translation_and_a_stranger_writes_none(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.write(name="eve")
    with desk.work() as work:
        work.session.get_one(DeclarationVersion, desk.version.id).frozen = True
    with pytest.raises(WrongMoment):
        desk.write()


@on_sqlite
def test_a_new_version_keeps_the_english_and_asks_for_a_new_signature(desk: Desk) -> None:
    signed = {"executed_on": makes.EARLIER, "executed_at": "Albany"}
    desk.write(desk.english(FIRST).model_copy(update=signed))
    with desk.work() as work:
        new = declaration_versions.begin_again(work, desk.row.id)
        row = translations.of(work, new)
        assert row is not None
        first = declarations.paragraphs_of(work, new)[0]
        assert translations.english_of(row) == {first.id: FIRST}
        assert (row.executed_on, row.executed_at) == (None, "")


BOTH = (FIRST, "I asked for the letters.")


@on_sqlite
def test_english_is_old_once_its_paragraph_changed_and_stops_the_sign_off(desk: Desk) -> None:
    desk.write(desk.english(*BOTH))
    assert desk.told() == []
    desk.type(1, "Pedí las cartas dos veces.")
    assert desk.told() == [("stale-translation", 2)]
    with desk.work() as work:
        version = work.session.get_one(DeclarationVersion, desk.version.id)
        now = declaration_sign_off.standing(work, desk.row, version)
    assert not now.ready
    assert "1 problem left" in now.lines[0].todo
    desk.change(desk.english(*BOTH))  # saved again as it was: nobody compared it
    assert desk.told() == [("stale-translation", 2)]
    desk.change(desk.english(FIRST, "I asked for the letters twice."))
    assert desk.told() == []


@on_sqlite
def test_english_that_is_said_to_be_still_right_holds_for_the_words_that_were_seen(
    desk: Desk,
) -> None:
    desk.write(desk.english(*BOTH))
    desk.type(0, "Yo trabajo para la red.")
    with desk.work() as work:
        first = declarations.paragraphs_of(work, desk.version)[0]
        seen = {first.id: declaration_typing.fingerprint(first.says)}
    desk.change(desk.english(*BOTH), still_right=[first.id])
    assert desk.told() == []
    desk.type(0, "No trabajo para la red.")  # meanwhile, while the page still shows the old words
    desk.change(desk.english(*BOTH), still_right=[first.id], seen=seen)
    assert desk.told() == [("stale-translation", 1)]


@on_sqlite
def test_what_has_no_english_is_told_and_so_is_an_opening_that_changed(desk: Desk) -> None:
    desk.write(desk.english(FIRST).model_copy(update={"opening": ""}))
    assert desk.told() == [("not-translated", 2), ("not-translated", None)]
    desk.change(desk.english(*BOTH))
    assert desk.told() == []
    with desk.work() as work:
        opening = declaration_typing.Typed("Yo, Rosa, declaro:", declaration_typing.fingerprint(""))
        declaration_typing.keep_typed(work, desk.version.id, {}, opening=opening)
    assert desk.told() == [("stale-translation", None)]


@on_sqlite
def test_english_stays_right_when_right_paragraphs_are_joined_and_references_renamed(
    desk: Desk,
) -> None:
    desk.type(0, "Véase {para:cartas}.", name="red")
    desk.type(1, "Pedí las cartas.", name="cartas")
    desk.write(desk.english("See {para:cartas}.", "I asked for the letters."))
    assert desk.printed()[0] == (1, "See 2.")
    with desk.work() as work:
        last = declarations.paragraphs_of(work, desk.version)[1]
        declaration_editing.join_with_previous(work, last.id)
    assert desk.printed() == [(1, "See 1. I asked for the letters.")]
    assert desk.told() == []


@on_sqlite
def test_english_of_a_joined_paragraph_is_old_where_one_half_was(desk: Desk) -> None:
    desk.write(desk.english(*BOTH))
    desk.type(1, "Pedí las cartas dos veces.")
    with desk.work() as work:
        last = declarations.paragraphs_of(work, desk.version)[1]
        declaration_editing.join_with_previous(work, last.id)
    assert desk.told() == [("stale-translation", 1)]


@on_sqlite
def test_a_reference_in_the_english_that_points_to_nothing_is_told(desk: Desk) -> None:
    desk.write(desk.english(FIRST, "See {para:letters}."))
    assert desk.told() == [("cross-reference-broken", 2)]


@on_sqlite
def test_a_new_version_knows_which_english_is_old(desk: Desk) -> None:
    desk.write(desk.english(*BOTH))
    desk.type(0, "Yo trabajo para la red.")
    with desk.work() as work:
        desk.version = declaration_versions.begin_again(work, desk.row.id)
    assert desk.told() == [("stale-translation", 1)]

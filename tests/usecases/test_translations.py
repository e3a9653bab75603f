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
from casemgr.usecases import declaration_content, declaration_versions, translations
from casemgr.usecases.translations import TranslationInput
from casemgr.usecases.work import Work
from tests import makes

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GIVEN = TranslationInput(
    language="es",
    opening="I, Rosa Alvarez, declare:",
    paragraphs=["I work for the network."],
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

    def write(self, given: TranslationInput = GIVEN, name: str = "sam") -> Translation:
        with self.work(name) as work:
            return translations.write_translation(work, self.version.id, given)

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
    assert [(each.number, each.text) for each in facts.translation.paragraphs] == [
        (1, "I work for the network."),
        (2, "[Not translated yet.]"),
    ]
    assert facts.translation.translator.lines == ("1 Main Street", "New York, NY")
    with pytest.raises(WrongMoment, match="has a translation already"):
        desk.write()
    more = GIVEN.model_copy(update={"paragraphs": ["I work for it.", "I asked for them."]})
    with desk.work() as work:
        translations.change_translation(work, row.id, more, version=1)
    translation = desk.facts().translation
    assert translation is not None
    assert [each.text for each in translation.paragraphs] == more.paragraphs


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"language": "xx"}, "We know these languages"),
        ({"language": "ko"}, "the oath of 28 U.S.C. § 1746 in Korean"),
        ({"paragraphs": ["One.", "Two.", "Three."]}, "The version has 2 paragraphs"),
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
    desk.write(GIVEN.model_copy(update={"executed_on": makes.EARLIER, "executed_at": "Albany"}))
    with desk.work() as work:
        new = declaration_versions.begin_again(work, desk.row.id)
        row = translations.of(work, new)
        assert row is not None
        assert row.paragraphs == GIVEN.paragraphs
        assert (row.executed_on, row.executed_at) == (None, "")

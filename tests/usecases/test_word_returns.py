"""A declaration edited in Word comes back: compared, accepted in parts, and never by itself."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from casemgr.db.session import transaction
from casemgr.db.tables import Document, Exhibit, Person
from casemgr.domain.words import PartyRole
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.files.kinds import Upload
from casemgr.usecases import declarations, word_returns
from casemgr.usecases.declaration_versions import begin_again
from casemgr.usecases.letters import Opens
from casemgr.usecases.word_returns import Comparison
from casemgr.usecases.work import Work
from tests import makes
from tests.letters.word_files import a_word_file, line

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TABLE = "\nTable: Calls\n| Day | Who |\n| Monday | ICE |"  # stays ours: it is not read from Word
SAYS = (
    f"I am the records manager of the Night Schools Network.{TABLE}",
    f"I wrote the request in January. See {{Ex:letter}}.{TABLE}",
    "I called twice.",
)
BACK = (
    line("I am the records manager of the Night Schools Network."),
    line("I wrote the request in February. See Ex. A."),
    line("I keep its files, and I looked through all of them."),
)


class Desk:
    """A declaration of three paragraphs with an exhibit, and its file back from Word."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            matter = makes.make_matter(session, self.cast.sam, self.cast.mira)
            lawsuit = makes.make_lawsuit(session, matter)
            makes.make_party(session, lawsuit)
            makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
            row, self.version = makes.make_declaration(session, matter, SAYS, lawsuit_id=lawsuit.id)
            session.add(Exhibit(declaration_id=row.id, label="A", name="letter", title="Letter"))
            self.id = row.id

    def work(self, person: Person) -> AbstractContextManager[Work]:
        return self.desk.work(makes.actor_of(person))

    def opens(self, person: Person | None = None) -> Opens:
        actor = makes.actor_of(person or self.cast.sam)

        def opened(*, reads_only: bool = False) -> AbstractContextManager[Work]:
            return self.desk.work(actor, reads_only=reads_only)

        return opened

    def bring(self, data: bytes, person: Person | None = None, name: str = "d.docx") -> Document:
        with self.work(person or self.cast.sam) as work:
            return word_returns.take_back(work, self.id, self.desk.store, Upload(name, data))

    def look(self, document: Document, person: Person | None = None) -> Comparison:
        return word_returns.look(self.opens(person), self.desk.store, self.id, document.id)

    def accept(self, document: Document, seen: Comparison, *places: int) -> None:
        word_returns.accept(
            self.opens(), self.desk.store, self.id, document.id, frozenset(places),
            fingerprint=seen.fingerprint,
        )  # fmt: skip

    def says(self) -> list[tuple[int | None, str]]:
        with self.work(self.cast.sam) as work:
            version = declarations.newest(work, self.id)
            assert version is not None
            return [(p.number, p.says) for p in declarations.paragraphs_of(work, version)]


WORD_FILE = a_word_file(*BACK, more={"word/settings.xml": b"<x/>"})


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)


@on_sqlite
def test_each_change_is_accepted_or_refused_by_itself(desk: Desk) -> None:
    document = desk.bring(WORD_FILE)
    assert desk.says() == list(enumerate(SAYS, 1))  # bringing it changes nothing
    seen = desk.look(document)
    assert [(each.place, each.row.how) for each in seen.changes] == [
        (1, "same"),
        (2, "changed"),
        (3, "removed"),
        (4, "added"),
    ]
    with pytest.raises(Malformed, match="Nothing was accepted"):
        desk.accept(document, seen)
    desk.accept(document, seen, 2, 4)
    assert desk.says() == [
        (1, SAYS[0]),
        (2, f"I wrote the request in February. See {{Ex:letter}}.{TABLE}"),
        (3, SAYS[2]),
        (4, "I keep its files, and I looked through all of them."),
    ]
    with pytest.raises(WrongMoment, match="changed since you compared it"):
        desk.accept(document, seen, 3)
    again = desk.look(document)
    assert [each.row.how for each in again.open] == ["removed"]
    desk.accept(document, again, again.open[0].place)
    assert [number for number, _ in desk.says()] == [1, 2, 3]
    assert SAYS[2] not in [says for _, says in desk.says()]


@on_sqlite
def test_what_was_accepted_and_refused_stays_readable(desk: Desk) -> None:
    document = desk.bring(WORD_FILE)
    desk.accept(document, desk.look(document), 2)
    with desk.work(desk.cast.mira) as work:
        first = work.session.get_one(type(desk.version), desk.version.id)
        assert [p.says for p in declarations.paragraphs_of(work, first)] == list(SAYS)
        assert work.session.get_one(Document, document.id).sha256 is not None


@on_sqlite
def test_only_who_is_on_the_matter_brings_and_sees_it(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.bring(WORD_FILE, desk.cast.eve)
    document = desk.bring(WORD_FILE)
    with pytest.raises(NotFound):
        desk.look(document, desk.cast.eve)
    with pytest.raises(Malformed, match="docx"):
        desk.bring(b"Dear Sir", name="d.txt")
    with desk.work(desk.cast.sam) as work:
        begin_again(work, desk.id)
    with desk.work(desk.cast.sam) as work:
        matter = work.session.get_one(makes.tables.Matter, document.matter_id)
        other = makes.make_document(work.session, matter)
    with pytest.raises(NotFound):
        desk.look(other)

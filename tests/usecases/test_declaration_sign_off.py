"""A declaration from the record to the court: sources, checks, reasons, sign-off, filing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from casemgr.db.session import transaction
from casemgr.db.tables import (
    Deadline,
    DocketEntry,
    Document,
    Event,
    Paragraph,
    Party,
    Person,
    Track,
)
from casemgr.declarations.paper import Fix
from casemgr.domain.words import EventKind, Frozen, Lettering, PartyRole
from casemgr.errors import Malformed, Refused, WrongMoment
from casemgr.usecases import (
    clock,
    declaration_checks,
    declaration_content,
    declaration_editing,
    declaration_facts,
    declaration_sign_off,
    declaration_signing,
    declaration_typing,
    declaration_versions,
    declarations,
)
from casemgr.usecases.declaration_checks import AcceptInput, Found, mended
from casemgr.usecases.declaration_sign_off import SignOffInput
from casemgr.usecases.declaration_signing import FiledInput, SignedInput
from casemgr.usecases.declaration_typing import Typed, fingerprint
from casemgr.usecases.declaration_versions import WitnessRead
from casemgr.usecases.work import Work
from tests import makes

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SAYS = (
    "I keep the records of the Night Schools Network, and say this from my own knowledge.",
    "On February 3, 2010, I wrote the request.",
)


class Desk:
    """A declaration in a lawsuit, a request whose sending is on file, and a document."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            matter = makes.make_matter(session, self.cast.ada, self.cast.sam, self.cast.mira)
            lawsuit = makes.make_lawsuit(session, matter)
            self.party = makes.make_party(session, lawsuit).id
            makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
            track = makes.make_track(session, makes.make_request(session, matter))
            self.track_id = track.id
            self.sent = makes.make_event(session, track).id
            makes.make_event(
                session, track, EventKind.CALL, date(2010, 3, 1), with_whom="Officer Lee"
            )
            sha256 = "5" * 64
            makes.make_letter(session, matter, sha256)
            document = makes.make_document(session, matter, sha256=sha256)
            row, version = makes.make_declaration(
                session, matter, SAYS, lawsuit_id=lawsuit.id, lettering=Lettering.FIRST_MENTION
            )
            self.id, self.version_id, self.matter_id = row.id, version.id, matter.id
            self.document, self.lawsuit_id = document.id, lawsuit.id

    def work(self, person: Person | None = None) -> AbstractContextManager[Work]:
        return self.desk.work(makes.actor_of(person or self.cast.sam))

    def found(self, work: Work) -> list[Found]:
        version, declaration = declaration_versions.opened(work, self.version_id)
        return declaration_checks.look(work, declaration, version)

    def rows(self, work: Work) -> list[Paragraph]:
        last = declarations.newest(work, self.id)
        assert last is not None
        return declarations.paragraphs_of(work, last)

    def read(self, work: Work) -> str:
        version, declaration = declaration_versions.opened(work, self.version_id)
        return declaration_content.of(work, declaration, version).fingerprint

    def let_stand(self) -> None:
        """Let every finding stand, by Mira's word."""
        with self.work(self.cast.mira) as work:
            for each in self.found(work):
                given = AcceptInput(sha256=each.sha256, because="Looked at it.")
                declaration_checks.accept(work, self.version_id, given)

    def sign_off(self) -> None:
        self.let_stand()
        with self.work(self.cast.mira) as work:
            given = SignOffInput(fingerprint=self.read(work))
            declaration_sign_off.sign_off(work, self.version_id, given)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(engine, tmp_path)
    yield made
    made.desk.engine.dispose()


@on_sqlite
def test_facts_become_sentences_with_their_sources_and_documents_become_exhibits(
    desk: Desk,
) -> None:
    with desk.work() as work:
        known = declaration_facts.facts(work, desk.matter_id)
        says = [each.says for each in known.values()]
        assert "On February 3, 2010, the request was sent to The ICE." in says
        assert "On March 1, 2010, there was a telephone call with Officer Lee of The ICE." in says
        first = desk.rows(work)[0].id
        keys = [f"event:{desk.sent}", f"document:{desk.document}"]
        declaration_facts.insert(work, desk.version_id, keys, after_id=first)

        _, _, facts = declaration_content.to_print(work, desk.id)
        assert [(each.number, each.text[:72]) for each in facts.paragraphs][1:3] == [
            (2, "On February 3, 2010, the request was sent to The ICE."),
            (3, "Attached as Ex. A is a true and correct copy of Letter of the state's se"),
        ]
        assert [each.sources[0]["kind"] for each in desk.rows(work) if each.sources] == [
            "event",
            "document",
        ]
        with pytest.raises(Malformed, match="no such fact"):
            declaration_facts.insert(work, desk.version_id, ["event:E-0000000000"])


@on_sqlite
def test_the_delay_of_every_component_is_a_table_and_stale_once_a_clock_changed(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        track = session.get_one(Track, desk.track_id)
        makes.make_event(session, track, EventKind.RECEIVED, date(2010, 2, 4))
    with desk.work() as work:
        clock.project_track(work, desk.track_id, because="the test began")
        [table] = [
            each
            for each in declaration_facts.facts(work, desk.matter_id).values()
            if each.kind == "chronology"
        ]
        declaration_facts.insert(work, desk.version_id, [table.key])
        printed = declaration_content.to_print(work, desk.id)[2].paragraphs[-1]
        assert printed.text.startswith("The table below states, for each component that has")
        assert "|" not in printed.text
        assert printed.table is not None
        assert printed.table.head == (
            "Component", "Sent", "Received", "Due", "Decided", "Days late",
        )  # fmt: skip
        assert printed.table.rows == (
            ("ICE", "February 3, 2010", "February 4, 2010", "March 5, 2010",
             "Not by October 29, 2010", "238"),
        )  # fmt: skip
        assert desk.rows(work)[-1].sources == [table.source]
        assert not [each for each in desk.found(work) if each.finding.code == "stale-fact"]
    with transaction(desk.desk.engine) as session:
        track = session.get_one(Track, desk.track_id)
        makes.make_event(session, track, EventKind.DETERMINATION, date(2010, 4, 1))
    with desk.work() as work:
        [stale] = [each for each in desk.found(work) if each.finding.code == "stale-fact"]
        assert stale.finding.says.startswith("delay on the request of February 3, 2010 was changed")
        assert "|" not in stale.finding.says
        table = declaration_facts.facts(work, desk.matter_id)[table.key]
        assert "| April 1, 2010 | 27 |" in table.says


@on_sqlite
def test_a_paragraph_is_stale_once_its_fact_was_changed_or_taken_back(desk: Desk) -> None:
    with desk.work() as work:
        declaration_facts.insert(work, desk.version_id, [f"event:{desk.sent}"])
        assert not [each for each in desk.found(work) if each.finding.code == "stale-fact"]
    with transaction(desk.desk.engine) as session:
        session.get_one(Event, desk.sent).happened_on = date(2010, 2, 4)

    with desk.work() as work:
        row = desk.rows(work)[-1]
        [stale] = [each for each in desk.found(work) if each.finding.code == "stale-fact"]
        assert stale.paragraph_id == row.id
        assert stale.is_problem
        declaration_facts.set_sources(work, row.id, [f"event:{desk.sent}"])
        assert not [each for each in desk.found(work) if each.finding.code == "stale-fact"]
    with transaction(desk.desk.engine) as session:
        session.get_one(Event, desk.sent).withdrawn_on = makes.TODAY
    with desk.work() as work:
        assert [each for each in desk.found(work) if each.finding.code == "stale-fact"]


@on_sqlite
def test_a_reference_to_nothing_is_a_problem_and_an_attorney_alone_lets_a_problem_stand(
    desk: Desk,
) -> None:
    with desk.work() as work:
        row = desk.rows(work)[1]
        typed = Typed("See {Ex:lost}.", fingerprint(row.says))
        declaration_typing.keep_one(work, row.id, typed)
        [found] = [each for each in desk.found(work) if each.finding.code == "exhibit-missing"]
        given = AcceptInput(sha256=found.sha256, because="It comes tomorrow.")

    with pytest.raises(Refused), desk.work() as work:
        declaration_checks.accept(work, desk.version_id, given)
    with desk.work(desk.cast.mira) as work:
        note = declaration_checks.accept(work, desk.version_id, given)
        assert [each.open for each in desk.found(work) if each.sha256 == given.sha256] == [False]
        declaration_editing.add_below(work, desk.version_id, "New.", after_id=None)
        first = desk.rows(work)[0].id
        declaration_editing.move(work, first, up=False)
        assert [each.open for each in desk.found(work) if each.sha256 == given.sha256] == [False]
        declaration_checks.take_back(work, note.id)
        assert [each.open for each in desk.found(work) if each.sha256 == given.sha256] == [True]


def test_a_fix_is_made_in_what_was_typed_where_it_was_printed() -> None:
    typed = "See {Ex:a}: 8 U.S.C 1, then 8 U.S.C 2."
    printed = "See Ex. A: 8 U.S.C 1, then 8 U.S.C 2."
    second = printed.index("U.S.C 2")

    fix = Fix(0, second, second + 5, "U.S.C", "U.S.C.")
    assert mended(typed, printed, fix) == "See {Ex:a}: 8 U.S.C 1, then 8 U.S.C. 2."
    hidden = Fix(0, 4, 9, "Ex. A", "Exhibit A")
    assert mended(typed, printed, hidden) is None
    assert mended(typed, printed, Fix(0, 0, 3, "U.S", "X")) is None


def test_a_sign_off_is_refused_until_everything_holds_and_is_an_attorneys(desk: Desk) -> None:
    with desk.work() as work:
        empty = declaration_editing.add_below(work, desk.version_id, "")
        version, declaration = declaration_versions.opened(work, desk.version_id)
        assert not declaration_sign_off.standing(work, declaration, version).ready
        given = SignOffInput(fingerprint=desk.read(work))
    with pytest.raises(Refused), desk.work() as work:
        declaration_sign_off.sign_off(work, desk.version_id, given)
    desk.let_stand()
    with pytest.raises(Malformed, match="A paragraph is empty"), desk.work(desk.cast.mira) as work:
        declaration_sign_off.sign_off(work, desk.version_id, given)
    with desk.work() as work:
        declaration_editing.take_out(work, empty.id)
    desk.let_stand()
    with pytest.raises(WrongMoment, match="not what you read"), desk.work(desk.cast.mira) as work:
        declaration_sign_off.sign_off(work, desk.version_id, given)

    desk.sign_off()

    with desk.work() as work:
        version, declaration = declaration_versions.opened(work, desk.version_id)
        now = declaration_sign_off.standing(work, declaration, version)
        assert now.counts
        assert version.frozen_because is Frozen.SIGNED_OFF
        assert declaration_content.mark(work, version) == ""


@on_sqlite
def test_a_changed_byte_anywhere_makes_the_sign_off_count_no_more(desk: Desk) -> None:
    desk.sign_off()

    def counts() -> bool:
        with desk.work() as work:
            version, declaration = declaration_versions.opened(work, desk.version_id)
            return declaration_sign_off.standing(work, declaration, version).counts

    assert counts()
    with transaction(desk.desk.engine) as session:
        session.get_one(Party, desk.party).name = "Rosa Alvarezz"
    assert not counts()
    with pytest.raises(WrongMoment, match="does not count"), desk.work() as work:
        signed = SignedInput(document_id=desk.document, executed_on=makes.TODAY)
        declaration_signing.keep_signed(work, desk.version_id, signed)
    with transaction(desk.desk.engine) as session:
        session.get_one(Party, desk.party).name = "Rosa Alvarez"
    assert counts()


@on_sqlite
def test_a_new_version_takes_the_sign_off_back_and_says_so(desk: Desk) -> None:
    desk.sign_off()

    with desk.work() as work:
        declaration_versions.begin_again(work, desk.id)

    with desk.work() as work:
        version, declaration = declaration_versions.opened(work, desk.version_id)
        assert declaration_content.standing_sign_off(work, version.id) is None
        newest = declarations.newest(work, desk.id)
        assert newest is not None
        now = declaration_sign_off.standing(work, declaration, newest)
        assert [each.open for each in now.found] == [False] * len(now.found)
    with pytest.raises(WrongMoment, match="newer version"), desk.work(desk.cast.mira) as work:
        given = SignOffInput(fingerprint=desk.read(work))
        declaration_sign_off.sign_off(work, desk.version_id, given)


def test_the_signed_pages_are_kept_and_the_filing_opens_its_dates(desk: Desk) -> None:
    signed = SignedInput(document_id=desk.document, executed_on=makes.TODAY, executed_at="New York")
    with pytest.raises(WrongMoment, match="not signed off"), desk.work() as work:
        declaration_signing.keep_signed(work, desk.version_id, signed)
    desk.sign_off()
    with pytest.raises(WrongMoment, match="not signed yet"), desk.work() as work:
        filed = FiledInput(filed_on=makes.TODAY, number=14)
        declaration_signing.record_filing(work, desk.version_id, filed)

    with desk.work() as work:
        declaration_versions.record_reading(work, desk.version_id, WitnessRead(read_on=makes.TODAY))
        declaration_signing.keep_signed(work, desk.version_id, signed)
        with pytest.raises(Malformed, match="The end comes last"):
            declaration_signing.record_filing(
                work, desk.version_id, FiledInput(filed_on=date(2010, 10, 1))
            )
        declaration_signing.record_filing(work, desk.version_id, filed)
    with pytest.raises(WrongMoment, match="on the docket already"), desk.work() as work:
        declaration_signing.record_filing(work, desk.version_id, filed)

    with transaction(desk.desk.engine) as session:
        entry = session.exec(select(DocketEntry).where(col(DocketEntry.number) == 14)).one()
        assert entry.says == "Declaration of Rosa Alvarez."
        assert entry.document_id == desk.document
        assert session.get_one(Document, desk.document).matter_id == desk.matter_id
        assert session.exec(select(Deadline)).all() is not None
    with desk.work() as work:
        version, declaration = declaration_versions.opened(work, desk.version_id)
        assert declaration_sign_off.standing(work, declaration, version).counts

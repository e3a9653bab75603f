"""The office's own templates: written by one, tried on a real paper, approved by another."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Letter, OfficeTemplate, Person
from casemgr.domain.words import PartyRole
from casemgr.errors import Malformed, NotFound, NotRendered, Refused, WrongMoment
from casemgr.letters.shelf import our_templates
from casemgr.usecases import letters, office_template_trials, office_templates
from casemgr.usecases.letters import Opens
from casemgr.usecases.office_templates import TemplateInput
from casemgr.usecases.work import Work
from tests import makes

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OURS = our_templates()["_signature.html"]
THEIRS = OURS.replace("<p>{{ signer.name }}</p>", "<p>{{ signer.name }}, by her own hand</p>")


class Desk:
    """A declaration whose paper was made once, and the people who write templates."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            matter = makes.make_matter(session, self.cast.ada, self.cast.sam, self.cast.mira)
            lawsuit = makes.make_lawsuit(session, matter)
            makes.make_party(session, lawsuit)
            makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
            self.id = makes.make_declaration(session, matter, lawsuit_id=lawsuit.id)[0].id
        self.letter = self.make()

    def work(self, person: Person) -> AbstractContextManager[Work]:
        return self.desk.work(makes.actor_of(person))

    def opens(self, person: Person) -> Opens:
        actor = makes.actor_of(person)

        def opened(*, reads_only: bool = False) -> AbstractContextManager[Work]:
            return self.desk.work(actor, reads_only=reads_only)

        return opened

    def make(self) -> Letter:
        gather = letters.declaration(self.id)
        return letters.make(self.opens(self.cast.sam), self.desk.store, gather)[0]

    def again(self, letter: Letter) -> str:
        made = office_template_trials.again(
            self.opens(self.cast.sam), self.desk.store, letter.id, draft="DRAFT v1 – not signed"
        )
        assert made.template_version == letter.template_version
        assert made.sha256 == letter.sha256  # the same words, in the very same bytes
        return made.html

    def write(self, person: Person, source: str = THEIRS) -> OfficeTemplate:
        given = TemplateInput(name="_signature.html", source=source, note="A line for the hand.")
        with self.work(person) as work:
            return office_templates.write(work, given)

    def approve(self, person: Person, row: OfficeTemplate) -> None:
        office_template_trials.approve(self.opens(person), row.id, self.letter.id)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)


@on_sqlite
def test_nobody_approves_their_own_and_papers_remember_what_they_were_made_from(
    desk: Desk,
) -> None:
    ada, mira, eve = desk.cast.ada, desk.cast.mira, desk.cast.eve
    with pytest.raises(Refused):
        desk.write(desk.cast.sam)
    own = desk.write(mira)
    with pytest.raises(WrongMoment, match="You wrote this version"):
        desk.approve(mira, own)
    row = desk.write(ada)
    assert (own.number, row.number) == (1, 2)
    with pytest.raises(Refused):
        desk.approve(ada, own)
    with pytest.raises(NotFound):  # eve is an attorney, and not on that matter
        desk.approve(eve, row)
    assert desk.make().id == desk.letter.id  # nothing approved, nothing new

    desk.approve(mira, row)
    new = desk.make()
    assert new.id != desk.letter.id
    assert new.template_sha256 is not None
    assert "by her own hand" in desk.again(new)
    with desk.work(mira) as work:
        office_templates.withdraw(work, row.id)
    assert desk.make().id == desk.letter.id  # ours again, and not made twice
    assert "by her own hand" not in desk.again(desk.letter)
    assert "by her own hand" in desk.again(new)  # whatever the office uses today
    with transaction(desk.desk.engine) as session:
        assert len(session.exec(select(OfficeTemplate)).all()) == 2


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ signer.name.__class__.__mro__ }} a long template", "may not have"),
        ("{% autoescape false %}{{ signer.name }}{% endautoescape %}", "switched off"),
        ("{% if signer %} never ends, and so it cannot be read", "cannot be read"),
        ("<img src='file:///etc/passwd'> a picture from elsewhere", "outside itself"),
        ("{{ matter.secret }} is a fact that nobody gave to it", "missing"),
    ],
)
@on_sqlite
def test_a_template_that_reaches_for_more_or_breaks_is_never_approved(
    desk: Desk, source: str, says: str
) -> None:
    row = desk.write(desk.cast.ada, source)
    with pytest.raises((Malformed, NotRendered), match=says):
        desk.approve(desk.cast.mira, row)
    with desk.work(desk.cast.mira) as work:
        assert office_templates.sources_for(work, "declaration.html") == {}


@on_sqlite
def test_a_trial_says_so_on_its_pages_and_must_show_the_template(desk: Desk) -> None:
    row = desk.write(desk.cast.ada)
    tried = office_template_trials.try_on(desk.opens(desk.cast.mira), row.id, desk.letter.id)
    assert "TRIAL of version 1" in tried.html
    given = TemplateInput(name="ogis.html", source=THEIRS, note="Another paper.")
    with desk.work(desk.cast.ada) as work:
        other = office_templates.write(work, given)
    with pytest.raises(Malformed, match="shows nothing of this version"):
        office_template_trials.try_on(desk.opens(desk.cast.mira), other.id, desk.letter.id)
    with pytest.raises(Malformed), desk.work(desk.cast.ada) as work:
        office_templates.write(work, given.model_copy(update={"name": "passwd.html"}))

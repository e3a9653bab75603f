"""A declaration while it is written: numbers and letters follow, and no text is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import HistoryEntry, Paragraph
from casemgr.domain.words import Frozen, Lettering, PartyRole
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.usecases import (
    declaration_content,
    declaration_editing,
    declaration_exhibits,
    declaration_typing,
    declaration_versions,
    declarations,
)
from casemgr.usecases.declaration_exhibits import ExhibitInput
from casemgr.usecases.declaration_typing import Clash, Typed, fingerprint
from casemgr.usecases.declarations import DeclarationInput, ParagraphInput
from casemgr.usecases.work import Work
from tests import makes

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SAYS = ("I work for the network.", "On May 1, 2010 I wrote to ICE.", "Nobody answered.")


class Desk:
    """A declaration of three numbered paragraphs in a lawsuit, and Sam who writes it."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            matter = makes.make_matter(session, self.cast.ada, self.cast.sam, self.cast.mira)
            lawsuit = makes.make_lawsuit(session, matter)
            makes.make_party(session, lawsuit)
            makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
            row, version = makes.make_declaration(
                session, matter, SAYS, lawsuit_id=lawsuit.id, lettering=Lettering.FIRST_MENTION
            )
            self.id, self.version_id, self.matter_id = row.id, version.id, matter.id

    def work(self) -> AbstractContextManager[Work]:
        return self.desk.work(makes.actor_of(self.cast.sam))

    def rows(self, work: Work) -> list[Paragraph]:
        last = declarations.newest(work, self.id)
        assert last is not None
        return declarations.paragraphs_of(work, last)

    def says(self) -> list[tuple[int | None, str]]:
        with self.work() as work:
            return [(each.number, each.says) for each in self.rows(work)]

    def paragraph(self, number: int) -> str:
        with self.work() as work:
            return next(each.id for each in self.rows(work) if each.number == number)

    def history(self) -> list[str]:
        with transaction(self.desk.engine) as session:
            return [
                str(each.facts.get("title"))
                for each in session.exec(select(HistoryEntry).order_by(HistoryEntry.seq))  # type: ignore[arg-type]
            ]


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(engine, tmp_path)
    yield made
    made.desk.engine.dispose()


def test_numbers_follow_what_is_added_moved_divided_joined_and_taken_out(desk: Desk) -> None:
    with desk.work() as work:
        first = desk.rows(work)[0].id
        added = declaration_editing.add_below(work, desk.version_id, "New.", after_id=first)
        declaration_editing.move(work, added.id, up=True)
        declaration_editing.move(work, added.id, up=True)  # it is the first: nothing happens
        assert [each.says[:4] for each in desk.rows(work)] == ["New.", "I wo", "On M", "Nobo"]
        declaration_editing.move(work, added.id, up=False)
        declaration_editing.number_it(work, added.id, numbered=False)
    assert [each[0] for each in desk.says()] == [1, None, 2, 3]

    with desk.work() as work:
        empty = declaration_editing.add_below(work, desk.version_id, "")
        with pytest.raises(WrongMoment, match="no empty line"):
            declaration_editing.split_paragraph(work, empty.id)
        declaration_editing.take_out(work, empty.id)
        row = desk.rows(work)[3]
        typed = {row.id: Typed("Nobody answered.\n\nI called.", fingerprint(row.says))}
        assert declaration_typing.keep_typed(work, desk.version_id, typed) == []
        declaration_editing.split_paragraph(work, row.id)
        assert [each.number for each in desk.rows(work)] == [1, None, 2, 3, 4]
        declaration_editing.join_with_previous(work, row.id)
        declaration_editing.take_out(work, added.id)
    assert desk.says() == [
        (1, SAYS[0]),
        (2, f"{SAYS[1]} Nobody answered."),
        (3, "I called."),
    ]
    with desk.work() as work:
        declaration_editing.put_back(work, added.id)
    assert desk.says()[-1] == (None, "New.")


@on_sqlite
def test_what_two_people_typed_at_once_comes_back_with_both_texts(desk: Desk) -> None:
    one, two = desk.paragraph(1), desk.paragraph(2)
    was = {one: fingerprint(SAYS[0]), two: fingerprint(SAYS[1])}
    with desk.work() as work:
        declaration_typing.keep_one(work, one, Typed("Theirs.", was[one]))

    with desk.work() as work:
        typed = {one: Typed("Mine.", was[one]), two: Typed("Mine too.", was[two])}
        clashes = declaration_typing.keep_typed(work, desk.version_id, typed)

    assert clashes == [Clash(one, 1, "Theirs.", "Mine.")]
    assert [says for _, says in desk.says()][:2] == ["Theirs.", "Mine too."]


@on_sqlite
def test_somebody_who_moves_paragraphs_does_not_stand_in_the_way_of_who_types(desk: Desk) -> None:
    three = desk.paragraph(3)
    with desk.work() as work:
        declaration_editing.move(work, three, up=True)

    with desk.work() as work:
        done = declaration_typing.keep_one(work, three, Typed("Typed.", fingerprint(SAYS[2])))

    assert isinstance(done, Paragraph)
    assert desk.says()[1] == (2, "Typed.")


@on_sqlite
def test_a_text_typed_into_a_paragraph_that_is_gone_is_given_back(desk: Desk) -> None:
    two = desk.paragraph(2)
    with desk.work() as work:
        declaration_editing.take_out(work, two)

    with desk.work() as work:
        typed = Typed("Still mine.", fingerprint(SAYS[1]))
        [clash] = declaration_typing.keep_typed(work, desk.version_id, {two: typed})
        alone = declaration_typing.keep_one(work, two, typed)

    assert clash == alone == Clash(two, None, "", "Still mine.")


@on_sqlite
def test_an_emptied_paragraph_and_one_nobody_touched_stay_as_they_were(desk: Desk) -> None:
    one, two = desk.paragraph(1), desk.paragraph(2)
    with desk.work() as work:
        typed = {
            one: Typed("  ", fingerprint(SAYS[0])),
            two: Typed(SAYS[1].replace(" ", " ") + "\r\n", fingerprint(SAYS[1])),
        }
        assert declaration_typing.keep_typed(work, desk.version_id, typed) == []

    assert [says for _, says in desk.says()] == list(SAYS)
    assert desk.history() == []


@on_sqlite
def test_typing_on_in_one_sitting_is_told_once(desk: Desk) -> None:
    one = desk.paragraph(1)
    says = SAYS[0]
    for more in ("a", "b", "c"):
        with desk.work() as work:
            declaration_typing.keep_one(work, one, Typed(says + more, fingerprint(says)))
        says += more

    assert desk.history() == ["Declaration of Rosa Alvarez, ¶ 1"]
    assert desk.says()[0] == (1, f"{SAYS[0]}abc")


@on_sqlite
def test_references_follow_a_join_and_taking_out_says_first_what_breaks(desk: Desk) -> None:
    with desk.work() as work:
        rows = desk.rows(work)
        for row, name, says in zip(
            rows,
            ("start", "notice", ""),
            ("See {Ex:memo}.", "I wrote {Ex:letter}.", "As {para:notice} says, {Ex:letter}."),
            strict=True,
        ):
            declarations.change_paragraph(
                work, row.id, ParagraphInput(says=says, number=row.number, name=name)
            )
        for title in ("Letter", "Memo"):
            declaration_exhibits.attach_exhibit(work, desk.id, ExhibitInput(title=title))
        breaks = declaration_editing.what_breaks(work, rows[1].id)
        assert [each.id for each in breaks.referring] == [rows[2].id]
        assert breaks.exhibits == ()
        assert declaration_editing.what_breaks(work, rows[0].id).exhibits == ("A",)
        declaration_editing.join_with_previous(work, rows[1].id)
        _, _, facts = declaration_content.to_print(work, desk.id)
        assert [each.text for each in facts.paragraphs] == [
            "See Ex. A. I wrote Ex. B.",
            "As 1 says, Ex. B.",
        ]


def test_exhibits_are_lettered_by_first_mention_or_stay_as_they_were_given(desk: Desk) -> None:
    with desk.work() as work:
        memo = declaration_exhibits.attach_exhibit(work, desk.id, ExhibitInput(title="Memo"))
        note = declaration_exhibits.attach_exhibit(work, desk.id, ExhibitInput(title="Note"))
        assert (memo.label, note.label) == ("A", "B")
        one = desk.rows(work)[0]
        typed = {one.id: Typed("See {Ex:note}, then {Ex:memo}.", fingerprint(SAYS[0]))}
        declaration_typing.keep_typed(work, desk.version_id, typed)
        assert (memo.label, note.label) == ("B", "A")
        declaration_exhibits.remove_exhibit(work, note.id)
        assert memo.label == "A"
        _, _, facts = declaration_content.to_print(work, desk.id)
        assert facts.paragraphs[0].text == "See [no exhibit “note”], then Ex. A."
        declaration_exhibits.remove_exhibit(work, memo.id)
        declaration_exhibits.put_exhibit_back(work, note.id)
        declaration_exhibits.remove_exhibit(work, note.id)
        for each in (memo, note):
            declaration_exhibits.put_exhibit_back(work, each.id)
        assert (memo.label, note.label) == ("B", "A")

        row = declarations.opened(work, desk.id)
        facts_of = {name: getattr(row, name) for name in DeclarationInput.model_fields}
        fixed = DeclarationInput(**{**facts_of, "lettering": Lettering.FIXED})
        declarations.change_declaration(work, desk.id, fixed)
        third = declaration_exhibits.attach_exhibit(work, desk.id, ExhibitInput(title="Third"))
        assert third.label == "C"
        with pytest.raises(Malformed, match="There is an Exhibit A already"):
            declaration_exhibits.change_exhibit(
                work, third.id, ExhibitInput(title="Third", label="A")
            )


def test_a_frozen_version_refuses_every_change_in_words_and_in_the_database(desk: Desk) -> None:
    one = desk.paragraph(1)
    with desk.work() as work:
        frozen = declaration_versions.send_for_reading(work, desk.version_id)
        assert frozen.frozen_because is Frozen.SENT
        assert frozen.fingerprint == declaration_content.fingerprint_of(frozen.content or {})

    acts: dict[str, Callable[[Work], object]] = {
        "type": lambda work: declaration_typing.keep_one(work, one, Typed("X", "")),
        "add": lambda work: declaration_editing.add_below(work, desk.version_id, "X"),
        "move": lambda work: declaration_editing.move(work, one, up=False),
        "take out": lambda work: declaration_editing.take_out(work, one),
        "attach": lambda work: declaration_exhibits.attach_exhibit(
            work, desk.id, ExhibitInput(title="X")
        ),
        "send again": lambda work: declaration_versions.send_for_reading(work, desk.version_id),
    }
    for what, act in acts.items():
        with pytest.raises(WrongMoment, match="its words stand"), desk.work() as work:
            act(work)
            pytest.fail(what)
    for change in (
        "UPDATE paragraph SET says = 'X'",
        "UPDATE declaration_version SET opening = 'X'",
        "UPDATE declaration_version SET frozen = false",
        "UPDATE declaration_version SET fingerprint = ''",
    ):
        with pytest.raises(DBAPIError, match="frozen"), transaction(desk.desk.engine) as session:
            session.execute(text(change))
    assert [says for _, says in desk.says()] == list(SAYS)


@on_sqlite
def test_a_new_version_begins_with_the_words_of_the_last_which_stay(desk: Desk) -> None:
    with desk.work() as work:
        declaration_versions.send_for_reading(work, desk.version_id)
        new = declaration_versions.begin_again(work, desk.id)
        assert (new.number, new.frozen) == (2, False)
        declaration_editing.take_out(work, desk.rows(work)[0].id)

    with desk.work() as work:
        _, _, before = declaration_content.to_print(work, desk.id, desk.version_id)
        _, _, after = declaration_content.to_print(work, desk.id)
        assert [each.text for each in before.paragraphs] == list(SAYS)
        assert [(each.number, each.text) for each in after.paragraphs] == [
            (1, SAYS[1]), (2, SAYS[2]),
        ]  # fmt: skip


@on_sqlite
def test_a_stranger_changes_nothing_and_learns_nothing(desk: Desk) -> None:
    one = desk.paragraph(1)
    eve = makes.actor_of(desk.cast.eve)
    acts: list[Callable[[Work], object]] = [
        lambda work: declaration_typing.keep_one(work, one, Typed("X", "")),
        lambda work: declaration_editing.what_breaks(work, one),
        lambda work: declaration_versions.begin_again(work, desk.id),
        lambda work: declaration_content.to_print(work, desk.id),
    ]
    for act in acts:
        with pytest.raises(NotFound), desk.desk.work(eve) as work:
            act(work)


MOVES = st.lists(
    st.tuples(st.sampled_from(["add", "up", "down", "out", "number", "join"]), st.integers(0, 9)),
    max_size=12,
)


@on_sqlite
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_is_done_in_whatever_order_numbers_count_and_no_word_is_lost(
    desk: Desk, moves: list[tuple[str, int]]
) -> None:
    class Undone(Exception):
        pass

    with pytest.raises(Undone), desk.work() as work:
        for what, place in moves:
            _do(work, desk, what, place)
        rows = desk.rows(work)
        out = declaration_editing.taken_out(work, declarations.unfrozen(work, desk.version_id)[0])
        assert [each.position for each in rows] == list(range(1, len(rows) + 1))
        numbered = [each.number for each in rows if each.number is not None]
        assert numbered == list(range(1, len(numbered) + 1))
        written = " ".join(each.says for each in [*rows, *out])
        assert all(says in written for says in SAYS)
        raise Undone


def _do(work: Work, desk: Desk, what: str, place: int) -> None:
    rows = desk.rows(work)
    row = rows[place % len(rows)] if rows else None
    if what == "add" or row is None:
        declaration_editing.add_below(
            work, desk.version_id, "More.", after_id=row.id if row else None
        )
    elif what in {"up", "down"}:
        declaration_editing.move(work, row.id, up=what == "up")
    elif what == "out":
        declaration_editing.take_out(work, row.id)
    elif what == "number":
        declaration_editing.number_it(work, row.id, numbered=row.number is None)
    elif row is not rows[0]:
        declaration_editing.join_with_previous(work, row.id)

"""A package of a matter leaves nothing out: the schema itself says what there is."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from casemgr.db import matter_rows
from casemgr.db.matter_rows import BOOKS, OF_AN_OFFICE, Referred
from casemgr.db.session import transaction
from casemgr.db.soundness import tables
from casemgr.usecases.packages import row_files
from tests.db.rows import make_one_of_each
from tests.db.test_holds import OF_MATTERS

# Of the books, what stays behind; a column that is new must be put here or there.
STAYS = {
    "person": {
        "email", "password_hash", "active", "office_wide", "term_ends_on", "version",
    },
    "organisation": {"note", "version"},
    "contact": {"email", "phone", "version"},
    "agency": {"version"},
    "court": set(),
    "blob": set(),
}  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_row_of_every_table_of_a_matter_is_in_its_package(engine: Engine) -> None:
    with transaction(engine) as session:
        rows = make_one_of_each(session)
        # A wall comes along once it is up, by a second person.
        session.execute(
            sa.text(
                "INSERT INTO person (id, name, email, role, title, active, office_wide, version) "
                "VALUES ('X-2', 'Mira', 'mira@example.org', 'attorney', '', true, false, 1)"
            )
        )
        session.execute(sa.text("UPDATE wall SET person_id = 'X-2', asked_by = 'X-2'"))
        session.execute(sa.text("UPDATE wall SET up_by = 'X-1', up_at = asked_at"))
        referred = Referred()
        found = {
            table.name
            for table in row_files().values()
            if table.name not in BOOKS
            and list(matter_rows.lines(session, table, rows["matter"]["id"], referred))
        }
        books = matter_rows.from_the_books(session, referred)

    assert found == set(OF_MATTERS)
    assert len(found) > 30
    assert found >= OF_AN_OFFICE
    assert {name for name, kept in books.items() if not kept} == set()


def test_whatever_hangs_on_a_matter_is_reached():
    of_matters = {each.name for each in matter_rows.of_matters()}
    hanging = {
        table.name
        for table in tables()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in of_matters
    }

    # A draft names the matter it is meant for; it is its writer's own until it is saved.
    hanging -= {"request_draft"}
    assert hanging <= of_matters, "give it a matter_id, or say in doors.PART_OF what it is part of"


def test_whatever_a_matter_refers_to_comes_along():
    inside = {each.name for each in matter_rows.of_matters()} | BOOKS.keys()
    named = {
        other
        for table in (*matter_rows.of_matters(), *matter_rows.books())
        for _, other in matter_rows.references(table)
    }

    assert named <= inside
    assert {each.name for each in row_files().values()} == inside


def test_of_the_books_each_column_comes_along_or_stays_behind_on_purpose():
    for table in matter_rows.books():
        named = {*BOOKS[table.name], *STAYS[table.name]}
        assert named == set(table.c.keys()), table.name
        assert not STAYS[table.name] & set(BOOKS[table.name])
    secret = ("hash", "token", "password", "salt")
    assert not [
        name for names in BOOKS.values() for name in names if any(s in name for s in secret)
    ]

"""A legal hold: whoever asks the database itself, nothing of the matter is lost while it stands."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from casemgr.db.doors import PART_OF
from casemgr.db.session import HELD, transaction
from casemgr.db.soundness import tables
from casemgr.errors import Held
from tests.db.rows import MOMENT, make_one_of_each

# The schema itself says which tables hold a matter's records.
OF_MATTERS = sorted(
    {"matter"}
    | {str(table.__tablename__) for table in PART_OF}
    | {table.name for table in tables() if "matter_id" in table.c}
)  # fmt: skip
OF_MATTERS.remove("history_entry")  # refuses every change, held or not


def lift(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(
            sa.text(
                "UPDATE legal_hold SET release_asked_by = placed_by, release_asked_at = placed_at, "
                "released_by = :other, released_at = placed_at"
            ),
            {"other": "X-2"},
        )


def make_another_person(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(
            sa.text(
                "INSERT INTO person (id, name, email, role, title, active, office_wide, version) "
                "VALUES ('X-2', 'Mira', 'mira@example.org', 'attorney', '', true, false, 1)"
            )
        )


def test_nothing_of_a_held_matter_is_deleted_or_overwritten(engine: Engine) -> None:
    with transaction(engine) as session:
        make_one_of_each(session)
    statements = [f"DELETE FROM {name}" for name in OF_MATTERS]
    statements += [
        "UPDATE document SET sha256 = NULL",
        f"UPDATE document SET sha256 = '{'b' * 64}'",
        f"UPDATE letter SET sha256 = '{'b' * 64}'",
        "UPDATE document SET matter_id = 'M-ANOTHER'",
        "UPDATE event SET matter_id = 'M-ANOTHER'",
        "UPDATE legal_hold SET because = 'no reason'",
    ]
    if engine.dialect.name == "postgresql":
        statements += [f"TRUNCATE {name} CASCADE" for name in OF_MATTERS]

    assert len(OF_MATTERS) > 30
    for statement in statements:
        with pytest.raises(Held, match="Two people can lift"), transaction(engine) as session:
            session.execute(sa.text(statement))


def test_work_on_a_held_matter_goes_on(engine: Engine) -> None:
    with transaction(engine) as session:
        make_one_of_each(session)

    with transaction(engine) as session:
        session.execute(sa.text("UPDATE document SET title = 'A better title'"))
        session.execute(sa.text("UPDATE event SET withdrawn_because = 'logged twice'"))
        session.execute(sa.text("UPDATE reminder SET attempts = 2"))


def test_once_lifted_by_two_the_records_are_as_free_as_before(engine: Engine) -> None:
    with transaction(engine) as session:
        make_one_of_each(session)
    make_another_person(engine)
    lift(engine)

    with transaction(engine) as session:
        session.execute(sa.text("DELETE FROM reminder"))
        session.execute(sa.text("UPDATE document SET sha256 = NULL"))
    # The hold itself stays on file, lifted or not.
    with pytest.raises(Held), transaction(engine) as session:
        session.execute(sa.text("DELETE FROM legal_hold"))


def test_another_matters_records_are_not_held(engine: Engine) -> None:
    with transaction(engine) as session:
        make_one_of_each(session)
        session.execute(sa.text("UPDATE matter SET title = 'Held'"))
        row = session.execute(sa.text("SELECT * FROM matter")).mappings().one()
        same = ", ".join("'M-FREE'" if name == "id" else name for name in row)
        session.execute(sa.text(f"INSERT INTO matter ({', '.join(row)}) SELECT {same} FROM matter"))

    with transaction(engine) as session:
        gone = session.execute(sa.text("DELETE FROM matter WHERE id = 'M-FREE'"))
        assert gone.rowcount == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "how",
    [
        "released_by = placed_by, released_at = placed_at",
        """release_asked_by = placed_by, release_asked_at = placed_at,
        released_by = placed_by, released_at = placed_at""",
        "released_at = placed_at",
    ],
)
def test_one_person_alone_never_lifts_a_hold(engine: Engine, how: str) -> None:
    with transaction(engine) as session:
        make_one_of_each(session)

    with pytest.raises(DBAPIError, match=r"ck_legal_hold"), transaction(engine) as session:
        session.execute(sa.text(f"UPDATE legal_hold SET {how}"))


def test_what_the_triggers_say_is_what_the_program_listens_for(engine: Engine) -> None:
    with transaction(engine) as session:
        rows = make_one_of_each(session)
    assert rows["legal_hold"]["placed_at"] == MOMENT

    with pytest.raises(DBAPIError, match=HELD), engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM document"))

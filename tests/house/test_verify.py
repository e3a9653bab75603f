"""`casemgr verify`: an office as it should be is right, and each thing that is wrong is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db import soundness
from casemgr.db.session import transaction
from casemgr.db.tables import Blob
from casemgr.desk import Desk
from casemgr.domain.words import EntryKind, Side
from casemgr.files.words import FileWords
from casemgr.keeping import check_office, report
from casemgr.usecases import clock
from tests import makes

Spoil = Callable[[Desk], None]


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    """Open an office with dates, proofs, reminders, a file and a history."""
    made = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        makes.make_matter(session, cast.ada, id="M-OTHER", title="Another")
        makes.make_membership(session, cast.mira, matter, responsible=True)
        track = makes.make_track(session, makes.make_request(session, matter))
        makes.make_event(session, track)
        lawsuit = makes.make_lawsuit(session, matter)
        for number, day in enumerate((27, 28), start=2):
            filed_on = date(2010, 10, day)
            makes.make_docket_entry(
                session, lawsuit, EntryKind.MOTION, filed_on, filed_by=Side.THEIRS, number=number
            )
        sha256 = made.store.keep(b"A letter.")
        session.add(Blob(sha256=sha256, size=9, media_type="text/plain"))
        session.flush()
        makes.make_document(session, matter, sha256=sha256)
    made.words.keep(sha256, FileWords("A letter."))
    with made.work() as work:
        clock.project_track(work, track.id, because="the tests began")
        clock.project_lawsuit(work, lawsuit.id, because="the tests began")
    return made


def test_an_office_as_it_should_be_is_right_and_everything_was_looked_at(desk: Desk) -> None:
    found, left_over = check_office(desk)

    assert [each for each in found if each.wrong] == [], report(found, left_over)
    empty = {each.what for each in found if not each.looked_at}
    assert empty <= {soundness.NO_AMCHECK}  # an extension that not every server has
    assert left_over == []


def test_words_read_from_a_file_that_is_kept_no_more_are_given_up(desk: Desk) -> None:
    gone = "0" * 64
    desk.words.keep(gone, FileWords("Nobody keeps this letter any more."))

    check_office(desk)

    assert desk.words.read(gone) is None
    assert [path.stem for path in desk.words.kept.folder.iterdir()] != []


def say(*statements: str) -> Spoil:
    """Return what tells the database this, past its guards, as somebody with root would."""

    def spoil(desk: Desk) -> None:
        with desk.engine.connect() as connection:
            if desk.engine.dialect.name == "sqlite":
                connection.execute(sa.text("ROLLBACK"))
                connection.execute(sa.text("PRAGMA foreign_keys=OFF"))
                connection.execute(sa.text("PRAGMA ignore_check_constraints=ON"))
                connection.execute(sa.text("BEGIN"))
            else:
                connection.execute(sa.text("SET session_replication_role = replica"))
            for statement in statements:
                connection.execute(sa.text(statement))
            connection.commit()
            connection.invalidate()

    return spoil


def change_file(desk: Desk) -> None:
    (file,) = [each for each in desk.store.folder.rglob("*") if each.is_file()]
    file.write_bytes(b"A forgery")


def lose_file(desk: Desk) -> None:
    (file,) = [each for each in desk.store.folder.rglob("*") if each.is_file()]
    file.unlink()


def change_proof(desk: Desk) -> None:
    changed = {
        "sqlite": "replace(proof, '2010', '2011')",
        "postgresql": "replace(proof::text, '2010', '2011')::json",
    }
    say(f"UPDATE deadline SET proof = {changed[desk.engine.dialect.name]}")(desk)


def forget_first(desk: Desk) -> None:
    if desk.engine.dialect.name == "sqlite":
        say("DROP TRIGGER history_refuses_delete", "DELETE FROM history_entry WHERE seq = 1")(desk)
    else:
        say("DELETE FROM history_entry WHERE seq = 1")(desk)


SPOILT: dict[str, tuple[str, Spoil]] = {
    "a reference that leads nowhere": (
        "references lead to rows",
        say("UPDATE event SET track_id = 'T-NOWHERE'"),
    ),
    "a version nothing wrote": (
        "rows that people edit have versions",
        say("UPDATE track SET version = 0"),
    ),
    "an event moved to another matter": (
        "records stay on their matter",
        say("UPDATE event SET matter_id = 'M-OTHER'"),
    ),
    "two current rows of one deadline": (
        "one current row a deadline",
        say("DROP INDEX ix_deadline_current_key", "UPDATE deadline SET key = 'the same'"),
    ),
    "a date moved by hand": (
        "dates are what was derived",
        say("UPDATE deadline SET due = '2031-01-01'"),
    ),
    "a proof rewritten": ("proofs are intact and recount", change_proof),
    "a reminder of what is done": (
        "reminders are of open deadlines",
        say("UPDATE deadline SET done_on = '2010-10-01'"),
    ),
    "whoever answers for the matter sent away": (
        "duties have somebody who will be there",
        say("UPDATE membership SET until_on = '2010-10-28' WHERE responsible"),
    ),
    "a document's bytes exchanged": ("documents match their SHA-256", change_file),
    "a document's file gone": ("documents match their SHA-256", lose_file),
    "a record of the history gone": (
        "the history's seal holds",
        forget_first,
    ),
}


@pytest.mark.parametrize("what", SPOILT, ids=lambda what: what.replace(" ", "-"))
def test_what_is_wrong_is_named_and_nothing_else_is_blamed(desk: Desk, what: str) -> None:
    named, spoil = SPOILT[what]
    spoil(desk)

    found, _ = check_office(desk)

    assert [each.what for each in found if each.wrong] == [named]


def test_a_file_left_by_a_cut_off_upload_is_counted_and_harmless(desk: Desk) -> None:
    desk.store.keep(b"nobody's")

    found, left_over = check_office(desk)

    assert len(left_over) == 1
    assert [each for each in found if each.wrong] == []
    assert "harmless" in report(found, left_over)


def test_the_command_prints_counts_and_ends_with_what_it_found(
    tmp_path: Path, sqlite_template: Path
) -> None:
    (tmp_path / "casemgr.sqlite3").write_bytes(sqlite_template.read_bytes())
    environ = {"CASEMGR_DATA": str(tmp_path), "CASEMGR_DATABASE_URL": ""}

    right = CliRunner().invoke(app, ["verify"], env=environ)
    sealed = CliRunner().invoke(app, ["history", "verify"], env=environ)

    assert (right.exit_code, sealed.exit_code) == (0, 0), right.output
    assert "Everything is right." in right.output
    assert "The seal holds: 0 records" in sealed.output

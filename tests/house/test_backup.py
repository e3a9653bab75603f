"""Backups: everything comes back, into either kind of database, and nobody else reads a word."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casemgr.backup import Kept, back_up
from casemgr.db.dump import tallies
from casemgr.db.session import transaction
from casemgr.db.tables import Blob, Document, HistoryEntry, Matter
from casemgr.desk import Desk
from casemgr.domain.chain import Head
from casemgr.domain.words import EntryKind, Side
from casemgr.errors import CasemgrError, Malformed, Unusable, WrongMoment
from casemgr.files.heads import heads_file
from casemgr.files.vault import HEADER
from casemgr.keeping import check_office, report
from casemgr.restore import Place, place_of, restore
from casemgr.scheduler import keep_todays_head
from casemgr.settings import backup_passphrase
from casemgr.usecases import clock
from casemgr.usecases.seal import check_seal
from tests import makes

PASSPHRASE = "nobody guesses these words"
CANARY = "The informant is called Wilhelmina"


@pytest.fixture(autouse=True)
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the key in a moment: here it need not be slow to guess."""
    monkeypatch.setattr("casemgr.files.vault.MEMORY", 64)


def fill(desk: Desk) -> None:
    """Make a matter with a suit, dates derived with their proofs, two files and a history."""
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada, cast.sam, summary=CANARY)
        track = makes.make_track(session, makes.make_request(session, matter))
        makes.make_track(session, makes.make_request(session, matter), "dhs", parent_id=track.id)
        makes.make_event(session, track)
        lawsuit = makes.make_lawsuit(session, matter)
        makes.make_membership(session, cast.mira, matter, responsible=True)
        makes.make_docket_entry(session, lawsuit, number=1)
        makes.make_docket_entry(
            session, lawsuit, EntryKind.MOTION, date(2010, 10, 28), filed_by=Side.OURS, number=2
        )
        for data in (b"A letter.", CANARY.encode() * 50_000):
            sha256 = desk.store.keep(data)
            session.add(Blob(sha256=sha256, size=len(data), media_type="text/plain"))
            session.flush()
            makes.make_document(session, matter, sha256=sha256, file_name="letter.txt")
    with desk.work(makes.actor_of(cast.ada)) as work:
        clock.project_track(work, track.id, because="the tests began")
        clock.project_lawsuit(work, lawsuit.id, because="the tests began")
        work.record("matter.opened", matter, title="“Alvarez” v. ICE")


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    """Open an office that holds something, its history sealed with a key of its own."""
    data = tmp_path / "office"
    made = makes.make_desk(engine, data)
    fill(made)
    keep_todays_head(made)
    return made


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Kept:
    return back_up(desk, tmp_path / "office.backup", PASSPHRASE)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give an empty place for an office, of either kind."""
    data = tmp_path / "restored"
    if request.param == "sqlite":
        yield place_of(str(data), tmp_path / "unused")
        return
    server = request.getfixturevalue("postgres")
    name = server.fresh()
    yield place_of(server.url(name), data)
    server.drop(name)


def content(desk: Desk) -> dict[str, Any]:
    with desk.work(reads_only=True) as work:
        return tallies(work.session)


def files(desk: Desk) -> dict[str, bytes]:
    folder = desk.store.folder
    return {each.name: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_everything_comes_back_in_either_kind_of_database(
    desk: Desk, kept: Kept, place: Place
) -> None:
    restored = restore(kept.file, place, PASSPHRASE)

    assert content(restored) == content(desk)
    assert files(restored) == files(desk)
    assert len(files(desk)) == kept.documents == 2
    assert restored.key == desk.key
    heads = heads_file(place.data).read_bytes()
    assert heads == heads_file(desk.settings.data).read_bytes() != b""
    found, left_over = check_office(restored)
    assert [each for each in found if each.wrong] == [], report(found, left_over)
    # Without the extension PostgreSQL cannot say how its indexes are; the report says that. The
    # words of exhibits are no part of a backup: they are read anew.
    nothing = ("no amcheck", "words read")
    looked_at = (each.looked_at for each in found if not any(no in each.what for no in nothing))
    assert all(looked_at), report(found, left_over)
    assert (place.data / "history.key").stat().st_mode & 0o777 == 0o600
    restored.engine.dispose()


def test_work_goes_on_in_the_restored_office(desk: Desk, kept: Kept, place: Place) -> None:
    restored = restore(kept.file, place, PASSPHRASE)

    with restored.work() as work:
        work.record("person.refused", why="tried out")
        assert work.session.exec(select(Matter.summary)).one() == CANARY
    with restored.work(reads_only=True) as work:
        assert check_seal(work, []).last.seq == kept.head + 1
    restored.engine.dispose()


def test_a_backup_tells_of_itself(desk: Desk, kept: Kept) -> None:
    with desk.work(reads_only=True) as work:
        told = work.session.exec(select(HistoryEntry).order_by(col(HistoryEntry.seq).desc()))
        newest = told.first()

    assert newest is not None
    assert (newest.what, newest.seq) == ("backup.made", kept.head)
    assert newest.facts == {"title": "office.backup"}


def test_nobody_reads_a_word_of_it(kept: Kept) -> None:
    held = kept.file.read_bytes()

    assert kept.size > 1_000_000
    for word in (CANARY, "Alvarez", "ada@example.org", "rows/matter", "about.json"):
        assert word.encode() not in held
    assert kept.file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in kept.file.parent.iterdir() if "half" in each.name] == []


def test_a_wrong_passphrase_is_told_from_a_damaged_file(kept: Kept, tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "restored"), tmp_path)

    with pytest.raises(Malformed, match="passphrase"):
        restore(kept.file, place, "nobody guesses this one")
    assert not place.data.exists()


def damaged(kept: Kept, full_size: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the backup with one byte flipped, cut off, lengthened, or its chunks exchanged."""
    held = kept.file.read_bytes()
    pick = random.Random(15)
    places = [0, 20, HEADER - 1, HEADER, len(held) - 1]
    places += [pick.randrange(len(held)) for _ in range(100 if full_size else 4)]
    for at in places:
        flipped = bytearray(held)
        flipped[at] ^= 1 << pick.randrange(8)
        yield f"byte {at}", bytes(flipped)
    chunk = 1024 * 1024 + 16
    for left in (0, HEADER - 1, HEADER, HEADER + chunk, len(held) - 1):
        yield f"cut off at {left}", held[:left]
    yield "one byte more", held + b"\0"
    first, second = held[HEADER : HEADER + chunk], held[HEADER + chunk : HEADER + 2 * chunk]
    yield "chunks exchanged", held[:HEADER] + second + first + held[HEADER + 2 * chunk :]


def test_a_changed_byte_is_refused_and_nothing_is_left_behind(
    kept: Kept, tmp_path: Path, full_size: bool
) -> None:
    place = place_of(str(tmp_path / "restored"), tmp_path)
    file = kept.file.with_name("damaged")
    for what, data in damaged(kept, full_size):
        file.write_bytes(data)
        with pytest.raises(CasemgrError) as refused:
            restore(file, place, PASSPHRASE)
        assert isinstance(refused.value, Malformed), f"{what}: {refused.value!r}"
        assert not place.data.exists(), what


def test_what_fails_midway_leaves_nothing_behind_and_the_place_as_good_as_before(
    kept: Kept, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full, pytest.raises(OSError, match="No space left"):
        full.setattr("casemgr.restore.Store.keep", _full_disk)
        restore(kept.file, place, PASSPHRASE)
    assert not place.data.exists()

    restored = restore(kept.file, place, PASSPHRASE)
    assert content(restored)["document"][0] == 2
    restored.engine.dispose()


def _full_disk(*_: object) -> str:
    raise OSError(28, "No space left on device")


def test_what_holds_something_is_never_written_over(kept: Kept, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "notes.txt").write_text("mine")

    with pytest.raises(WrongMoment, match="not empty"):
        restore(kept.file, place_of(str(taken), taken), PASSPHRASE)

    assert [each.name for each in taken.iterdir()] == ["notes.txt"]


@pytest.mark.postgres
def test_a_database_with_tables_is_never_written_over(
    kept: Kept, postgres: Any, tmp_path: Path
) -> None:
    name = postgres.fresh(like="template")
    with pytest.raises(WrongMoment, match="tables already"):
        restore(kept.file, place_of(postgres.url(name), tmp_path / "r"), PASSPHRASE)
    postgres.drop(name)


def test_a_backup_never_writes_over_another(desk: Desk, kept: Kept) -> None:
    before = kept.file.read_bytes()

    with pytest.raises(WrongMoment, match="not touched"):
        back_up(desk, kept.file, PASSPHRASE)
    assert kept.file.read_bytes() == before


def test_a_lost_document_is_told_before_a_backup_is_believed_whole(
    desk: Desk, tmp_path: Path
) -> None:
    lost = next(iter(files(desk)))
    desk.store.path(lost).unlink()

    with pytest.raises(Unusable, match=lost):
        back_up(desk, tmp_path / "half", PASSPHRASE)
    assert not (tmp_path / "half").exists()


def test_a_backup_made_while_people_work_is_of_one_moment(
    desk: Desk, tmp_path: Path, full_size: bool
) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with desk.work() as work:
                matter = work.session.exec(select(Matter)).one()
                makes.make_document(work.session, matter, title="One more")
                work.record("document.added", matter, title="One more")

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        made = [
            back_up(desk, tmp_path / f"{number}.backup", PASSPHRASE)
            for number in range(5 if full_size else 2)
        ]
    finally:
        stop.set()
        for writer in writers:
            writer.join()

    for each in made:
        place = place_of(str(tmp_path / f"{each.file.name}-restored"), tmp_path)
        restored = restore(each.file, place, PASSPHRASE)
        found, left_over = check_office(restored)
        assert [one for one in found if one.wrong] == [], report(found, left_over)
        with restored.work(reads_only=True) as work:
            added = work.session.exec(
                select(HistoryEntry).where(HistoryEntry.what == "document.added")
            ).all()
            documents = work.session.exec(select(Document)).all()
        assert len(documents) - 2 == len(added)
        restored.engine.dispose()


def test_an_old_backup_is_seen_against_a_head_kept_elsewhere(
    desk: Desk, kept: Kept, tmp_path: Path
) -> None:
    place = place_of(str(tmp_path / "restored"), tmp_path)
    with desk.work() as work:
        work.record("person.refused", why="after the backup")
    elsewhere = tmp_path / "elsewhere.heads"
    with desk.work(reads_only=True) as work:
        newest: Head = check_seal(work, []).last
    elsewhere.write_text(
        f'{{"at": "2010-10-30T00:00:00+00:00", "seq": {newest.seq}, "seal": "{newest.seal}"}}\n'
    )

    restored = restore(kept.file, place, PASSPHRASE)
    found, _ = check_office(restored, elsewhere)

    assert [each.what for each in found if each.wrong] == ["the history's seal holds"]
    restored.engine.dispose()


def test_a_backup_of_another_schema_says_which_version_restores_it(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casemgr.restore.SCHEMA", "9999")

    with pytest.raises(Unusable, match="then run casemgr migrate"):
        restore(kept.file, place_of(str(tmp_path / "r"), tmp_path), PASSPHRASE)


def test_the_passphrase_comes_from_a_file_or_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\nnot this line\n")

    given = {"CASEMGR_BACKUP_PASSPHRASE_FILE": str(file)}
    assert backup_passphrase(given) == PASSPHRASE
    assert backup_passphrase({"CASEMGR_BACKUP_PASSPHRASE": PASSPHRASE}) == PASSPHRASE
    for lacking in ({}, {"CASEMGR_BACKUP_PASSPHRASE": "short"}):
        with pytest.raises(Unusable, match="at least 15"):
            backup_passphrase(lacking)
    with pytest.raises(Unusable, match="cannot be read"):
        backup_passphrase({"CASEMGR_BACKUP_PASSPHRASE_FILE": str(tmp_path / "nowhere")})


def test_a_row_missing_from_a_restored_database_would_be_noticed(
    desk: Desk, kept: Kept, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison after a restore is no formality: with one row left out it refuses."""
    whole = tallies

    def short(session: Session) -> dict[str, Any]:
        makes.make_organisation(session, "Nobody's")
        return whole(session)

    monkeypatch.setattr("casemgr.restore.tallies", short)

    with pytest.raises(Malformed, match="organisation"):
        restore(kept.file, place, PASSPHRASE)
    assert not place.data.exists()

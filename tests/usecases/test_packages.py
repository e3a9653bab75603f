"""A matter in one package: whole, checked to its last byte, and the same in another office."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import random
import shutil
import stat
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, col, select
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db import doors
from casemgr.db.dump import tallies
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import (
    Blob,
    Contact,
    Document,
    HistoryEntry,
    LegalHold,
    Letter,
    Matter,
    Membership,
    Office,
    Organisation,
    Origin,
    Person,
    Reminder,
    Requester,
    Wall,
)
from casemgr.desk import Desk
from casemgr.domain.access import Right
from casemgr.domain.words import EntryKind, ReminderState, Role, Side
from casemgr.errors import CasemgrError, Held, Malformed, NotFound, Refused, Unusable, WrongMoment
from casemgr.files.store import Store
from casemgr.keeping import check_office, report
from casemgr.matter_cli import bring_in
from casemgr.usecases import clock, packing
from casemgr.usecases.packages import open_package, seal_over
from casemgr.usecases.packing import export_matter
from casemgr.usecases.relaw import standing
from casemgr.usecases.seal import check_seal
from casemgr.usecases.work import Actor
from tests import makes

FORK = multiprocessing.get_context("fork")
LETTER = b"A letter.\n"
KNOWN_LATER = makes.TODAY + timedelta(days=30)
Files = dict[str, bytes]


def fill(desk: Desk) -> tuple[makes.Cast, str]:
    """Make a matter with a suit, dates, files, a hold, a wall and a fact of another day."""
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(
            session, cast.ada, cast.mira, names=["Tenants of Ward Nine"], summary="Opt-outs."
        )
        makes.make_membership(session, cast.sam, matter, responsible=True)
        request = makes.make_request(session, matter)
        asks = makes.make_organisation(session, note="Pays late.")
        session.add(Requester(request_id=request.id, organisation_id=asks.id))
        track = makes.make_track(session, request)
        makes.make_track(session, request, "dhs", parent_id=track.id)
        makes.make_event(session, track)
        lawsuit = makes.make_lawsuit(session, matter)
        makes.make_party(session, lawsuit)
        for number, day in enumerate((27, 28), start=2):
            filed_on = date(2010, 10, day)
            makes.make_docket_entry(
                session, lawsuit, EntryKind.MOTION, filed_on, filed_by=Side.THEIRS, number=number
            )
        makes.make_declaration(session, matter, lawsuit_id=lawsuit.id)
        _keep_files(desk, session, matter)
        makes.make_wall(session, cast.eve, matter, cast.ada, cast.mira)
        makes.make_wall(session, cast.noor, matter, cast.ada, None)
        session.add(
            LegalHold(
                matter_id=matter.id, because="Suit.", placed_by=cast.ada.id, placed_at=makes.NOON
            )
        )
    with desk.work(makes.actor_of(cast.ada)) as work:
        clock.project_track(work, track.id, because="the tests began")
        clock.project_lawsuit(work, lawsuit.id, because="the tests began")
        work.record("matter.opened", matter, title="“Alvarez” v. ICE")
        work.record("person.refused", why="of no matter")
        work.record("task.made", matter, title="Call")
    return cast, matter.id


def _keep_files(desk: Desk, session: Session, matter: Matter) -> None:
    for data, name in ((LETTER, "../carta nº 3.txt"), (b"%PDF-1.7 made", "")):
        sha256 = desk.store.keep(data)
        session.add(Blob(sha256=sha256, size=len(data), media_type="text/plain"))
        session.flush()
        if name:
            makes.make_document(session, matter, id="DOC-1", sha256=sha256, file_name=name)
            makes.make_document(session, matter, id="DOC-2", sha256=sha256, file_name="twice.txt")
        else:
            makes.make_letter(session, matter, sha256=sha256)
    makes.make_document(session, matter, title="Later", known_on=KNOWN_LATER)


class Moved:
    """An office with a full matter, and the package Mira made of it."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self.desk, self.file = desk, file
        self.cast, self.matter_id = fill(desk)
        self.fingerprint = export(desk, makes.actor_of(self.cast.mira), self.matter_id, file)


def export(desk: Desk, actor: Actor, matter_id: str, file: Path) -> str:
    made = export_matter(
        partial(desk.work, actor), desk.store, desk.office, desk.settings.data, matter_id
    )
    file.write_bytes(b"".join(made.parts()))
    assert file.stat().st_size == made.size
    return made.fingerprint


@pytest.fixture(scope="module")
def moved(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    """Export once for all that only look at the package."""
    folder = tmp_path_factory.mktemp("first")
    engine = open_engine(f"sqlite:///{shutil.copy(sqlite_template, folder / 'casemgr.sqlite3')}")
    yield Moved(makes.make_desk(engine, folder), folder / "matter.zip")
    engine.dispose()


def other_office(engine: Engine, folder: Path, key: bytes = b"another key") -> tuple[Desk, Actor]:
    """Open an office that has nothing but Lena, an attorney."""
    desk = makes.make_desk(engine, folder, key=key)
    with transaction(engine) as session:
        lena = makes.make_person(session, "Lena Fuchs", Role.ATTORNEY)
    return desk, makes.actor_of(lena)


@pytest.fixture
def other(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Desk, Actor]]:
    file = shutil.copy(sqlite_template, tmp_path / "other.sqlite3")
    engine = open_engine(f"sqlite:///{file}")
    yield other_office(engine, tmp_path / "other")
    engine.dispose()


def unpacked(file: Path) -> Files:
    """Return every file of a package by its name within its folder."""
    with zipfile.ZipFile(file) as pack:
        return {each.partition("/")[2]: pack.read(each) for each in pack.namelist()}


def content(desk: Desk) -> dict[str, Any]:
    """Say what the office holds, but for how often somebody tried: that counts what is refused."""
    with desk.work(reads_only=True) as work:
        return {table: held for table, held in tallies(work.session).items() if table != "attempt"}


def faults(file: Path, key: bytes | None = None) -> list[str]:
    """Return what a check says of a package, a refusal to open it included."""
    try:
        with open_package(file, key) as package:
            return list(islice(package.faults(), 20))
    except CasemgrError as refused:
        return [str(refused)]


# --- there and back


def test_a_matter_is_the_same_in_another_office_and_once_more_on_its_way_out(
    moved: Moved, engine: Engine, tmp_path: Path
) -> None:
    desk, lena = other_office(engine, tmp_path / "other")

    done, said = bring_in(desk, lena, moved.file)
    again = tmp_path / "again.zip"
    export(desk, lena, moved.matter_id, again)

    first, second = unpacked(moved.file), unpacked(again)
    same = [name for name in first if name.startswith(("data/facts/", "data/documents/"))]
    assert len(same) >= 35
    assert {name: second[name] for name in same} == {name: first[name] for name in same}
    assert json.loads(second["data/about.json"])["content"] == said
    assert faults(again, desk.key) == []
    assert sorted(done.placeholders) == [
        "Ada Marlowe", "Eve Lindqvist", "Mira Castellan", "Sam Okonjo",
    ]  # fmt: skip
    found, left_over = check_office(desk)
    assert [each for each in found if each.wrong] == [], report(found, left_over)
    assert left_over == []


def test_the_same_matter_makes_the_same_facts_byte_for_byte(moved: Moved, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    export(moved.desk, makes.actor_of(moved.cast.mira), moved.matter_id, again)

    first, second = unpacked(moved.file), unpacked(again)
    told_anew = {
        "data/about.json", "data/history.jsonl", "manifest-sha256.txt", "seal.txt",
        "tagmanifest-sha256.txt", "bag-info.txt",
    }  # fmt: skip
    assert {name for name in first if first[name] != second[name]} <= told_anew
    assert list(first) == list(second) == sorted(first)


def test_holds_walls_and_the_days_things_were_known_come_along(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    bring_in(desk, lena, moved.file)

    with pytest.raises(Held), transaction(desk.engine) as session:
        session.execute(sa.delete(Document))
    with desk.work(lena, reads_only=True) as work:
        walls = work.session.exec(select(Wall)).all()
        assert [each.person_id for each in walls] == [moved.cast.eve.id]
        assert doors.stands_between(work.session, moved.cast.eve.id, moved.matter_id)
        later = work.session.exec(select(Document.id).where(Document.title == "Later")).one()
        with pytest.raises(NotFound):
            doors.document(work.session, lena, later, Right.READ, work.today)


def test_people_come_as_names_without_a_way_in(moved: Moved, other: tuple[Desk, Actor]) -> None:
    desk, lena = other
    bring_in(desk, lena, moved.file)

    with transaction(desk.engine, reads_only=True) as session:
        sam = session.get_one(Person, moved.cast.sam.id)
        assert (sam.name, sam.role, sam.active, sam.office_wide) == (
            "Sam Okonjo", Role.STUDENT, False, False,
        )  # fmt: skip
        assert sam.password_hash is None
        assert sam.email.endswith(".invalid")
        mine = session.exec(select(Membership).where(Membership.person_id == lena.id)).one()
        assert mine.responsible
        assert mine.until_on is None


def test_nothing_of_a_person_but_name_and_role_leaves_the_office(moved: Moved) -> None:
    files = unpacked(moved.file)
    everything = b"\n".join(files.values())

    for word in (b"example.org", b"argon2", b"password", b"Pays late", b"of no matter", b"Noor"):
        assert word not in everything, word
    people = [json.loads(line) for line in files["data/address-book/person.jsonl"].splitlines()]
    assert {tuple(sorted(each)) for each in people} == {("id", "name", "role", "title")}


def test_what_was_owed_to_people_who_stay_behind_is_owed_to_who_takes_over(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    with transaction(moved.desk.engine, reads_only=True) as session:
        asked = select(Reminder).where(col(Reminder.send_at) > makes.NOON + timedelta(days=1))
        before = session.exec(asked).all()
    bring_in(desk, lena, moved.file)

    with transaction(desk.engine, reads_only=True) as session:
        now = session.exec(asked.where(Reminder.state == ReminderState.PENDING)).all()
    assert before
    assert {each.person_id for each in now} == {lena.id}
    assert {(each.deadline_id, each.send_at) for each in now} == {
        (each.deadline_id, each.send_at) for each in before
    }


def test_the_history_of_the_former_office_is_kept_and_not_taken_for_ones_own(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    bring_in(desk, lena, moved.file)

    with desk.work(reads_only=True) as work:
        told = work.session.exec(select(HistoryEntry).order_by(col(HistoryEntry.seq))).all()
        origin = work.session.exec(select(Origin)).one()
        assert check_seal(work, []).holds
    first = unpacked(moved.file)
    assert [each.what for each in told] == ["conflict.checked", "matter.imported", "member.added"]
    assert told[1].facts["fingerprint"] == moved.fingerprint == origin.manifest_sha256
    assert told[1].facts["head"] == origin.head_seal != ""
    assert origin.office == "Test Office"
    assert desk.store.read(origin.history_sha256) == first["data/history.jsonl"]
    manifest = desk.store.read(origin.manifest_sha256)
    assert manifest == first["manifest-sha256.txt"]
    # With what was kept, the former office can say years later that all of it was its own.
    assert seal_over(makes.KEY, manifest) == origin.seal
    assert f"{origin.history_sha256}  data/history.jsonl\n" in manifest.decode()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_matter_that_moved_twice_keeps_what_proves_both_moves(
    moved: Moved, other: tuple[Desk, Actor], engine: Engine, tmp_path: Path
) -> None:
    desk, lena = other
    bring_in(desk, lena, moved.file)
    on_its_way = tmp_path / "on-its-way.zip"
    export(desk, lena, moved.matter_id, on_its_way)
    third, kit = other_office(engine, tmp_path / "third", b"a third key")

    bring_in(third, kit, on_its_way)

    with transaction(engine, reads_only=True) as session:
        origins = session.exec(select(Origin).order_by(col(Origin.imported_by))).all()
    assert {each.imported_by for each in origins} == {lena.id, kit.id}
    histories = {third.store.read(each.history_sha256) for each in origins}
    firsts = (unpacked(moved.file), unpacked(on_its_way))
    assert histories == {each["data/history.jsonl"] for each in firsts}
    with open_package(on_its_way) as package:
        assert list(package.faults()) == []
        assert package.counted["documents"] == 2


def test_the_exporting_office_has_the_fingerprint_in_its_history(moved: Moved) -> None:
    with transaction(moved.desk.engine, reads_only=True) as session:
        asked = select(HistoryEntry).where(HistoryEntry.what == "matter.exported")
        told = session.exec(asked.order_by(col(HistoryEntry.seq))).first()

    assert told is not None
    assert told.matter_id == moved.matter_id
    assert told.person_id == moved.cast.mira.id
    assert told.facts["fingerprint"] == moved.fingerprint
    assert hashlib.sha256(unpacked(moved.file)["manifest-sha256.txt"]).hexdigest() == (
        moved.fingerprint
    )


def test_everybody_can_check_the_sums_with_what_every_machine_has(
    moved: Moved, tmp_path: Path
) -> None:
    with zipfile.ZipFile(moved.file) as pack:
        pack.extractall(tmp_path)
    folder = tmp_path / f"casemgr-{moved.matter_id}"

    for listing in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in (folder / listing).read_text().splitlines():
            said, name = line.split("  ", 1)
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == said
    letter = hashlib.sha256(LETTER).hexdigest()
    assert (folder / "data/documents" / letter / "carta_no_3.txt").read_bytes() == LETTER


def test_an_organisation_known_here_by_the_same_name_stays_one(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    with transaction(desk.engine) as session:
        here = makes.make_organisation(session)
        makes.make_contact(session, organisation_id=here.id)
    bring_in(desk, lena, moved.file)

    with transaction(desk.engine, reads_only=True) as session:
        assert [each.id for each in session.exec(select(Organisation))] == [here.id]
        assert session.exec(select(Requester.organisation_id)).one() == here.id
        assert len(session.exec(select(Contact)).all()) >= 1


# --- what is refused


def test_a_matter_comes_in_once(moved: Moved, other: tuple[Desk, Actor]) -> None:
    desk, lena = other
    bring_in(desk, lena, moved.file)
    before = content(desk)

    with pytest.raises(WrongMoment, match="in this office already"):
        bring_in(desk, lena, moved.file)
    assert content(desk) == before


def test_names_are_looked_for_before_a_matter_comes_in(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    with transaction(desk.engine) as session:
        makes.make_matter(session, title="A secret", names=["Tenants of Ward Nine"])
    before = content(desk)

    with pytest.raises(Refused, match="There may be a conflict") as refused:
        bring_in(desk, lena, moved.file)
    assert "secret" not in str(refused.value)
    assert content(desk) == before
    bring_in(desk, lena, moved.file, cleared="Lena looked: another ward.")
    with transaction(desk.engine, reads_only=True) as session:
        asked = select(HistoryEntry).where(HistoryEntry.what == "conflict.checked")
        assert "another ward" in session.exec(asked).one().facts["says"]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.GUEST, Role.ADMINISTRATOR])
def test_who_cannot_open_a_matter_takes_none_in(
    moved: Moved, other: tuple[Desk, Actor], role: Role
) -> None:
    desk, _ = other
    with transaction(desk.engine) as session:
        somebody = makes.actor_of(makes.make_person(session, "Kit Osei", role))

    with pytest.raises(Refused, match="open matters"):
        bring_in(desk, somebody, moved.file)


@pytest.mark.parametrize("same", ["code", "name"])
def test_who_is_walled_off_there_does_not_take_it_in_here(
    moved: Moved, other: tuple[Desk, Actor], same: str
) -> None:
    desk, _ = other
    given = {"id": moved.cast.eve.id} if same == "code" else {}
    name = "Eva Maria Lind" if same == "code" else "Eve Lindqvist"
    with transaction(desk.engine) as session:
        eve = makes.make_person(session, name, Role.ATTORNEY, **given)

    with pytest.raises(Refused, match="Somebody else"):
        bring_in(desk, makes.actor_of(eve), moved.file)
    with transaction(desk.engine, reads_only=True) as session:
        assert session.get(Matter, moved.matter_id) is None


def test_a_record_that_is_here_already_stops_everything(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    with transaction(moved.desk.engine, reads_only=True) as session:
        known = session.exec(select(Document.id)).first()
    with transaction(desk.engine) as session:
        makes.make_document(session, makes.make_matter(session), id=known)
    before = content(desk)

    with pytest.raises(WrongMoment, match="here already"):
        bring_in(desk, lena, moved.file, cleared="Lena looked.")
    assert content(desk) == before


def test_what_fails_midway_leaves_nothing(
    moved: Moved, other: tuple[Desk, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, lena = other
    before = content(desk)
    with monkeypatch.context() as full, pytest.raises(OSError, match="No space left"):
        full.setattr(Store, "adopt", _full_disk)
        bring_in(desk, lena, moved.file)

    assert content(desk) == before
    assert list(desk.store.names()) == []
    assert [each.name for each in desk.settings.data.iterdir()] == ["history.key"]
    bring_in(desk, lena, moved.file)


def _full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_kill_in_the_last_moment_leaves_nothing_that_anything_refers_to(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    before = content(desk)
    desk.engine.dispose()
    child = FORK.Process(target=_killed_at_the_second_file, args=(desk, lena, moved.file))
    child.start()
    child.join(60)

    assert child.exitcode == 9
    assert content(desk) == before
    found, left_over = check_office(desk)
    assert [each for each in found if each.wrong] == [], report(found, left_over)
    assert len(left_over) == 1  # `casemgr verify` names it and calls it harmless
    bring_in(desk, lena, moved.file)
    assert check_office(desk)[1] == []


def _killed_at_the_second_file(desk: Desk, actor: Actor, file: Path) -> None:
    whole, adopted = Store.adopt, []

    def adopt(store: Store, path: Path, sha256: str) -> None:
        if adopted:
            os._exit(9)
        adopted.append(sha256)
        whole(store, path, sha256)

    Store.adopt = adopt  # type: ignore[method-assign]
    desk.engine.dispose(close=False)
    bring_in(desk, actor, file)


def test_large_documents_are_never_held_whole(other: tuple[Desk, Actor], tmp_path: Path) -> None:
    size = 24 * 1024 * 1024
    first = makes.make_desk(other[0].engine, tmp_path / "first")
    with transaction(first.engine) as session:
        mira = makes.make_person(session, "Mira Castellan", Role.ATTORNEY)
        matter = makes.make_matter(session, mira)
        sha256 = first.store.keep(random.Random(1).randbytes(size))
        session.add(Blob(sha256=sha256, size=size, media_type="text/plain"))
        session.flush()
        makes.make_document(session, matter, sha256=sha256, file_name="film.pdf")
    file = tmp_path / "large.zip"
    made = export_matter(
        partial(first.work, makes.actor_of(mira)), first.store, "", tmp_path, matter.id
    )

    tracemalloc.start()
    with file.open("wb") as into:
        for part in made.parts():
            into.write(part)
    with open_package(file) as package:
        assert list(package.faults()) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert file.stat().st_size > size
    assert peak < size / 3


def test_a_lost_document_is_told_before_a_package_is_believed_whole(
    other: tuple[Desk, Actor], tmp_path: Path
) -> None:
    desk, _ = other
    cast, matter_id = fill(desk)
    lost = hashlib.sha256(LETTER).hexdigest()
    desk.store.path(lost).write_bytes(b"Another.\n\n")

    with pytest.raises(Unusable, match=lost):
        export(desk, makes.actor_of(cast.mira), matter_id, tmp_path / "never.zip")
    with transaction(desk.engine, reads_only=True) as session:
        told = session.exec(select(HistoryEntry.what)).all()
    assert "matter.exported" not in told


def test_a_wall_that_goes_up_while_it_is_packed_keeps_it_in(
    other: tuple[Desk, Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = other
    cast, matter_id = fill(desk)
    whole = packing.pack

    def pack_slowly(*given: Any) -> str:
        with transaction(desk.engine) as session:
            matter = session.get_one(Matter, matter_id)
            makes.make_wall(session, cast.mira, matter, cast.ada, cast.noor)
        return whole(*given)

    monkeypatch.setattr(packing, "pack", pack_slowly)
    with pytest.raises(NotFound):
        export(desk, makes.actor_of(cast.mira), matter_id, tmp_path / "never.zip")


def test_one_export_at_a_time_so_that_pages_go_on(
    other: tuple[Desk, Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = other
    cast, matter_id = fill(desk)
    whole, mira = packing.pack, makes.actor_of(cast.mira)
    refused = []

    def pack_meanwhile(*given: Any) -> str:
        with pytest.raises(WrongMoment, match="Try again in a minute") as second:
            export(desk, mira, matter_id, tmp_path / "second.zip")
        refused.append(second)
        return whole(*given)

    monkeypatch.setattr(packing, "pack", pack_meanwhile)
    export(desk, mira, matter_id, tmp_path / "first.zip")
    monkeypatch.undo()

    assert len(refused) == 1
    export(desk, mira, matter_id, tmp_path / "third.zip")


def test_a_disk_without_room_is_told_before_it_is_full(
    moved: Moved, other: tuple[Desk, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, lena = other
    before = content(desk)
    monkeypatch.setattr("casemgr.files.bag.ROOM_LEFT", 2**62)

    with pytest.raises(Unusable, match="Make room there first"):
        bring_in(desk, lena, moved.file)
    with pytest.raises(Unusable, match="Make room there first"):
        export(moved.desk, makes.actor_of(moved.cast.mira), moved.matter_id, moved.file)
    assert content(desk) == before


# --- what was changed on the way


def packed(files: Files, file: Path, **how: Any) -> Path:
    """Pack files as they are, checksums and all."""
    with zipfile.ZipFile(file, "w", **how) as pack:
        for name, data in files.items():
            pack.writestr(f"casemgr/{name}", data)
    return file


def summed(files: Files) -> Files:
    """Return files with every checksum made anew, as a forger would."""

    def listing(names: list[str]) -> bytes:
        sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(names))
        return "".join(sums).encode()

    files = dict(files)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    about = json.loads(files["data/about.json"])
    listed = "".join(
        f"{sums[name]}  {name.removeprefix('data/')}\n"
        for name in sorted(sums)
        if name.startswith(("data/facts/", "data/documents/"))
    )
    about["content"] = hashlib.sha256(listed.encode()).hexdigest()
    files["data/about.json"] = json.dumps(about).encode()
    files["manifest-sha256.txt"] = listing([name for name in files if name.startswith("data/")])
    tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "seal.txt"]
    files["tagmanifest-sha256.txt"] = listing(tags)
    return files


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        assert old in files[name], name
        return {**files, name: files[name].replace(old, new, 1)}

    return change


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {each: data for each, data in files.items() if each != name}


def added(name: str, data: bytes = b"Hello.\n") -> Callable[[Files], Files]:
    return lambda files: {**files, name: data}


def twice(name: str) -> Callable[[Files], Files]:
    return lambda files: {**files, name: files[name].splitlines(keepends=True)[0] + files[name]}


def last_line_gone(name: str) -> Callable[[Files], Files]:
    return lambda files: {**files, name: b"".join(files[name].splitlines(keepends=True)[:-1])}


def renamed_document(files: Files) -> Files:
    name = next(each for each in files if each.startswith("data/documents/"))
    sha256 = name.split("/")[2]
    return {each.replace(sha256, "0" * 64): data for each, data in files.items()}


FACT, DOCUMENT = "data/facts/matter.jsonl", "data/facts/document.jsonl"
HISTORY, EVENT = "data/history.jsonl", "data/facts/event.jsonl"
CONTENTS = f"data/documents/{hashlib.sha256(LETTER).hexdigest()}/carta_no_3.txt"

CHANGED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a fact": (replaced(FACT, b"Opt-outs", b"Opt-ins!"), f"{FACT} is not as it was packed"),
    "a document": (replaced(CONTENTS, b"A", b"B"), f"{CONTENTS} is not as it was packed"),
    "the history": (replaced(HISTORY, b"Call", b"Fall"), f"{HISTORY} is not as it was packed"),
    "a fact gone": (without(FACT), f"{FACT} is missing from the package"),
    "a document gone": (without(CONTENTS), f"{CONTENTS} is missing"),
    "a file more": (added("data/facts/more.jsonl"), "does not list it"),
    "a file beside": (added("virus.exe"), "virus.exe does not belong"),
    "a line of the manifest gone": (last_line_gone("manifest-sha256.txt"), "does not list it"),
    "the manifest": (replaced("manifest-sha256.txt", b"  data", b"  bata"), "manifest-sha256.txt"),
    "no manifest": (without("manifest-sha256.txt"), "manifest-sha256.txt is missing"),
    "no seal": (without("seal.txt"), "seal.txt is missing"),
    "the declaration": (replaced("bagit.txt", b"1.0", b"0.9"), "bag of version 1.0"),
    "nothing about it": (without("data/about.json"), "data/about.json is missing"),
    "garbage about it": (added("data/about.json", b"[[["), "data/about.json in the package"),
    "a newer format": (
        replaced("data/about.json", b'"format": 1', b'"format": 2'),
        "This package is of format 2, schema 0001, made by casemgr 0.1.0",
    ),
    "an older schema": (
        replaced("data/about.json", b'"schema": "0001"', b'"schema": "0000"'),
        "use that version here",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_was_changed_is_named(moved: Moved, tmp_path: Path, what: str) -> None:
    change, says = CHANGED[what]
    file = packed(change(unpacked(moved.file)), tmp_path / "changed.zip")

    found = faults(file)

    assert says in "\n".join(found), found


FORGED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "another matter's row": (
        replaced(EVENT, b'"matter_id":"M-', b'"matter_id":"M-OTHER'),
        "facts/event.jsonl, line 1: it is of another matter",
    ),
    "a row twice": (twice(EVENT), "line 2: it comes twice"),
    "a wrong kind of value": (
        replaced(DOCUMENT, b'"version":1', b'"version":"1"'),
        "version holds what it cannot hold",
    ),
    "a word that is none of the list": (
        replaced(EVENT, b'"certainty":"exact"', b'"certainty":"maybe"'),
        "certainty holds what it cannot hold",
    ),
    "a list where words belong": (
        replaced(FACT, b'"names":["Tenants of Ward Nine"]', b'"names":{"a":1}'),
        "names holds what it cannot hold",
    ),
    "a code that is an address": (
        replaced(DOCUMENT, b'"id":"DOC-1', b'"id":"../D-1'),
        "id is no code of a record",
    ),
    "a column more": (
        replaced(FACT, b'"closed_on"', b'"admin":true,"closed_on"'),
        "its columns are not those of this version",
    ),
    "a row in other words": (
        replaced(FACT, b'"closed_on":null', b'"closed_on": null'),
        "it is not written as casemgr writes it",
    ),
    "a person gone": (
        last_line_gone("data/address-book/person.jsonl"),
        "refers to person",
    ),
    "the matter gone": (added(FACT, b""), "does not hold the one matter"),
    "a table gone": (without(EVENT), "facts/event.jsonl is missing"),
    "a document gone": (without(CONTENTS), "is named and not there"),
    "another document in its place": (added(CONTENTS, b"Forged.\n"), "not the file that its"),
    "a document under another's name": (renamed_document, "is named and not there"),
    "a document nobody names": (
        added(f"data/documents/{hashlib.sha256(b'x').hexdigest()}/x.txt", b"x"),
        "nothing names it",
    ),
    "a page of one's own": (added("data/index.html"), "index.html does not belong"),
    "the end of the history gone": (last_line_gone(HISTORY), "does not hold the"),
    "a record of another matter": (
        replaced(HISTORY, b'"matter_id":"M-', b'"matter_id":"M-OTHER'),
        "history.jsonl, line 1: it is of another matter",
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forgery_with_the_right_checksums_is_named(
    moved: Moved, tmp_path: Path, what: str
) -> None:
    change, says = FORGED[what]
    file = packed(summed(change(unpacked(moved.file))), tmp_path / "forged.zip")

    found = faults(file)

    assert says in "\n".join(found), found


def test_nothing_of_a_forgery_is_taken_in(
    moved: Moved, other: tuple[Desk, Actor], tmp_path: Path
) -> None:
    change, _ = FORGED["a person gone"]
    file = packed(summed(change(unpacked(moved.file))), tmp_path / "forged.zip")
    desk, lena = other
    before = content(desk)

    with pytest.raises(Malformed, match="Nothing of the package was used"):
        bring_in(desk, lena, file)
    assert content(desk) == before


def test_a_forgery_that_makes_sense_is_known_to_the_office_that_made_the_package(
    moved: Moved, tmp_path: Path
) -> None:
    forged = summed(replaced(FACT, b"Opt-outs", b"Opt-ins!")(unpacked(moved.file)))
    file = packed(forged, tmp_path / "forged.zip")

    assert faults(file) == []  # a stranger can only compare the fingerprint
    with open_package(file, b"another key") as package:
        assert package.is_sealed is False
        assert package.fingerprint != moved.fingerprint
    assert "somebody changed it and packed it again" in faults(file, makes.KEY)[0]
    assert faults(moved.file, makes.KEY) == []


def test_a_forged_line_of_history_does_not_bear_the_seal(moved: Moved, tmp_path: Path) -> None:
    files = summed(replaced(HISTORY, b"Call", b"Fall")(unpacked(moved.file)))
    files["seal.txt"] = f"{seal_over(makes.KEY, files['manifest-sha256.txt'])}\n".encode()
    file = packed(summed(files), tmp_path / "forged.zip")

    assert faults(file) == []
    assert faults(file, makes.KEY) == ["1 records of the history do not bear this office's seal."]


def odd(name: str, files: Files, file: Path) -> Path:
    """Pack a file under a name that a careless program would write somewhere else."""
    packed(files, file)
    entry = zipfile.ZipInfo("PLACEHOLDER")
    with zipfile.ZipFile(file, "a") as pack:
        entry.filename = name
        pack.writestr(entry, b"evil")
    return file


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "casemgr/../../x", "C:\\x", "casemgr/a\\..\\x",
     "casemgr//x", "casemgr/./x", "casemgr/x\n", "casemgr/"],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(moved: Moved, tmp_path: Path, name: str) -> None:
    file = odd(name, unpacked(moved.file), tmp_path / "odd.zip")

    assert "could lead out of its folder" in faults(file)[0]


def test_a_link_is_no_file(moved: Moved, tmp_path: Path) -> None:
    file = packed(unpacked(moved.file), tmp_path / "link.zip")
    link = zipfile.ZipInfo("casemgr/data/link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "a") as pack:
        pack.writestr(link, "/etc/passwd")

    assert "a link and no file" in faults(file)[0]


@pytest.mark.parametrize("second", ["casemgr/bagit.txt", "casemgr/BagIt.txt"])
def test_no_file_hides_another(moved: Moved, tmp_path: Path, second: str) -> None:
    file = packed(unpacked(moved.file), tmp_path / "twice.zip")
    with zipfile.ZipFile(file, "a") as pack, pytest.MonkeyPatch.context() as quiet:
        quiet.setattr("warnings.warn", lambda *_, **__: None)
        pack.writestr(second, b"BagIt-Version: 9\n")

    assert "twice, so one hides the other" in faults(file)[0]


def test_a_small_file_does_not_swell(moved: Moved, tmp_path: Path) -> None:
    files = {**unpacked(moved.file), "data/zeros": bytes(50_000_000)}
    file = packed(files, tmp_path / "bomb.zip", compression=zipfile.ZIP_DEFLATED)

    assert file.stat().st_size < 1_000_000
    assert "is compressed or locked" in faults(file)[0]


def test_files_that_lie_over_each_other_are_refused(moved: Moved, tmp_path: Path) -> None:
    whole = packed(unpacked(moved.file), tmp_path / "whole.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        first, second = pack.infolist()[:2]
    directory = whole.rindex(
        b"PK\x01\x02", 0, whole.index(second.filename.encode(), len(whole) // 2)
    )
    lying = bytearray(whole)
    lying[directory + 42 : directory + 46] = first.header_offset.to_bytes(4, "little")
    file = tmp_path / "over.zip"
    file.write_bytes(lying)

    assert "lie over each other" in faults(file)[0]


def test_several_folders_are_no_package(moved: Moved, tmp_path: Path) -> None:
    file = packed(unpacked(moved.file), tmp_path / "two.zip")
    with zipfile.ZipFile(file, "a") as pack:
        pack.writestr("another/x.txt", b"x")

    assert "one folder with everything in it" in faults(file)[0]


def test_a_package_cut_off_anywhere_is_refused(moved: Moved, tmp_path: Path) -> None:
    whole = moved.file.read_bytes()
    file = tmp_path / "cut.zip"
    for left in (0, 1, 30, 1000, len(whole) // 2, len(whole) - 23, len(whole) - 1):
        file.write_bytes(whole[:left])
        assert "cut off on its way" in faults(file)[0], left
    file.write_bytes(b"%PDF-1.7 not a zip at all")
    assert "no package of casemgr" in faults(file)[0]


def test_a_flipped_bit_is_found_or_changes_nothing_that_is_read(
    moved: Moved, tmp_path: Path, full_size: bool
) -> None:
    whole, held = moved.file.read_bytes(), unpacked(moved.file)
    pick, file, unnoticed = random.Random(48), tmp_path / "flipped.zip", 0
    tries = 2000 if full_size else 40
    for _ in range(tries):
        at = pick.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[at] ^= 1 << pick.randrange(8)
        file.write_bytes(flipped)
        if not faults(file):
            unnoticed += 1
            assert unpacked(file) == held, at
    assert unnoticed < tries / 4  # moments and flags of the zip itself


# --- the command line


def test_the_commands_take_a_matter_from_office_to_office(
    moved: Moved, other: tuple[Desk, Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = other

    def say(office: Desk, *words: str) -> tuple[int, str]:
        monkeypatch.setenv("CASEMGR_DATA", str(office.settings.data))
        monkeypatch.setenv("CASEMGR_DATABASE_URL", str(office.engine.url))
        said = CliRunner().invoke(app, ["matter", *words])
        return said.exit_code, said.output

    file = tmp_path / "by-hand.zip"
    out = ["export", moved.matter_id, str(file), "--as"]
    assert say(moved.desk, *out, "ada@example.org")[0] == 2
    assert say(moved.desk, *out, "nobody@example.org")[0] == 2
    assert not file.exists()
    made = say(moved.desk, *out, "mira@example.org")
    assert made[0] == 0, made
    assert file.stat().st_mode & 0o777 == 0o600
    assert "was not touched" in say(moved.desk, *out, "mira@example.org")[1]
    assert "The seal is of this office" in say(moved.desk, "verify", str(file))[1]
    assert "The seal is of another office" in say(desk, "verify", str(file))[1]
    taken = say(desk, "import", str(file), "--as", "lena@example.org")
    assert taken[0] == 0, taken
    assert "Lena Fuchs answers" in taken[1]
    assert "Kept as names without access" in taken[1]
    assert "Kept out by a wall there: Eve Lindqvist." in taken[1]
    assert say(desk, "import", str(file), "--as", "lena@example.org")[0] == 2
    file.write_bytes(file.read_bytes().replace(b"Opt-outs", b"Opt-ins!"))
    wrong = say(desk, "verify", str(file))
    assert wrong[0] == 1
    assert "facts/matter.jsonl is not as it was packed" in wrong[1]


def test_other_law_files_are_told_and_looked_at_by_the_command_that_recounts(
    moved: Moved, other: tuple[Desk, Actor]
) -> None:
    desk, lena = other
    newer = replace(desk, law=replace(desk.law, version="newer"))
    with transaction(desk.engine) as session:
        session.add(Office(name="The other office", zone="America/New_York", law_version="newer"))

    done, _ = bring_in(newer, lena, moved.file)

    assert f"under the law files {desk.law.version}; those here are newer" in done.law
    with newer.work(reads_only=True) as work:
        assert "casemgr law moved" in str(standing(work))


def test_what_a_kill_left_behind_goes_a_day_later(moved: Moved, other: tuple[Desk, Actor]) -> None:
    desk, lena = other
    old, new = (desk.settings.data / name for name in (".import-old", ".import-new"))
    for folder in (old, new):
        folder.mkdir()
    long_ago = new.stat().st_mtime - 25 * 3600
    os.utime(old, (long_ago, long_ago))

    bring_in(desk, lena, moved.file)

    assert not old.exists()
    assert new.exists()


def test_no_letter_is_lost_on_the_way(moved: Moved, other: tuple[Desk, Actor]) -> None:
    desk, lena = other
    bring_in(desk, lena, moved.file)

    with transaction(desk.engine, reads_only=True) as session:
        letter = session.exec(select(Letter)).one()
    assert desk.store.read(letter.sha256) == b"%PDF-1.7 made"

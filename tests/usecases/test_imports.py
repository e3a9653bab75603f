"""An old spreadsheet becomes requests with tracks, events and dates: whole, or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col, select

from casemgr.db.session import transaction
from casemgr.db.tables import (
    Deadline,
    Document,
    Event,
    FoiaRequest,
    HistoryEntry,
    ImportRow,
    Membership,
    Recipient,
    Reminder,
    SpreadsheetImport,
    Track,
    TrackingNumber,
)
from casemgr.domain.words import EventKind, ImportState, RequestStage, Role
from casemgr.errors import Malformed, NotFound, Refused, WrongMoment
from casemgr.usecases import clock, holds, import_jobs, import_writing, imports, tracks
from casemgr.usecases.holds import HoldInput
from casemgr.usecases.imports import MatchingInput, UndoInput
from casemgr.usecases.invariants import check_all
from tests import makes
from tests.usecases.sheets import COLUMNS, Desked, csv_of, workbook

GOOD = ["A-1", "Opt-out letters", "ICE; Customs and Border Protection", "2010ICE1; 2010CBP1",
        "2010-02-03", "2010-02-09", "", ""]  # fmt: skip
DECIDED = ["A-2", "Raids", "ICE", "", "3/1/2010", "3/8/2010", "4/1/2010", "Denied in full"]
NEW = ["A-3", "Detention contracts", "ICE", "2010ICE9", "10/1/2010", "10/5/2010", "", ""]
WRITTEN = (FoiaRequest, Track, Recipient, TrackingNumber, Event, Deadline)
BARE = ["", "A call about buses", "", "", "", "", "", ""]


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desked(engine: Engine, tmp_path: Path) -> Desked:
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada, cast.sam)
        makes.make_agency(session)
        makes.make_agency(session, "cbp", name="Customs and Border Protection")
        [membership] = session.exec(select(Membership).where(Membership.person_id == cast.ada.id))
        membership.responsible = True
    return Desked(desk, cast, matter)


def test_a_spreadsheet_becomes_requests_with_tracks_events_and_dates(desked: Desked) -> None:
    import_id = desked.bring(csv_of(GOOD, DECIDED, NEW, BARE))
    checked = desked.match(import_id)
    assert (checked.state, checked.wrong, checked.rows) == (ImportState.CHECKED, 0, 4)
    assert list(desked.requests()) == []

    done = desked.start(import_id)

    assert (done.state, done.done, done.problem) == (ImportState.IMPORTED, 4, "")
    found = {each.title: each for each in desked.requests()}
    letters, raids = found["Opt-out letters"], found["Raids"]
    assert (letters.requested_on, letters.stage) == (date(2010, 2, 3), RequestStage.WAITING)
    assert letters.source == "old.csv, row 2"
    assert letters.their_due_on == date(2010, 3, 10)
    assert letters.owner_id == desked.cast.sam.id
    assert (raids.stage, raids.next_due_on) == (RequestStage.DECIDED, date(2010, 5, 31))
    assert found["A call about buses"].asked_on == makes.TODAY
    with desked.desk.work(reads_only=True) as work:
        both = list(work.session.exec(select(Track).where(Track.request_id == letters.id)))
        assert {each.agency_id for each in both} == {"ice", "cbp"}
        numbers = {
            (work.session.get_one(Track, each.track_id).agency_id, each.number)
            for each in work.session.exec(select(TrackingNumber))
        }
        assert numbers == {("ice", "2010ICE1"), ("cbp", "2010CBP1"), ("ice", "2010ICE9")}
        sent = work.session.scalars(sa.select(col(Recipient.sent_on))).all()
        assert sorted(map(str, sent)) == ["2010-02-03", "2010-02-03", "2010-03-01", "2010-10-01"]
        what = work.session.exec(select(HistoryEntry.what)).all()
        assert what.count("request.imported") == 4
        assert what.count("import.done") == 1
        wrong = [each for each in check_all(work, desked.desk.store, ()) if each.wrong]
        assert wrong == []


def test_its_dates_are_those_that_logging_by_hand_gives(desked: Desked) -> None:
    import_id = desked.bring(csv_of(GOOD, DECIDED, NEW))
    desked.match(import_id)
    desked.start(import_id)

    with desked.desk.work() as work:
        ids = work.session.exec(select(Track.id)).all()
        moved = clock.project_tracks(work, list(ids), because="the tests looked again")
        stages = [(each.stage, each.next_due_on, each.their_due_on) for each in desked.requests()]
        clock.refresh_next_due(work, *(each.id for each in desked.requests()))
        again = [(each.stage, each.next_due_on, each.their_due_on) for each in desked.requests()]

    assert moved == ()
    assert again == stages


def test_only_dates_ahead_remind_anybody(desked: Desked) -> None:
    import_id = desked.bring(csv_of(GOOD, NEW))
    desked.match(import_id)
    desked.start(import_id)

    with desked.desk.work(reads_only=True) as work:
        reminded = work.session.execute(
            sa.select(col(Deadline.due), col(Reminder.person_id)).join(
                Reminder, col(Reminder.deadline_id) == col(Deadline.id)
            )
        ).all()
    assert {tuple(each) for each in reminded} == {(date(2010, 11, 3), desked.cast.ada.id)}


def test_what_is_wrong_is_said_beside_the_row_and_nothing_is_imported(desked: Desked) -> None:
    rows = [
        ["B-1", "", "ICE", "", "2010-01-01", "", "", ""],
        ["B-2", "Two ways", "ICE", "", "2/3/2010", "", "", ""],
        ["B-3", "No such day", "ICE", "", "2010-02-30", "", "", ""],
        ["B-4", "Nobody knows", "Moonbase", "", "2010-01-01", "", "", ""],
        ["B-5", "Late", "ICE", "", "2010-02-03", "2010-01-03", "", ""],
        ["B-6", "Ahead", "ICE", "", "2015-01-01", "", "", ""],
        ["B-7", "Whose number", "ICE; CBP", "1; 2; 3", "2010-01-01", "", "", ""],
        ["B-8", "Odd", "ICE", "", "2010-01-01", "", "2010-02-01", "maybe"],
        ["A-1", "Same as the next", "ICE", "", "2010-01-01", "", "", ""],
        ["A-1", "Same as before", "ICE", "", "2010-01-02", "", "", ""],
    ]
    import_id = desked.bring(csv_of(*rows))

    checked = desked.match(import_id, day_first=None)

    says = {number: " ".join(told) for number, told in desked.says(import_id).items()}
    assert "needs a title" in says[2]
    assert "“2/3/2010” reads two ways" in says[3]
    assert "not in the calendar" in says[4]
    assert "“Moonbase” is no office of the directory" in says[5]
    assert "cannot have had it earlier" in says[6]
    assert "in the future" in says[7]
    assert "3 tracking numbers for 2 offices" in says[8]
    assert "“maybe” is no outcome we know" in says[9]
    assert 10 not in says
    assert "Row 10 has the same reference" in says[11]
    assert (checked.wrong, checked.sheet["unknown"]) == (9, ["Moonbase"])
    with pytest.raises(Malformed, match="9 rows cannot be imported as they are"):
        desked.start(import_id)
    assert list(desked.requests()) == []

    desked.start(import_id, leave_out_wrong=True)

    assert [each.title for each in desked.requests()] == ["Same as the next"]


def test_the_day_or_the_month_comes_first_as_somebody_says_once(desked: Desked) -> None:
    rows = [["", "One", "", "", "2/3/2010", "", "", ""], ["", "Two", "", "", "13/2/10", "", "", ""]]
    import_id = desked.bring(csv_of(*rows))
    assert desked.row(import_id).matching["day_first"] is True  # the second row shows it

    assert desked.match(import_id, day_first=False).wrong == 1
    assert "no month 13" in desked.says(import_id)[3][0]
    assert desked.match(import_id, day_first=True).wrong == 0
    desked.start(import_id)

    days = [each.requested_on for each in desked.requests()]
    assert days == [date(2010, 3, 2), date(2010, 2, 13)]


def test_an_office_nobody_knows_is_chosen_once_or_left_out(desked: Desked) -> None:
    rows = [["", "One", "Homeland; Moonbase", "", "", "", "", ""]]
    import_id = desked.bring(csv_of(*rows))
    assert desked.match(import_id).wrong == 1

    assert desked.match(import_id, offices={"Homeland": "ice", "Moonbase": "-"}).wrong == 0
    desked.start(import_id)

    with desked.desk.work(reads_only=True) as work:
        assert work.session.exec(select(Track.agency_id)).all() == ["ice"]
    with pytest.raises(WrongMoment):
        desked.match(import_id)


def test_formulas_and_merged_cells_are_told_beside_their_row(desked: Desked) -> None:
    data = workbook(
        ["Our ref", "Subject", "Agency", "FOIA number", "Date sent", "Received"],
        ["A-1", "Plain", "ICE", "", date(2010, 2, 3), ""],
        ["A-2", "=B2", "ICE", "", "", ""],
        ["A-3", "Merged", "ICE", "", "", ""],
        ["A-4", "", "ICE", "", "", ""],
        merge="B4:B5",
    )
    import_id = desked.bring(data, "old.xlsx")
    columns = {at: wanted for at, wanted in COLUMNS.items() if int(at) < 6}

    desked.match(import_id, columns=columns)

    says = desked.says(import_id)
    assert 2 not in says
    assert "This is a formula (=B2)" in says[3][0]
    assert "merged with B4" in says[5][0]
    desked.match(import_id, columns=columns, formulas=True)
    assert "was saved without its value" in desked.says(import_id)[3][0]


def test_what_seems_on_file_is_left_out_unless_somebody_wants_it_twice(desked: Desked) -> None:
    for _ in range(2):
        import_id = desked.bring(csv_of(GOOD, NEW))
        again = desked.match(import_id)
        if again.left_out == 0:
            desked.start(import_id)

    assert (again.left_out, again.wrong) == (2, 0)
    assert "on file: left out" in desked.says(import_id)[2][0]
    with pytest.raises(WrongMoment, match="No row is left"):
        desked.start(import_id)
    desked.match(import_id, take_same=True)
    desked.start(import_id)
    assert len(list(desked.requests())) == 4


def test_the_same_headers_are_remembered(desked: Desked) -> None:
    odd = ["Zig", "Zag", "Zog"]
    first = desked.bring(csv_of(["x", "y", "z"], headers=odd))
    assert desked.row(first).matching["columns"] == {}
    desked.match(first, columns={"1": "title", "2": "reference"})

    second = desked.bring(csv_of(["a", "b", "c"], headers=odd))

    assert desked.row(second).matching["columns"] == {"1": "title", "2": "reference"}


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xlsx", "with a password"),
        (b"%PDF-1.4", "old.pdf", "ends in .xlsx or .csv"),
        (b"PK\x03\x04rubbish", "old.xlsx", "contents are something else"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_at_the_door(
    desked: Desked, data: bytes, name: str, says: str
) -> None:
    with pytest.raises(Malformed, match=says):
        desked.bring(data, name)


def test_a_file_that_cannot_be_read_says_so_and_is_kept(desked: Desked) -> None:
    import_id = desked.bring(b"only one column\nand nothing more\n")

    row = desked.row(import_id)
    assert row.state is ImportState.FAILED
    assert "The first row names the columns" in row.problem
    with desked.desk.work(reads_only=True) as work:
        document = work.session.get_one(Document, row.document_id)
    assert desked.desk.store.read(str(document.sha256)).startswith(b"only one")


# --- whole or not at all


def test_an_import_that_is_cut_off_shows_nothing_and_goes_on_where_it_was(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        ["", f"Letter {i}", "ICE", f"N{i}", "2010-02-03", "2010-02-09", "", ""] for i in range(7)
    ]
    import_id = desked.bring(csv_of(*rows))
    desked.match(import_id)
    monkeypatch.setattr(import_jobs, "WRITTEN_AT_ONCE", 3)
    written = import_writing.write

    def dies_in_the_third(*given: object) -> None:
        if desked.row(import_id).done >= 6:
            raise KeyboardInterrupt  # as a kill would: nothing after it is done
        written(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(import_jobs, "write", dies_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        desked.start(import_id)
    assert desked.row(import_id).state is ImportState.IMPORTING
    assert list(desked.requests()) == []
    with desked.desk.work(reads_only=True) as work:
        assert import_jobs.waiting(work) == []  # its lease still runs
        hidden = work.session.exec(select(sa.func.count()).select_from(Event)).one()
    assert hidden == 12

    with desked.desk.work() as work:
        row = work.session.get_one(SpreadsheetImport, import_id)
        row.lease_until = work.now - timedelta(seconds=1)
        work.session.add(row)
    monkeypatch.setattr(import_jobs, "write", written)
    desked.go_on(import_id)

    assert desked.row(import_id).state is ImportState.IMPORTED
    assert sorted(each.title for each in desked.requests()) == [f"Letter {i}" for i in range(7)]


def _counts(desked: Desked) -> dict[str, int]:
    """Count the rows of every table an import writes into, seen or not."""
    with desked.desk.work(reads_only=True) as work:
        return {
            str(table.__tablename__): work.session.scalar(sa.select(sa.func.count(table.id))) or 0
            for table in WRITTEN
        }


def _breaks_in_the_third(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, list[dict[str, int]]]:
    """Import seven rows, three at once, of which the last cannot be written any more."""
    rows = [
        ["", f"Letter {i}", "ICE", f"N{i}", "2010-02-03", "2010-02-09", "", ""] for i in range(7)
    ]
    import_id, seen = desked.bring(csv_of(*rows)), list[dict[str, int]]()
    desked.match(import_id)
    monkeypatch.setattr(import_jobs, "WRITTEN_AT_ONCE", 3)
    written = import_writing.write

    def breaks(*given: object) -> None:
        if desked.row(import_id).done >= 6:
            seen.append(_counts(desked))
            raise Malformed("Row 8 is not what it was.")
        written(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(import_jobs, "write", breaks)
    return import_id, seen


def test_an_import_that_fails_leaves_nothing_behind(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id, seen = _breaks_in_the_third(desked, monkeypatch)
    before = _counts(desked)

    failed = desked.start(import_id)

    assert (failed.state, failed.problem) == (ImportState.FAILED, "Row 8 is not what it was.")
    # The control: by then there was something in every one of them.
    assert [each - before[name] for name, each in seen[0].items()] == [6, 6, 6, 6, 12, 6]
    assert _counts(desked) == before
    with desked.desk.work(reads_only=True) as work:
        became = select(ImportRow.id).where(col(ImportRow.request_id).is_not(None))
        assert work.session.exec(became).all() == []
        assert [each for each in check_all(work, desked.desk.store, ()) if each.wrong] == []


@on_sqlite
def test_what_a_legal_hold_keeps_of_a_failed_import_is_told(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id, _ = _breaks_in_the_third(desked, monkeypatch)
    with desked.desk.work(makes.actor_of(desked.cast.ada)) as work:
        holds.place_hold(work, desked.matter.id, HoldInput(because="A suit is expected."))

    failed = desked.start(import_id)

    assert failed.state is ImportState.FAILED
    assert "a legal hold keeps everything of this matter" in failed.problem
    assert list(desked.requests()) == []
    assert _counts(desked)["foia_request"] == 6


@on_sqlite
def test_an_undoing_that_fails_says_again_how_many_requests_there_are(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = desked.bring(csv_of(GOOD, NEW))
    desked.match(import_id)
    desked.start(import_id)

    def breaks(*_: object) -> None:
        raise Malformed("The disk is full.")

    monkeypatch.setattr(import_jobs, "hide", breaks)
    with desked.desk.work(makes.actor_of(desked.cast.ada)) as work:
        imports.undo(work, import_id, UndoInput(because="The wrong matter."))
    desked.go_on(import_id)

    again = desked.row(import_id)
    assert (again.state, again.done) == (ImportState.IMPORTED, 2)
    assert again.problem == "The disk is full."
    assert len(list(desked.requests())) == 2


def test_nobody_goes_on_with_an_import_of_somebody_who_left_the_matter(desked: Desked) -> None:
    import_id = desked.bring(csv_of(GOOD))
    desked.match(import_id)
    with desked.desk.work(makes.actor_of(desked.cast.sam)) as work:
        imports.start(work, import_id, imports.StartInput())
    with transaction(desked.desk.engine) as session:
        makes.make_wall(session, desked.cast.sam, desked.matter, desked.cast.ada, desked.cast.noor)

    desked.go_on(import_id)

    assert desked.row(import_id).state is ImportState.FAILED
    assert list(desked.requests()) == []


# --- undoing


def _undo(desked: Desked, import_id: str) -> SpreadsheetImport:
    with desked.desk.work(makes.actor_of(desked.cast.ada)) as work:
        imports.undo(work, import_id, UndoInput(because="The wrong matter."))
    desked.go_on(import_id)
    return desked.row(import_id)


def test_a_whole_import_is_undone_and_leaves_nothing_in_sight(desked: Desked) -> None:
    import_id = desked.bring(csv_of(GOOD, NEW))
    desked.match(import_id)
    desked.start(import_id)

    undone = _undo(desked, import_id)

    assert undone.state is ImportState.UNDONE
    assert list(desked.requests()) == []
    with desked.desk.work(reads_only=True) as work:
        for table in (Track, Event, Deadline):
            seen = select(table.id).where(table.known_on < import_writing.NEVER)
            assert work.session.exec(seen).all() == []
        states = set(work.session.exec(select(Reminder.state)))
        assert states == {"cancelled"}
        wrong = [each for each in check_all(work, desked.desk.store, ()) if each.wrong]
        assert wrong == []


def test_an_import_somebody_worked_on_is_not_undone(desked: Desked) -> None:
    import_id = desked.bring(csv_of(GOOD, NEW))
    desked.match(import_id)
    desked.start(import_id)
    [_, letters] = desked.requests()
    with desked.desk.work(makes.actor_of(desked.cast.ada)) as work:
        [track, _] = work.session.exec(select(Track).where(Track.request_id == letters.id))
        number = tracks.TrackingNumberInput(number="later", given_for="request")
        tracks.add_tracking_number(work, track.id, number)

    with pytest.raises(WrongMoment, match="worked on 1 row since: 2"):
        _undo(desked, import_id)

    with desked.desk.work(makes.actor_of(desked.cast.ada)) as work:
        event = work.session.exec(select(Event).where(Event.kind == EventKind.SENT)).first()
        assert event is not None
        event.says = "By mail."
        work.session.add(event)
        work.session.flush()
        assert len(imports.changed_rows(work, import_id)) in (1, 2)
    assert len(list(desked.requests())) == 2


# --- who may


def test_a_stranger_finds_no_import_and_a_guest_brings_none(desked: Desked) -> None:
    import_id = desked.bring(csv_of(GOOD))
    given = MatchingInput.model_validate({"columns": COLUMNS})
    with transaction(desked.desk.engine) as session:
        gil = makes.make_person(session, "Gil Soto", Role.GUEST)
        makes.make_membership(session, gil, desked.matter)

    with pytest.raises(NotFound), desked.desk.work(makes.actor_of(desked.cast.eve)) as work:
        imports.match(work, import_id, given)
    with pytest.raises(Refused), desked.desk.work(makes.actor_of(gil)) as work:
        imports.match(work, import_id, given)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"0": "reference"}, "which column holds the title"),
        ({"0": "title", "1": "title"}, "Column A means this already"),
        ({"1": "title", "40": "summary"}, "no column AO"),
    ],
)
def test_columns_that_cannot_be_meant_are_told(
    desked: Desked, columns: dict[str, str], says: str
) -> None:
    import_id = desked.bring(csv_of(GOOD))

    with pytest.raises(Malformed, match=says):
        desked.match(import_id, columns=columns)

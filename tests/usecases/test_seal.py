"""The seal: whatever is done to the history behind its back, the first bad record is named."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlmodel import Session, col, select

from casemgr.db import chain
from casemgr.db.session import open_engine
from casemgr.db.tables import HistoryEntry, HistoryHead
from casemgr.desk import Desk
from casemgr.domain.audit import SEALED, canonical, seal, seal_of, sealer
from casemgr.domain.chain import Checked, Head, Stored, follow
from casemgr.domain.words import Role
from casemgr.errors import Refused, Unusable
from casemgr.files.heads import heads_file, keep_head, read_heads
from casemgr.scheduler import keep_todays_head
from casemgr.usecases.seal import check_seal, look_at_seal
from casemgr.usecases.work import Actor
from tests.makes import KEY, make_desk

RECORDS = 40
TABLE: Any = HistoryEntry.__table__  # type: ignore[attr-defined]
HEAD: Any = HistoryHead.__table__  # type: ignore[attr-defined]


def told(desk: Desk, count: int) -> None:
    """Record this many things, several in a transaction, as an office does."""
    with desk.work() as work:
        for number in range(count):
            work.record("person.refused", why=f"no. {number}: “§ 552” is not a password")


def checked(desk: Desk, *kept: Head) -> Checked:
    with desk.work(reads_only=True) as work:
        return check_seal(work, kept)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    made = make_desk(engine, tmp_path)
    told(made, RECORDS)
    return made


@pytest.fixture
def unguarded(desk: Desk) -> Iterator[Connection]:
    """Give whoever holds the whole database: the triggers stand in nobody's way.

    What is done is taken back at the end, so that each tampering starts from the true history.
    """
    with desk.engine.connect() as connection:
        if desk.engine.dialect.name == "sqlite":
            connection.execute(sa.text("DROP TRIGGER history_refuses_update"))
            connection.execute(sa.text("DROP TRIGGER history_refuses_delete"))
        else:
            connection.execute(sa.text("ALTER TABLE history_entry DISABLE TRIGGER USER"))
        yield connection
        connection.rollback()


def look(connection: Connection, *kept: Head) -> Checked:
    """Check the chain as it stands in the middle of the tampering."""
    with Session(bind=connection, join_transaction_mode="rollback_only") as session:
        return follow(KEY, chain.stored(session), chain.newest(session), kept)


# --- what somebody may do; each returns the number of the first record that is then wrong


def edit(connection: Connection, pick: random.Random) -> int:
    seq = pick.randint(1, RECORDS)
    column, value = pick.choice(
        [
            ("person_name", "Somebody Else"),
            ("what", "person.signed_in"),
            ("at", datetime(2010, 10, 28, 9, 0, tzinfo=UTC)),
            ("facts", {"why": "nothing to see"}),
            ("facts", {}),
            ("matter_id", "M-ANOTHER"),
            ("subject_id", "x"),
            ("subject_kind", "person"),
            ("person_id", "P-ANOTHER"),
            ("seal", "0" * 64),
            ("seal", ""),
        ]
    )
    connection.execute(TABLE.update().where(TABLE.c.seq == seq).values({column: value}))
    return seq


def delete(connection: Connection, pick: random.Random) -> int:
    seq = pick.randint(1, RECORDS)
    connection.execute(TABLE.delete().where(TABLE.c.seq == seq))
    return seq


def renumber(connection: Connection, pick: random.Random) -> int:
    seq = pick.randint(1, RECORDS)
    to = pick.choice([0, -seq, RECORDS + pick.randint(1, 50)])
    connection.execute(TABLE.update().where(TABLE.c.seq == seq).values(seq=to))
    return 1 if to <= 0 else seq


def row(connection: Connection, seq: int) -> dict[str, Any]:
    return dict(connection.execute(TABLE.select().where(TABLE.c.seq == seq)).mappings().one())


def swap(connection: Connection, pick: random.Random) -> int:
    one, other = sorted(pick.sample(range(1, RECORDS + 1), 2))
    first, second = row(connection, one), row(connection, other)
    for seq, content in ((one, second), (other, first)):
        connection.execute(TABLE.update().where(TABLE.c.seq == seq).values({**content, "seq": seq}))
    return one


def insert(connection: Connection, pick: random.Random) -> int:
    """Put in a record, with those after it moved up by one and the head with them."""
    seq = pick.randint(1, RECORDS)
    content = row(connection, seq)
    for later in range(RECORDS, seq - 1, -1):
        connection.execute(TABLE.update().where(TABLE.c.seq == later).values(seq=later + 1))
    connection.execute(TABLE.insert().values({**content, "seq": seq, "person_name": "Put In"}))
    connection.execute(HEAD.update().values(seq=RECORDS + 1))
    return seq


def append(connection: Connection, pick: random.Random) -> int:
    """Add a record at the end, the head put forward to it; without the key."""
    content = {
        **row(connection, RECORDS),
        "seq": RECORDS + 1,
        "seal": f"{pick.getrandbits(256):064x}",
    }
    connection.execute(TABLE.insert().values(content))
    connection.execute(HEAD.update().values(seq=RECORDS + 1, seal=content["seal"]))
    return RECORDS + 1


def rewrite_tail(connection: Connection, pick: random.Random) -> int:
    """Write the end anew with seals that fit one another, made with a guessed key."""
    seq = pick.randint(1, RECORDS)
    before = row(connection, seq - 1)["seal"] if seq > 1 else ""
    for number in range(seq, RECORDS + 1):
        content = {**row(connection, number), "person_name": "Nobody"}
        content.pop("seal")
        before = seal(b"a guess", before, content)
        connection.execute(
            TABLE.update().where(TABLE.c.seq == number).values(person_name="Nobody", seal=before)
        )
    connection.execute(HEAD.update().values(seal=before))
    return seq


def cut_off(connection: Connection, pick: random.Random) -> int:
    """Take the end away and leave the head as it was."""
    left = pick.randint(0, RECORDS - 1)
    connection.execute(TABLE.delete().where(TABLE.c.seq > left))
    return left + 1


KINDS: list[Callable[[Connection, random.Random], int]] = [
    edit, delete, renumber, swap, insert, append, rewrite_tail, cut_off,
]  # fmt: skip


def test_every_tampering_is_found_and_its_first_record_named(
    unguarded: Connection, full_size: bool
) -> None:
    times = 1000 if full_size else 200
    pick = random.Random(16)
    for number in range(times):
        kind = KINDS[number % len(KINDS)]
        taken_back = unguarded.begin_nested()
        first_bad = kind(unguarded, pick)
        found = look(unguarded)
        taken_back.rollback()

        assert not found.holds, f"{kind.__name__}, number {number}"
        assert found.broken is not None
        assert found.broken.seq == first_bad, f"{kind.__name__}, number {number}"
        assert f"{first_bad:,}" in found.says or f"{first_bad - 1:,}" in found.says
    # With all of it taken back the history is the true one, and no alarm is raised.
    assert look(unguarded).holds


def test_an_untouched_history_holds_wherever_it_is_copied(desk: Desk, full_size: bool) -> None:
    with desk.work(reads_only=True) as work:
        stored, newest = list(chain.stored(work.session)), chain.newest(work.session)

    for length in range(200 if full_size else RECORDS + 1):
        part = stored[: length % (RECORDS + 1)]
        head = Head(part[-1].seq, part[-1].seal) if part else Head(0, "")
        assert follow(KEY, part, head, [newest] if part == stored else []).holds


@pytest.mark.parametrize("gone", [1, 10, RECORDS])
def test_an_end_cut_off_with_the_head_put_back_is_seen_against_the_kept_head(
    desk: Desk, unguarded: Connection, gone: int
) -> None:
    kept = look(unguarded).last
    left = RECORDS - gone
    before = row(unguarded, left)["seal"] if left else ""
    unguarded.execute(TABLE.delete().where(TABLE.c.seq > left))
    unguarded.execute(HEAD.update().values(seq=left, seal=before))

    assert look(unguarded).holds, "nothing within the database can show it"
    found = look(unguarded, kept)
    assert found.broken is not None
    assert found.broken.seq == left + 1
    assert "cut off" in found.says


def test_yesterdays_copy_put_back_and_written_on_is_seen_against_todays_head(
    tmp_path: Path, sqlite_template: Path
) -> None:
    file = tmp_path / "casemgr.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    desk = make_desk(open_engine(f"sqlite:///{file}"), tmp_path)
    told(desk, 5)
    yesterday = file.read_bytes()
    told(desk, 3)
    today = checked(desk).last
    desk.engine.dispose()
    file.write_bytes(yesterday)

    assert checked(desk).holds, "yesterday's was right, yesterday"
    assert "there were 8" in checked(desk, today).says
    told(desk, 9)
    assert checked(desk).holds
    assert checked(desk, today).broken is not None
    assert "Record 8 is not the one whose seal was kept" in checked(desk, today).says
    desk.engine.dispose()


def test_with_another_key_nothing_holds(desk: Desk, tmp_path: Path) -> None:
    with desk.work(reads_only=True) as work:
        found = follow(b"another", chain.stored(work.session), chain.newest(work.session))

    assert found.broken is not None
    assert found.broken.seq == 1
    assert "history.key" in found.says


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["facts", "person_name", "what", "matter_id", "at", "seal"])
@pytest.mark.parametrize("value", ["CAST(x'ff22' AS TEXT)", "x'7b7d'", "7"])
def test_whatever_a_file_of_sqlite_holds_in_place_of_a_text_is_named(
    unguarded: Connection, column: str, value: str
) -> None:
    unguarded.execute(sa.text(f"UPDATE history_entry SET {column} = {value} WHERE seq = 9"))

    found = look(unguarded)

    assert found.broken is not None
    assert found.broken.seq == 9


def test_a_record_that_cannot_be_read_is_named_and_stops_nothing(unguarded: Connection) -> None:
    if unguarded.dialect.name == "sqlite":
        unguarded.execute(sa.text("UPDATE history_entry SET facts = '{', at = 7 WHERE seq = 9"))
    else:
        unguarded.execute(sa.text("UPDATE history_entry SET facts = '[1e400]' WHERE seq = 9"))

    found = look(unguarded)

    assert found.broken is not None
    assert found.broken.seq == 9


def test_the_head_is_kept_once_a_day_outside_the_database(desk: Desk) -> None:
    file = heads_file(desk.settings.data)

    assert keep_todays_head(desk)
    assert not keep_todays_head(desk)
    told(desk, 1)
    assert not keep_todays_head(desk), "one a day is enough"

    kept = read_heads(file)
    assert [head.seq for head in kept] == [RECORDS]
    assert checked(desk, *kept).holds
    assert keep_head(file, Head(RECORDS + 1, "f" * 64, datetime(2099, 1, 1, tzinfo=UTC)))
    assert not checked(desk, *read_heads(file)).holds
    assert file.stat().st_mode & 0o777 == 0o600


def test_of_a_file_of_years_the_end_is_read_and_one_spoilt_is_never_added_to(
    tmp_path: Path,
) -> None:
    file = tmp_path / "history.heads"
    first = datetime(2010, 1, 1, tzinfo=UTC)
    heads = [Head(each, f"{each:064d}", first + timedelta(days=each)) for each in range(1, 4)]
    for head in heads:
        assert keep_head(file, head)
    file.write_text(100 * file.read_text() + "\n \n")

    assert not keep_head(file, heads[-1]), "nothing was recorded since"
    assert not keep_head(file, heads[-1]._replace(seq=9000)), "one a day is enough"
    assert keep_head(file, Head(9000, "f" * 64, first + timedelta(days=9000)))
    assert read_heads(file)[-2:] == [heads[-1], Head(9000, "f" * 64, first + timedelta(days=9000))]

    file.write_text(file.read_text()[:-20])
    with pytest.raises(Unusable, match="last line"):
        keep_head(file, Head(9001, "e" * 64, first + timedelta(days=9001)))


def test_a_kept_head_that_was_spoilt_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "history.heads"
    file.write_text('{"at": "2010-10-29T00:00:00+00:00", "seq": 1, "seal": "ab"}\n{"seq": 2\n')

    with pytest.raises(Unusable, match="Line 2"):
        read_heads(file)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_check_the_seal(desk: Desk, role: Role) -> None:
    with desk.work(Actor("P-1", "Somebody", role), reads_only=True) as work:
        if role in {Role.STUDENT, Role.GUEST}:
            with pytest.raises(Refused, match="Ask one of them"):
                look_at_seal(work, [])
        else:
            assert look_at_seal(work, []).holds


def test_what_is_followed_is_what_is_shown(desk: Desk) -> None:
    """The check reads stored words; a page reads values. They must be the same records."""
    with desk.work(reads_only=True) as work:
        shown = work.session.exec(select(HistoryEntry).order_by(col(HistoryEntry.seq))).all()
        stored = list(chain.stored(work.session))

    assert len(stored) == RECORDS
    before = ""
    for entry, record in zip(shown, stored, strict=True):
        values = {name: getattr(entry, name) for name in SEALED}
        assert isinstance(record, Stored)
        assert record.sealed == record.again(record.seq) == canonical(values)
        assert entry.seal == record.seal == seal(KEY, before, values)
        before = entry.seal


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("held", "holds"),
    [
        ('{ "why" : "\\u006eo." }', True),
        ('{"why":"no."},"matter_id":null', False),
        ('{"why":"no."} {}', False),
        ("no JSON", False),
    ],
)
def test_facts_laid_out_otherwise_are_read_again_and_whatever_says_more_is_refused(
    unguarded: Connection, held: str, holds: bool
) -> None:
    """Blanks of a database are no change; words put beside the facts are, whatever they spell."""
    before = str(row(unguarded, RECORDS)["seal"])
    entry = {**row(unguarded, RECORDS), "seq": RECORDS + 1, "facts": {"why": "no."}}
    sealed = seal(KEY, before, {name: entry[name] for name in SEALED})
    unguarded.execute(TABLE.insert().values({**entry, "seal": sealed}))
    unguarded.execute(HEAD.update().values(seq=RECORDS + 1, seal=sealed))
    assert look(unguarded).holds

    spoilt = sa.text("UPDATE history_entry SET facts = CAST(:held AS TEXT) WHERE seq = :seq")
    unguarded.execute(spoilt, {"seq": RECORDS + 1, "held": held})

    found = look(unguarded)
    assert found.holds is holds
    assert found.broken is None or found.broken.seq == RECORDS + 1


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 64, b"k" * 65, b"k" * 200])
def test_many_are_sealed_as_one_is(key: bytes) -> None:
    seals = sealer(key)

    assert [seals(before, b"words") for before in ("", "a" * 64)] == [
        seal_of(key, before, b"words") for before in ("", "a" * 64)
    ]

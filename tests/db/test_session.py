"""The one commit, and SQLite set as an office needs it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, text
from sqlmodel import select

from casemgr.db.session import CONNECTIONS, open_engine, transaction, wal_is_safe
from casemgr.db.tables import Matter, Person
from casemgr.errors import Overtaken
from tests.makes import make_cast, make_matter


def test_everything_inside_is_kept_or_nothing(engine: Engine) -> None:
    class Unplugged(Exception):
        pass

    with pytest.raises(Unplugged), transaction(engine) as session:
        make_cast(session)
        raise Unplugged

    with transaction(engine, reads_only=True) as session:
        assert session.exec(select(Person)).all() == []


def test_the_second_of_two_writers_is_told_and_loses_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        matter = make_matter(session, make_cast(session).ada)

    with pytest.raises(Overtaken, match="not lost"), transaction(engine) as session:
        read = session.get_one(Matter, matter.id)
        session.execute(text("UPDATE matter SET version = version + 1"))
        read.title = "Another title"
        session.add(read)

    with transaction(engine, reads_only=True) as session:
        assert session.get_one(Matter, matter.id).title == matter.title


def test_sqlite_is_set_right_on_every_connection(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    wanted = {
        "foreign_keys": 1,
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "busy_timeout": 10000,
    }

    connections = [engine.connect() for _ in range(CONNECTIONS["sqlite"])]
    for connection in connections:
        for pragma, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value, pragma
        connection.rollback()
        connection.close()
    engine.dispose()


@pytest.mark.parametrize(
    ("linked", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_only_where_its_race_is_mended(
    linked: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(linked) is safe


def test_many_writers_lose_no_update(engine: Engine) -> None:
    with transaction(engine) as session:
        matter = make_matter(session, make_cast(session).ada, title="0")

    def add_one() -> None:
        for _ in range(10):
            with transaction(engine) as session:
                count = session.exec(
                    select(Matter.title).where(Matter.id == matter.id).with_for_update()
                ).one()
                session.execute(
                    sa.update(Matter)
                    .where(Matter.id == matter.id)  # type: ignore[arg-type]
                    .values(title=str(int(count) + 1))
                )

    writers = [threading.Thread(target=add_one) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with transaction(engine, reads_only=True) as session:
        assert session.exec(select(Matter.title)).one() == "40"

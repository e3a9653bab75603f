"""History: written in the same transaction, gapless, each entry sealed to the one before."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from casemgr.db.session import transaction
from casemgr.db.tables import HistoryEntry, HistoryHead
from casemgr.domain.audit import SENTENCES, seal, sentence
from tests.makes import TODAY, actor_of, make_cast, make_desk, make_matter

FIELDS = (
    "seq", "at", "person_id", "person_name", "what", "matter_id", "subject_kind", "subject_id",
    "facts",
)  # fmt: skip


def test_what_is_done_is_told_in_order_and_sealed(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        cast = make_cast(session)
        matter = make_matter(session, cast.ada)
    desk = make_desk(engine, tmp_path)

    for title in ("One", "Two"):
        with desk.work(actor_of(cast.ada)) as work:
            work.record("matter.opened", matter, title=title)
            work.record("matter.changed", matter, changes=f"title to {title}")

    with transaction(engine, reads_only=True) as session:
        entries = session.exec(select(HistoryEntry).order_by(col(HistoryEntry.seq))).all()
        head = session.exec(select(HistoryHead)).one()
    assert [entry.seq for entry in entries] == [1, 2, 3, 4]
    assert [entry.person_name for entry in entries] == ["Ada Marlowe"] * 4
    before = ""
    for entry in entries:
        said = {name: getattr(entry, name) for name in FIELDS}
        assert entry.seal == seal(desk.key, before, said)
        before = entry.seal
    assert (head.seq, head.seal) == (4, before)


def test_nothing_is_told_of_what_did_not_happen(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        cast = make_cast(session)
        matter = make_matter(session, cast.ada)

    with (
        pytest.raises(RuntimeError),
        make_desk(engine, tmp_path).work(actor_of(cast.ada)) as work,
    ):
        work.record("matter.opened", matter, title="One")
        raise RuntimeError("the power went")

    with transaction(engine, reads_only=True) as session:
        assert session.exec(select(HistoryEntry)).all() == []
        assert session.exec(select(HistoryHead)).one().seq == 0


def test_a_tag_without_its_facts_is_refused_before_anything_is_kept(
    engine: Engine, tmp_path: Path
) -> None:
    with (
        pytest.raises(KeyError, match="title"),
        make_desk(engine, tmp_path).work() as work,
    ):
        work.record("matter.opened")


def test_every_tag_makes_a_sentence() -> None:
    assert len(SENTENCES) > 20
    for tag, said in SENTENCES.items():
        facts = {name: "X" for _, name, _, _ in Formatter().parse(said) if name}
        told = sentence(tag, facts)
        assert told
        assert "{" not in told


def test_today_is_the_day_in_the_offices_zone(engine: Engine, tmp_path: Path) -> None:
    with make_desk(engine, tmp_path).work(reads_only=True) as work:
        assert work.today == TODAY
        assert work.on(TODAY.replace(day=1)).today == TODAY.replace(day=1)

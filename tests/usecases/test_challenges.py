"""What a browser is asked to bring back: once, soon, and from there alone, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db import tables
from casemgr.db.session import open_engine, transaction
from casemgr.desk import Desk
from casemgr.domain.words import Asked
from casemgr.usecases import challenges, passkeys, signin, sso
from casemgr.usecases.sso import NotOurs
from tests import makes

HERE, ELSEWHERE = "this browser", "another browser"


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return makes.make_desk(engine, tmp_path)


def asked(desk: Desk, **kept: str) -> str:
    with desk.work() as work:
        return challenges.ask(work, Asked.PASSKEY, HERE, **kept)


def brought(desk: Desk, secret: str, browser: str = HERE, what: Asked = Asked.PASSKEY) -> bool:
    with desk.work() as work:
        return challenges.bring_back(work, what, browser, secret) is not None


def test_of_two_processes_that_are_brought_the_same_one_gets_it(
    desk: Desk, database_url: str
) -> None:
    secrets = [asked(desk) for _ in range(10)]
    other = open_engine(database_url)
    desks, together = [desk, makes.make_desk(other, desk.settings.data)], Barrier(2)

    def bring(each: Desk) -> list[bool]:
        together.wait()
        return [brought(each, secret) for secret in secrets]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(bring, desks)
    other.dispose()

    assert [one != two for one, two in zip(first, second, strict=True)] == [True] * 10


def test_it_counts_only_for_what_and_where_it_was_asked(desk: Desk) -> None:
    secret = asked(desk, back="/due")

    assert not brought(desk, secret, ELSEWHERE)
    assert not brought(desk, secret, what=Asked.SINGLE_SIGN_ON)
    assert not brought(desk, secret[:-1])
    with desk.work() as work:
        found = challenges.bring_back(work, Asked.PASSKEY, HERE, secret)
    assert found is not None
    assert found.kept == {"back": "/due"}
    assert not brought(desk, secret)


def test_it_lives_ten_minutes_and_leaves_nothing(desk: Desk) -> None:
    with time_machine.travel(datetime(2026, 9, 8, 14, tzinfo=UTC), tick=False) as clock:
        early, late = asked(desk), asked(desk)
        clock.shift(timedelta(minutes=9, seconds=59))
        assert brought(desk, early)
        clock.shift(timedelta(seconds=1))
        assert not brought(desk, late)
        newest = asked(desk)
    with transaction(desk.engine) as session:
        kept = session.exec(select(tables.Challenge.token_hash)).all()
    assert kept == [signin.token_hash(newest)]


def test_of_two_signatures_with_one_count_one_counts(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        ada = makes.make_cast(session).ada
        key = tables.Passkey(
            person_id=ada.id, name="x", credential_id="x", public_key="x", made_at=makes.NOON
        )
        session.add(key)
    with desk.work() as work:
        assert passkeys.count(work, key, 4)
        assert not passkeys.count(work, key, 4)


def test_the_first_account_of_a_sign_on_is_the_only_one(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
    issuer = "https://login.example.org"
    with desk.work() as work:
        ada = sso.who_is(work, issuer, "1", "ADA@example.org ")
        sso.link(work, ada, issuer, "1")
        sso.link(work, ada, issuer, "1")

    with desk.work() as work:
        assert sso.who_is(work, issuer, "1", "ada@example.org").id == cast.ada.id
        for of, subject, email in (
            (issuer, "2", "ada@example.org"),  # the address went to somebody else there
            ("https://elsewhere.example", "1", "ada@example.org"),
            (issuer, "1", "sam@example.org"),
            (issuer, "3", "nobody@example.org"),
            (issuer, "3", ""),
        ):
            with pytest.raises(NotOurs, match="named nobody who was invited"):
                sso.who_is(work, of, subject, email)
        assert sso.unlink(work, ada.id) == 1
        assert sso.who_is(work, issuer, "2", "ada@example.org").id == cast.ada.id

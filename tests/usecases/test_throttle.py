"""Guessing passwords is slow, over processes and restarts, and never keeps the owner out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine

from casemgr import entrance
from casemgr.db.session import open_engine, transaction
from casemgr.domain.words import Role
from casemgr.entrance import Caller
from casemgr.errors import Refused
from casemgr.usecases import signin, throttle
from casemgr.usecases.signin import Credentials
from tests import makes

START = datetime(2026, 9, 8, 14, 0, 0, tzinfo=UTC)


def test_a_thousand_guesses_over_two_processes_and_a_restart(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as session:
        makes.make_cast(session)
    hashed: list[datetime] = []
    monkeypatch.setattr(
        signin,
        "matches",
        lambda _person, typed: hashed.append(datetime.now(UTC)) or typed == "right",
    )
    engines = [engine, open_engine(database_url)]
    for guess in range(1000):
        if guess == 500:
            engines[1].dispose()
            engines[1] = open_engine(database_url)
        desk = makes.make_desk(engines[guess % 2], tmp_path)
        typed = Credentials(email="ada@example.org", password=f"guess {guess}")
        with (
            time_machine.travel(START + timedelta(seconds=guess), tick=False),
            pytest.raises(Refused),
        ):
            entrance.sign_in(desk, typed, Caller("203.0.113.9"))

    for start in hashed:
        within = [at for at in hashed if start <= at < start + throttle.FIVE_MINUTES]
        assert len(within) <= 10
    assert len(hashed) == 40  # ten in each five minutes of sixteen and a half
    owner = Credentials(email="Ada@example.org ", password="right")
    with time_machine.travel(START + timedelta(seconds=1000 + 59), tick=False):
        assert entrance.sign_in(desk, owner, Caller("198.51.100.7"))
    engines[1].dispose()


def test_guesses_from_many_addresses_slow_down_and_the_owner_gets_through(engine: Engine) -> None:
    allowed: list[datetime] = []
    for second in range(0, 600, 3):
        at = START + timedelta(seconds=second)
        with transaction(engine) as session:
            if throttle.may_try(session, "account:x", f"address:{second}", throttle.PASSWORD, at):
                allowed.append(at)

    assert len(allowed) <= 2 * 10 + 10 + 1
    with transaction(engine) as session:
        waited = allowed[-1] + throttle.STILL
        assert throttle.may_try(session, "account:x", "address:home", throttle.PASSWORD, waited)


def test_an_address_is_slow_whomever_it_guesses_for(engine: Engine) -> None:
    with transaction(engine) as session:
        taken = [
            throttle.may_try(session, f"account:{who}", "address:one", throttle.PASSWORD, START)
            for who in range(30)
        ]

    assert sum(taken) == 10
    assert all(taken[:10])


def test_tries_of_last_week_are_forgotten(engine: Engine) -> None:
    for day in (0, 7):
        with transaction(engine) as session:
            at = START + timedelta(days=day)
            throttle.may_try(session, f"account:{day}", f"address:{day}", throttle.PASSWORD, at)

    with transaction(engine, reads_only=True) as session:
        assert session.get(throttle.Attempt, "account:0") is None
        assert session.get(throttle.Attempt, "account:7") is not None


def test_a_class_behind_one_address_signs_in(engine: Engine, tmp_path: Path) -> None:
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        students = [
            makes.make_person(session, f"S{number} Example", Role.STUDENT) for number in range(15)
        ]

    for each in students:
        typed = Credentials(email=each.email, password=makes.PASSWORD)
        assert entrance.sign_in(desk, typed, Caller("203.0.113.9"))

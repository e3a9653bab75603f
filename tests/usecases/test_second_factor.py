"""The second factor: a code counts once, guessing is slow, and a lost telephone is no end."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
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
from casemgr.domain import totp
from casemgr.domain.words import Role
from casemgr.errors import Malformed
from casemgr.usecases import second_factor, signin, throttle
from casemgr.usecases.second_factor import EnrolInput
from tests import makes

SALT = "0123456789abcdef" * 2
START = datetime(2026, 9, 8, 14, 0, 0, tzinfo=UTC)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return makes.make_desk(engine, tmp_path)


@pytest.fixture
def ada(desk: Desk) -> tables.Person:
    with transaction(desk.engine) as session:
        return makes.make_cast(session).ada


def code_now(desk: Desk, person: tables.Person, steps_off: int = 0) -> str:
    """Return what the person's telephone shows."""
    with desk.work(reads_only=True) as work:
        text = second_factor.show(work, person, "Test Office", SALT).text
    secret = base64.b32decode(text.replace(" ", ""))
    return totp.code(secret, totp.step_at(datetime.now(UTC)) + steps_off)


def enrolled(desk: Desk, person: tables.Person) -> tuple[str, ...]:
    """Set up the person's app at half past, so that its first code is long gone."""
    with time_machine.travel(START - timedelta(hours=1), tick=False):
        given = EnrolInput(code=code_now(desk, person), salt=SALT)
        with desk.work(makes.actor_of(person)) as work:
            return second_factor.enrol(work, person, given)


def proves(desk: Desk, person: tables.Person, typed: str) -> bool:
    with desk.work(makes.actor_of(person)) as work:
        return second_factor.prove(work, person, typed)


def spellings(code: str) -> list[str]:
    """Return a code as people and attackers write it."""
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    return [
        code,
        f" {code}",
        f"{code[:3]} {code[3:]}",
        wide,
        f"{code}\u00a0",
        f"{code[:3]}-{code[3:]}",
    ]


def test_of_two_hundred_replays_in_two_threads_one_counts(
    desk: Desk, ada: tables.Person, database_url: str
) -> None:
    enrolled(desk, ada)
    other = open_engine(database_url)
    desks = [desk, makes.make_desk(other, Path(desk.settings.data))]
    at_once = Barrier(2)

    def replay(through: Desk) -> int:
        at_once.wait()
        return sum(proves(through, ada, typed) for _ in range(17) for typed in spellings(code))

    with time_machine.travel(START, tick=False):
        code = code_now(desk, ada)
        with ThreadPoolExecutor(2) as both:
            taken = sum(both.map(replay, desks))
    other.dispose()

    assert 2 * 17 * len(spellings(code)) >= 200
    assert taken == 1


def test_the_code_that_set_the_app_up_does_not_sign_in_too(desk: Desk, ada: tables.Person) -> None:
    enrolled(desk, ada)

    with time_machine.travel(START - timedelta(hours=1), tick=False):
        assert not proves(desk, ada, code_now(desk, ada))


def test_an_older_code_is_dead_once_a_newer_counted(desk: Desk, ada: tables.Person) -> None:
    enrolled(desk, ada)

    with time_machine.travel(START, tick=False):
        assert proves(desk, ada, code_now(desk, ada))
        assert not proves(desk, ada, code_now(desk, ada, -1))
        assert proves(desk, ada, code_now(desk, ada, 1))


def test_each_recovery_code_counts_once_however_it_is_typed(desk: Desk, ada: tables.Person) -> None:
    codes = enrolled(desk, ada)

    assert len(set(codes)) == 10
    assert proves(desk, ada, codes[0])
    assert not proves(desk, ada, codes[0].lower().replace("-", " "))
    assert proves(desk, ada, codes[1].lower().replace("-", " "))
    with desk.work(reads_only=True) as work:
        assert second_factor.codes_left(work.session, ada.id) == 8


def test_a_code_is_no_good_for_somebody_else(desk: Desk, ada: tables.Person) -> None:
    codes = enrolled(desk, ada)
    with transaction(desk.engine) as session:
        ben = makes.make_person(session, "Ben Wolfe", Role.STUDENT)

    assert not proves(desk, ben, codes[0])
    with time_machine.travel(START, tick=False):
        assert not proves(desk, ben, code_now(desk, ada))


def test_a_copy_of_the_database_makes_no_codes(desk: Desk, ada: tables.Person) -> None:
    codes = enrolled(desk, ada)
    thief = replace(desk, key=b"another key")

    with time_machine.travel(START, tick=False):
        assert code_now(thief, ada) != code_now(desk, ada)
    with transaction(desk.engine, reads_only=True) as session:
        kept = " ".join(str(row) for row in session.exec(select(tables.RecoveryCode)))
    assert ada.id in kept
    assert codes[0] not in kept


def test_a_wrong_first_code_sets_nothing_up(desk: Desk, ada: tables.Person) -> None:
    wrong = EnrolInput(code="000000" if code_now(desk, ada) != "000000" else "000001", salt=SALT)

    with pytest.raises(Malformed, match="clock"), desk.work(makes.actor_of(ada)) as work:
        second_factor.enrol(work, ada, wrong)
    with desk.work(reads_only=True) as work:
        assert not second_factor.is_on(work.session, ada.id)


def test_a_new_app_ends_everything_else_that_was_signed_in(desk: Desk, ada: tables.Person) -> None:
    cookie = makes.make_session(desk, ada)
    with desk.work(makes.actor_of(ada)) as work:
        token = signin.make_token(work, ada, "a program")
    with desk.work(makes.actor_of(ada)) as work:
        given = EnrolInput(code=code_now(desk, ada), salt=SALT)
        second_factor.enrol(work, ada, given)

    with desk.work(reads_only=True) as work:
        assert signin.who_holds(work.session, cookie, work.today) is None
        assert signin.who_holds_token(work.session, token, work.today, reads_only=True) is None


@pytest.mark.sqlite_first
def test_guessing_codes_is_slow(desk: Desk, ada: tables.Person) -> None:
    """Five in five minutes, twenty an hour, fifty a day, from wherever the guesses come."""
    allowed: list[datetime] = []
    for minute in range(0, 24 * 60, 2):
        at = START + timedelta(minutes=minute)
        with time_machine.travel(at, tick=False):
            for guess in range(4):
                with desk.work() as work:
                    if second_factor.may_try(work, ada.id, f"10.0.{guess}.{minute % 250}"):
                        allowed.append(at)

    assert len(allowed) == 50
    for limit in throttle.FACTOR:
        for start in allowed:
            assert sum(start <= at < start + limit.within for at in allowed) <= limit.tries

"""Which passwords are refused: a table of forty, and what is never asked of one."""

from __future__ import annotations

import time

import pytest

from casemgr.domain.passwords import LONGEST, TOO_EASY, TOO_LONG, TOO_SHORT, why_refused

AROUND = ["Ada Marlowe", "ada@example.org", "Test Office"]

TAKEN = [
    "my aunt repaired seven clocks",
    "seven purple otters balance ledgers",
    "lantern gravel tooth mosquito",
    "zanahoria tejado lluvia martes",
    "Der Igel frisst am Abend Kuchen",
    "мой кот не любит понедельник",
    "猫が窓辺で静かに昼寝をしている今日",
    "kX9#vLq2!mWz7@Rt",
    "83920174659201837462",
    "alllowercaseandnothingelse",
    "  a space at both its ends  ",
    "x" * 3 + "my aunt repaired seven clocks " * 30,
]
SHORT = ["", "short1A!", "password", "fourteen chars", "Tr0ub4dor&3"]
EASY = [
    "passwordpassword",
    "Password1234567",
    "P@ssw0rd!P@ssw0rd!",
    "aaaaaaaaaaaaaaaaaaaa",
    "!!!!!!!!!!!!!!!!",
    " " * 16,
    "12345678901234567890",
    "111111222222333333",
    "abcabcabcabcabcabc",
    "qwertyuiopasdfgh",
    "1qaz2wsx3edc4rfv",
    "zyxwvutsrqponmlk",
    "iloveyouiloveyou",
    "letmeinletmein2026",
    "Summer2026Summer2026",
    "CorrectHorseBatteryStaple1",
    "may the force be with you",
    "Ada Marlowe 2026!",
    "ada@example.org!!",
    "Test Office 2026!!",
    "casemgr casemgr 1",
    "adminadminadmin1",
]
TABLE = [
    *[(each, None) for each in TAKEN],
    *[(each, TOO_SHORT) for each in SHORT],
    *[(each, TOO_EASY) for each in EASY],
    ("my aunt repaired seven clocks " * 40, TOO_LONG),
]


def test_the_table_has_forty() -> None:
    assert len({password for password, _ in TABLE}) == len(TABLE) == 40


@pytest.mark.parametrize(("password", "says"), TABLE)
def test_forty_passwords(password: str, says: str | None) -> None:
    assert why_refused(password, AROUND) == says


def test_a_name_is_easy_only_for_whom_it_belongs_to() -> None:
    assert why_refused("rosalindlindqvist", AROUND) is None
    assert why_refused("rosalindlindqvist", ["Rosalind Lindqvist"]) == TOO_EASY


def test_the_longest_password_is_judged_at_once() -> None:
    started = time.perf_counter()
    why_refused("ab1c" * (LONGEST // 4 - 1) + "wxyz", AROUND)

    assert time.perf_counter() - started < 0.5

"""One-time codes, held to the numbers of the standard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from casemgr.domain import totp

SECRET = b"12345678901234567890"
NOW = datetime(2026, 9, 8, 14, 0, 10, tzinfo=UTC)


# RFC 6238, appendix B: seconds since 1970 and the eight digits.
@pytest.mark.parametrize(
    ("seconds", "digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, digits: str) -> None:
    assert totp.code(SECRET, seconds // 30, digits=8) == digits


# RFC 4226, appendix D: the first ten codes of a counter.
def test_six_digits_are_those_of_the_counter_standard() -> None:
    wanted = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split()  # noqa: SIM905

    assert [totp.code(SECRET, step) for step in range(10)] == wanted


@pytest.mark.parametrize(("steps_off", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_telephone_may_be_off_by_one_step(steps_off: int, taken: bool) -> None:
    typed = totp.code(SECRET, totp.step_at(NOW) + steps_off)

    assert (totp.step_of(SECRET, typed, NOW) is not None) is taken


def test_a_code_counts_however_it_is_typed() -> None:
    plain = totp.code(SECRET, totp.step_at(NOW))
    wide = "".join(chr(ord(digit) - ord("0") + 0xFF10) for digit in plain)

    for typed in (f" {plain} ", f"{plain[:3]} {plain[3:]}", f"{plain[:3]}-{plain[3:]}", wide):
        assert totp.step_of(SECRET, typed, NOW) == totp.step_at(NOW)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345\u0663", "١٢٣٤٥٦"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert totp.step_of(SECRET, typed, NOW) is None


def test_a_code_is_dead_a_minute_and_a_half_later() -> None:
    typed = totp.code(SECRET, totp.step_at(NOW))

    assert totp.step_of(SECRET, typed, NOW + timedelta(seconds=90)) is None


def test_the_address_for_the_app_holds_secret_office_and_person() -> None:
    address = totp.address(SECRET, "Law & Clinic", "ada@example.org")

    assert address == (
        "otpauth://totp/Law%20%26%20Clinic:ada@example.org"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Law%20%26%20Clinic"
    )

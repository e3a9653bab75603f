"""Bates numbers: which are one family, what is missing between productions, what came twice."""

from __future__ import annotations

import pytest

from casemgr.domain.bates import gaps, overlaps, read, span


@pytest.mark.parametrize(
    ("typed", "family", "number", "after"),
    [
        ("ICE 000123", "ICE", 123, ""),
        ("ice_000123", "ICE", 123, ""),
        ("2012FOIA03488-000123A", "2012FOIA03488", 123, "A"),
        ("ICE.2010FOIA2674.000123", "ICE2010FOIA2674", 123, ""),
        ("FBI-000123.001", "FBI", 123, ".001"),
        ("DHS-001-000123", "DHS001", 123, ""),
        ("10cv3488-FBI-0007", "10CV3488FBI", 7, ""),
        ("42", "", 42, ""),
    ],
)
def test_a_stamp_is_read_however_it_is_printed(
    typed: str, family: str, number: int, after: str
) -> None:
    stamp = read(typed)

    assert (stamp.family, stamp.number, stamp.after) == (family, number, after)


@pytest.mark.parametrize("typed", ["ABC", "", "ICE 0001 to 0002x!", "9" * 40])
def test_what_is_no_stamp_is_told(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a Bates number"):
        read(typed)


def test_a_range_backwards_or_of_two_prefixes_is_told() -> None:
    with pytest.raises(ValueError, match="comes before ICE 000200"):
        span("", "ICE 000200", "ICE 000100")
    with pytest.raises(ValueError, match="two different prefixes"):
        span("", "ICE 000200", "FBI 000300")


def test_the_last_number_may_stand_without_its_prefix() -> None:
    assert span("", "ICE 000001", "000200").pages == 200


def test_missing_numbers_are_named_as_they_would_be_stamped() -> None:
    first, third = span("a", "ICE-000001", "ICE-000010"), span("c", "ice 14", "ice 20")

    (gap,) = gaps([third, first])

    assert (gap.says, gap.pages) == ("ICE-000011 to ICE-000013", 3)
    assert (gap.after.id, gap.before.id) == ("a", "c")


def test_a_short_release_inside_a_long_one_makes_no_gap_after_it() -> None:
    long, inside = span("a", "ICE 1", "ICE 100"), span("b", "ICE 5", "ICE 6")
    after = span("c", "ICE 101", "ICE 120")

    assert gaps([long, inside, after]) == []
    assert [(each.one.id, each.other.id) for each in overlaps([long, inside, after])] == [
        ("a", "b")
    ]


def test_a_page_put_in_later_overlaps_nothing() -> None:
    put_in = span("b", "ICE 000010A", "ICE 000010A")

    assert overlaps([span("a", "ICE 000001", "ICE 000010"), put_in]) == []
    assert overlaps([span("a", "ICE 000001", "ICE 000011"), put_in])


def test_bare_numbers_of_two_components_are_no_overlap() -> None:
    assert overlaps([span("a", "1", "10", of="T-ICE"), span("b", "5", "9", of="T-FBI")]) == []
    assert overlaps([span("a", "1", "10", of="T-ICE"), span("b", "5", "9", of="T-ICE")])

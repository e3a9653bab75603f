"""Exemptions are read as people write them, and what none is, is told."""

from __future__ import annotations

import pytest

from casemgr.domain.exemptions import Claim, read_claim, read_claims, tally


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("5", "5"),
        ("(b)(5)", "5"),
        ("b(7)(c)", "7(C)"),
        ("7(E): 12 whole", "7(E): 12 whole"),
        ("7(E): 3 in part", "7(E): 3 in part"),
        ("  6 :  12 whole ,40 in part ", "6: 12 whole, 40 in part"),
        ("3 (50 U.S.C. § 3024(i)(1))", "3 (50 U.S.C. § 3024(i)(1))"),
        ("(b)(3) (8 U.S.C. § 1367): 4 in part", "3 (8 U.S.C. § 1367): 4 in part"),
    ],
)
def test_an_exemption_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert str(read_claim(typed)) == kept
    assert str(read_claim(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("10", "is no exemption"),
        ("0", "is no exemption"),
        ("privacy", "is no exemption"),
        ("7(G)", "is no exemption"),
        ("5(A)", "Only exemption 7 has letters"),
        ("6 (8 U.S.C. § 1367)", "Only exemption 3 names another statute"),
        ("3", "needs the other statute"),
        ("5: many", "pages of 5 cannot be read"),
    ],
)
def test_what_is_none_is_told_with_what_to_write(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_claim(typed)


def test_a_list_is_read_from_lines_or_commas() -> None:
    several = read_claims("5, 6; 7(C)\n\n3 (8 U.S.C. § 1367)")

    assert several == ["5", "6", "7(C)", "3 (8 U.S.C. § 1367)"]
    assert read_claims("5: 1 whole, 2 in part\n6") == ["5: 1 whole, 2 in part", "6"]


def test_claims_are_added_up_and_what_was_not_said_stays_unsaid() -> None:
    found = tally([Claim("6", whole=1), Claim("5"), Claim("6", whole=2, part=4), Claim("3", "X")])

    assert [(each.exemption, each.times, each.whole, each.part) for each in found] == [
        ("3", 1, None, None),
        ("5", 1, None, None),
        ("6", 2, 3, 4),
    ]
    assert found[0].statutes == ("X",)

"""Numbers and days that a filed paper may carry only in part."""

from __future__ import annotations

import pytest

from casemgr.domain.identifiers import identifiers

FULL = {
    "His number is 078-05-1120.": "social-security",
    "SSN: 078051120": "social-security",
    "taxpayer identification number 12-3456789": "taxpayer",
    "Account no. 4400 1234 5678 9010": "account",
    "paid from account #00123456789": "account",
    "She was born on March 5, 1971.": "birth-date",
    "DOB: 3/5/1971": "birth-date",
    "date of birth is 1971-03-05": "birth-date",
    "his file, A 078-051-120, was lost": "alien-number",
    "Alien number A078051120": "alien-number",
    "Passport No. C01234567": "passport",
    "with my daughter Elena, who is 9, at": "minor",
}
IN_PART = [
    "His number ends in 1120.",
    "xxx-xx-1120",
    "She was born in 1971.",
    "account ending in 9010",
    "a minor, E.A., who is 9",
    "Tel. 212-555-0134 and (212) 555-0134",
    "10 Civ. 3488 (SAS), Dkt. 12-3",
    "request number 2010FOIA2674, ICE-2010-00123-4",
    "On February 3, 2010 I sent it by certified mail 7008 1830 0002 1234 5678.",
    "811 F. Supp. 2d 713, 5 U.S.C. § 552(a)(6)(A)(i)",
    "on account of 3 reasons",
]


@pytest.mark.parametrize("says", FULL)
def test_a_full_identifier_is_found(says: str) -> None:
    assert [each.kind for each in identifiers(says)] == [FULL[says]]


@pytest.mark.parametrize("says", IN_PART)
def test_what_the_rule_allows_and_other_numbers_are_left_alone(says: str) -> None:
    assert identifiers(says) == ()


def test_a_finding_shows_the_last_digits_only() -> None:
    (found,) = identifiers("SSN 078-05-1120")
    assert found.masked == "…1120"

"""What does not agree in the sources is kept as thirty-five flags."""

from __future__ import annotations

import pytest

# What each flag must speak of, in the order in which the study numbers them.
SPEAKS_OF = {
    1: "July 27, 2001",
    2: "without a number",
    3: "civil action number",
    4: "Advocacy",
    5: "Memorandums of Understanding",
    6: "8 U.S.C § 1722",
    7: "a DHS official",
    8: "Mary Elizabeth Heffernan",
    9: "overly overbroad",
    10: "pilot",
    11: "14 August 2011, a Sunday",
    12: "Jose",
    13: "Last May",
    14: "no date",
    15: "Organization Network",
    16: "filed an injunction",
    17: "on broken the immigration system",
    18: "746",
    19: "five agencies",
    20: "Wednesday, June 16, 2015",
    21: "mission statement",
    22: "300 North Los Angeles",
    23: "SCOMM",
    24: "Jessica Bansal",
    25: "reponded",
    26: "Six months ago",
    27: "Read the Letter here",
    28: "EOIR and OLC",
    29: "Asian Law Caucus",
    30: "Viernes",
    31: "February 3, 2010",
    32: "Dkt 39",
    33: "25 October 2011",
    34: "four agencies",
    35: "Patterson",
}


@pytest.fixture(scope="module")
def flags(seeds):
    return {each.values["number"]: each for each in seeds.rows if each.section == "flags"}


def test_all_thirty_five_are_there(flags):
    assert sorted(flags) == list(range(1, 36))


@pytest.mark.parametrize("number", SPEAKS_OF)
def test_a_flag_says_what_does_not_agree(flags, number):
    assert SPEAKS_OF[number] in flags[number].values["says"]


@pytest.mark.parametrize("number", SPEAKS_OF)
def test_a_flag_is_on_a_fact_of_its_matter(flags, seeds, number):
    flag = flags[number].values
    subject = next(each for each in seeds.rows if each.id == flag["subject_id"])

    assert subject.table.__tablename__ == flag["subject_kind"]
    if "matter_id" in subject.values:
        assert subject.values["matter_id"] == flag["matter_id"]
    assert subject.known_on <= flags[number].known_on

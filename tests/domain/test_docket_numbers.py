"""A docket number is one number, however a paper prints it."""

from __future__ import annotations

import pytest

from casemgr.fields import docket_number


@pytest.mark.parametrize(
    "typed",
    [
        "10cv3488",
        "10 Civ. 3488 (SAS)(KNF)",
        "1:10-cv-03488-SAS-KNF",
        "Case No. 1:10-cv-03488 (SAS)",
        "Civil Action No. 10-3488 (SAS)",
        "C.A. No. 10-3488-RGS",
        "CV-10-3488",
        "Civ. No. 10-3488",
        "2:2010cv3488",
        "3:10-CV-03488-L-BN",
        "10 C 3488",
        "no. 10 civ. 3488",
    ],
)
def test_every_form_is_the_same_number(typed: str) -> None:
    assert docket_number(typed) == "10-cv-3488"


@pytest.mark.parametrize("typed", ["11-4804", "No. 11-4804-cv", "11-4804(L)", "11-4804 (CON)"])
def test_an_appeal_has_its_own_number(typed: str) -> None:
    assert docket_number(typed) == "11-4804"


def test_a_miscellaneous_action_is_no_civil_one() -> None:
    assert docket_number("1:10-mc-00012") == docket_number("Misc. No. 10-12") == "10-mc-12"


@pytest.mark.parametrize("typed", ["", "3488", "10-cr-44", "1:10-cv", "10 Civ. 3488 and 3489"])
def test_what_is_none_is_told_with_how_to_type_one(typed: str) -> None:
    with pytest.raises(ValueError, match="Type it like 10 Civ"):
        docket_number(typed)

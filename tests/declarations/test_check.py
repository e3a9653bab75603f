"""The checker of declarations: what it reads, and what a careful colleague would find."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.declarations.check import CHECKS, check
from casemgr.declarations.codes import BY_CODE
from casemgr.declarations.paper import (
    Finding,
    Jurat,
    KnownExhibit,
    Paper,
    Para,
    Record,
    Severity,
)
from casemgr.declarations.reading import read_text
from casemgr.errors import Malformed

TODAY = date(2026, 11, 22)

# With the slips of the declaration in our sources, in our words: a year ten years off, a paragraph
# without a number, a caption without a docket number, an official without a name.
WITH_SLIPS = """
**UNITED STATES DISTRICT COURT
SOUTHERN DISTRICT OF NEW YORK**

----- x
COALITION OF NIGHT :
SCHOOLS, et al., :

Plaintiffs, :

- v - :

UNITED STATES BUREAU OF :
LAMPS, et al., :

Defendants. :

**DECLARATION OF
ROSA ALVAREZ**

----- x
I, Rosa Alvarez, declare pursuant to 28 U.S.C. § 1746 and subject to the penalties of perjury, that the following is true and correct:

1. I have been the policy director of the Night Schools Union (“NSU”) since November 1, 2008.
2. What I state here is based on my talks with officials of the Bureau of Lamps (“BOL”).
3. In June 2011 the governor announced that our state would leave the lamp program.

However, BOL stated that it would go on counting our lamps.

4. In or around July 27, 2001, I discussed the program with a BOL official. We spoke of its plan to make the program mandatory by 2013.
5. The official told me that 8 U.S.C § 1722 is the authority for it.
6. On August 5th 2011, I participated in a conference call on which BOL officials announced the end of all agreements.

Dated: Boston, MA
September 9, 2011


Rosa Alvarez
"""  # noqa: E501 - as a reader of pages gives it, a paragraph a line


def codes(found: tuple[Finding, ...]) -> set[tuple[str, int | None]]:
    return {(each.code, each.paragraph) for each in found}


def test_the_slips_of_the_declaration_in_our_sources_are_found() -> None:
    paper = read_text(WITH_SLIPS)

    found = check(paper, None, TODAY)

    assert codes(found) == {
        ("unnumbered-paragraph", None),
        ("year-out-of-range", 4),
        ("before-tenure", 4),
        ("vague-exact-date", 4),
        ("unnamed-speaker", 4),
        ("unnamed-speaker", 5),
        ("unnamed-speaker", 6),
        ("citation-form", 5),
        ("argument-or-law", 5),
        ("date-form", 6),
        ("caption-missing-number", None),
        ("jurat-reworded", None),
        ("unsigned", None),
    }
    unnumbered = next(each for each in found if each.code == "unnumbered-paragraph")
    assert (unnumbered.after, unnumbered.position) == (3, 3)


def test_it_is_read_whole() -> None:
    paper = read_text(WITH_SLIPS)

    assert (paper.court, paper.docket_number) == ("nysd", None)
    assert paper.title == "DECLARATION OF ROSA ALVAREZ"
    assert paper.declarant == "Rosa Alvarez"
    numbers = [(each.number, each.after) for each in paper.paragraphs]
    assert numbers == [(1, None), (2, None), (3, None), (None, 3), (4, None), (5, None), (6, None)]
    assert paper.jurat is Jurat.REWORDED
    assert (paper.executed_on, paper.executed_at) == (date(2011, 9, 9), "Boston, MA")
    assert not paper.signed


def test_the_year_that_was_meant_is_offered_and_put_in_its_place() -> None:
    paper = read_text(WITH_SLIPS)
    found = next(each for each in check(paper, None, TODAY) if each.code == "year-out-of-range")

    assert "Did you mean 2011?" in found.says
    fix = found.replacement
    assert fix is not None
    text = paper.paragraphs[fix.position].text
    assert (text[: fix.start] + fix.new + text[fix.end :]).startswith("In or around July 27, 2011,")


@pytest.mark.parametrize("text", ["", "   \n\f\n ", "Dear Director,\n\n" + "We ask again. " * 20])
def test_what_is_no_declaration_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(Malformed, match=r"\.$"):
        read_text(text)


def test_every_check_has_its_line_in_the_table() -> None:
    assert len(CHECKS) > 25
    assert all(each.what and each.why and each.fix for each in BY_CODE.values())
    assert {each.severity for each in BY_CODE.values()} == set(Severity)


@pytest.mark.parametrize(
    ("quoted", "differs"),
    [
        ("the office will not sign the agreement at all", False),
        ("the office will not keep the agreement at all", True),
        ("the office will not sign the bargain at all", True),
        ("the office will not sign", False),
    ],
)
def test_a_quotation_may_run_over_a_page_of_its_exhibit(quoted: str, differs: bool) -> None:
    pages = (
        "We write to say that the office will not sign\n\n1 See our first letter.\n- 1 -",
        "Bureau of Lamps\n2\nthe agreement at all, this year or next.",
    )
    says = f"The letter says “{quoted}.” See Ex. A."
    paper = Paper(None, None, "", "Rosa Vega", "", (Para(1, says),), draft=True)
    record = Record(exhibits=(KnownExhibit("A", "A letter", "\f".join(pages)),))

    found = {each.code for each in check(paper, record, TODAY)}

    assert ("quote-differs-from-exhibit" in found) is differs


def test_an_oath_under_the_laws_of_a_state_and_of_the_united_states_is_the_statutes() -> None:
    oath = (
        "I declare under penalty of perjury under the laws of the State of Washington and the "
        "United States of America that the foregoing is true and correct."
    )
    text = f"DECLARATION OF ROSA VEGA\n\nI, Rosa Vega, declare:\n\n1. I saw it.\n\n{oath}\n"

    paper = read_text(f"{text}\nDated: May 3, 2012\n\n/s/ Rosa Vega\n")

    assert (paper.jurat, paper.jurat_text) == (Jurat.OUTSIDE, oath)


def test_what_can_have_been_is_no_post_that_somebody_holds() -> None:
    counted = (
        "The file does not show the day of receipt. Counted from the earliest day on which it can "
        "have been received, the time for a determination ended on March 4, 2010."
    )
    paras = (Para(1, counted), Para(2, "I keep a letter dated February 3, 2010, which I sent."))
    paper = Paper(None, None, "", "Rosa Vega", "", paras, draft=True)

    assert "before-tenure" not in {each.code for each in check(paper, None, TODAY)}

"""Papers with an oddity each: running feet, oaths in the opening, other languages, tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casemgr.declarations.check import check
from casemgr.declarations.exhibits import exhibits_of
from casemgr.declarations.paper import Jurat, Paper, Para
from casemgr.declarations.reading import read_text

ODDITIES = Path(__file__).parent / "oddities"
TODAY = date(2026, 11, 22)


def read(name: str) -> Paper:
    return read_text((ODDITIES / f"{name}.txt").read_text(encoding="utf-8"))


def numbers(paper: Paper) -> list[int | None]:
    return [each.number for each in paper.paragraphs]


@pytest.mark.parametrize(
    ("name", "court", "number", "declarant", "paragraphs", "executed", "jurat"),
    [
        ("doj", "wawd", "3:19-cv-05741-BHS", "Elena M. Varga", 5, "2019-10-31", Jurat.INSIDE),
        ("opening", "mdd", "PX-17-1234", "Jane Doe #1", 5, "2017-08-08", Jurat.REWORDED),
        ("spanish", "txsd", "4:15-CV-00123", "María Elena Tzul", 3, "2015-06-10", Jurat.INSIDE),
        ("ecfwide", "nysd", "16 Civ. 781 (ABC)", "Fernando Pineda", 5, "2016-11-18", Jurat.INSIDE),
        ("eoir", None, "A 087-000-000", "Luis Ortega", 3, "2018-04-02", Jurat.REWORDED),
        ("footer", "calsuperct", "RG15786543", "Peter K. Stone", 3, "2015-11-02", Jurat.REWORDED),
        ("md", "dcd", "21-cv-1123 (TJK)", "Monique A. Bass", 5, "2021-05-14", Jurat.INSIDE),
        ("case", "txnd", "3:10-CV-2042-D", "Jo Ann McKinley-Reyes", 4, "2010-05-03", Jurat.INSIDE),
        ("pleading", "cand", "10-cv-4321-ABC", "Marta Lindgren", 3, "2012-03-01", Jurat.REWORDED),
        ("related", "nyed", "CV-11-2040 (DLI)(JMA)", "Seth D. Auerbach", 3, "2011-06-17",
         Jurat.REWORDED),
    ],
)  # fmt: skip
def test_an_odd_paper_is_read_too(
    name: str,
    court: str | None,
    number: str,
    declarant: str,
    paragraphs: int,
    executed: str,
    jurat: Jurat,
) -> None:
    paper = read(name)

    assert (paper.court, paper.docket_number, paper.declarant) == (court, number, declarant)
    assert numbers(paper) == list(range(1, paragraphs + 1))
    assert (str(paper.executed_on), paper.jurat) == (executed, jurat)
    found = check(paper, None, TODAY)
    assert [each.code for each in found if each.severity.value == "problem"] == []


def test_an_affidavit_without_numbers_is_read_block_by_block() -> None:
    paper = read("notary")

    assert numbers(paper) == [None, None, None]
    assert [each.code for each in check(paper, None, TODAY)].count("unnumbered-paragraph") == 1
    assert [(each.label, each.title) for each in paper.exhibits] == [("A", "the receipt")]


def test_running_feet_lists_and_footnotes_are_no_paragraphs() -> None:
    paper = read("doj")

    third = paper.paragraphs[2].text.split("\n")
    assert "1. A search of the log room." in " ".join(third)
    assert "ferry Salish" in paper.paragraphs[1].text
    assert not any("PIER STREET" in each.text for each in paper.paragraphs)


def test_what_a_program_says_of_a_signature_is_one_but_asks_for_a_look() -> None:
    paper = read("opening")

    assert paper.signed
    assert "suspected-scanner-text" in {each.code for each in check(paper, None, TODAY)}


def test_exhibits_of_other_papers_are_not_this_ones() -> None:
    assert [each.label for each in read("ecfwide").exhibits] == ["1", "2"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("A true and correct copy of my letter is attached as Exhibit A.", "my letter"),
        (
            "Attached hereto as Exhibit A is a true copy of the log of May 2011.",
            "the log of May 2011",
        ),
        ("I kept the receipt, which is annexed as Exhibit A.", "the receipt"),
        ("By letter dated May 3, 2011, BOL answered. (See Exhibit A.)", "letter dated May 3, 2011"),
        ("The return receipt came back. It is attached as Exhibit A.", "The return receipt"),
        ("See Exhibit A, the release letter.", "the release letter"),
        ("BOL denied the request. A copy is attached as Exhibit A.", "the request"),
    ],
)
def test_what_an_exhibit_is_comes_from_the_sentence_that_attaches_it(
    words: str, title: str
) -> None:
    found = exhibits_of([Para(1, words)], [])

    assert [(each.label, each.title) for each in found] == [("A", title)]


@pytest.mark.parametrize(
    "words",
    [
        "See Compl. Ex. A.",
        "It is Exhibit A to the Complaint, a letter.",
        "The letter is attached to the Complaint as Exhibit A.",
        "I read the letter that is Exhibit A to the Smith Declaration.",
    ],
)
def test_an_exhibit_of_another_paper_is_left_to_it(words: str) -> None:
    assert exhibits_of([Para(1, words)], []) == ()

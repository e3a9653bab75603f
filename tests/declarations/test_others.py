"""Papers as other offices write them, read whole and again with their lines run together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from casemgr.declarations.check import check
from casemgr.declarations.paper import Jurat, Severity
from casemgr.declarations.reading import read_text

OTHERS = Path(__file__).parent / "others"
TODAY = date(2026, 11, 22)
ANY_TITLE = None  # where the columns of a caption, run together, leave no title to be read


@dataclass(frozen=True)
class Other:
    """A paper of another office, and what it says; `flat_title` where its lines are lost."""

    name: str
    court: str
    number: str
    declarant: str
    paragraphs: int
    executed: str
    at: str
    jurat: Jurat
    exhibits: str
    title: str
    flat_title: str | None

    @property
    def text(self) -> str:
        return (OTHERS / f"{self.name}.txt").read_text(encoding="utf-8")


PAPERS = (
    Other("abroad", "nyed", "CV-18-2214", "Jean-Pierre Lévêque", 4, "2018-03-05",
          "Montréal, Québec, Canada", Jurat.REWORDED, "A B",
          "DECLARATION OF JEAN-PIERRE LÉVÊQUE PURSUANT TO 28 U.S.C. § 1746(1)", ""),
    Other("attorney_sdny", "nysd", "14 Civ. 583 (ER)", "Ghita M. Schwartzman", 5, "2015-03-02",
          "New York, New York", Jurat.REWORDED, "A B C D E F",
          "DECLARATION OF GHITA M. SCHWARTZMAN IN SUPPORT OF PLAINTIFFS' MOTION", ANY_TITLE),
    Other("cand", "cand", "12-cv-4008 MEJ", "Deven Rao", 5, "2012-12-21",
          "San Francisco, California", Jurat.REWORDED, "1 2 3",
          "DECLARATION OF DEVEN RAO IN SUPPORT OF PLAINTIFF'S CROSS-MOTION FOR SUMMARY JUDGMENT",
          ANY_TITLE),
    Other("footnotes", "dcd", "13-cv-555 (GK)", "Susan R. Cornelius", 6, "2013-11-08", "",
          Jurat.INSIDE, "1 2 3", "DECLARATION OF SUSAN R. CORNELIUS", ""),
    Other("lettered", "mad", "12-10890-FDS", "Laura R. Duarte", 6, "2012-06-01", "",
          Jurat.REWORDED, "A B C", "DECLARATION OF LAURA R. DUARTE, ESQ.", ""),
    Other("letterlike", "nysd", "07-CV-3883 (GBD)(MHD)", "Walter P. Hobbs", 4, "2007-11-09",
          "New York, New York", Jurat.REWORDED, "1 2", "DECLARATION", ""),
    Other("notarized", "nmd", "CIV 13-0412 JB/KBM", "Tomás Ignacio Baca", 4, "2013-04-19", "",
          Jurat.REWORDED, "A", "AFFIDAVIT OF TOMÁS IGNACIO BACA", ""),
    Other("pilcrow", "vaed", "1:16cv00992 (LO/IDD)", "Nadia Bekele", 5, "2016-08-08",
          "Alexandria, Virginia", Jurat.INSIDE, "1 2 3",
          "DECLARATION OF NADIA BEKELE (28 U.S.C. § 1746)", ""),
    Other("restarts", "dcd", "09-CV-02330 (JDB)", "Patricia N. Weems", 8, "2010-01-22",
          "Silver Spring, Maryland", Jurat.INSIDE, "A B C D E",
          "DECLARATION OF PATRICIA N. WEEMS CHIEF, ACCESS AND DISCLOSURE, NATIONAL CLOUD SERVICE",
          ""),
    Other("split_date", "ilnd", "15 C 6104", "Imogen F. Carver", 6, "2015-07-10", "",
          Jurat.REWORDED, "1 2 3 4", "DECLARATION OF IMOGEN F. CARVER UNDER PENALTY OF PERJURY",
          ""),
    Other("table_caption", "nysd", "11 Civ. 2207 (ABC)", "Ruth A. Kessler", 5, "2011-05-04",
          "Washington, D.C.", Jurat.INSIDE, "1", "DECLARATION OF RUTH A. KESSLER", ""),
    Other("vaughn", "dcd", "1:12-cv-01441 (RBW)", "Martin J. Oyelowo", 8, "2013-02-14", "",
          Jurat.INSIDE, "A B C",
          "SECOND DECLARATION OF MARTIN J. OYELOWO, INITIAL DENIAL AUTHORITY, OFFICE OF STONE AND "
          "GRAVEL", ""),
)  # fmt: skip
BY_NAME = {each.name: each for each in PAPERS}
NOTES = {"jurat-reworded", "suspected-scanner-text", "information-and-belief", "unsigned"}


@pytest.mark.parametrize("other", PAPERS, ids=lambda each: each.name)
def test_a_paper_of_another_office_is_read_with_and_without_its_lines(other: Other) -> None:
    whole, flat = read_text(other.text), read_text(" ".join(other.text.split()))

    assert whole.title == other.title
    assert flat.title == (other.flat_title or other.title) or other.flat_title is ANY_TITLE
    assert whole.docket_number == other.number
    for paper in (whole, flat):
        assert paper.court == other.court
        assert paper.declarant == other.declarant
        assert [each.number for each in paper.paragraphs] == [*range(1, other.paragraphs + 1)]
        assert (str(paper.executed_on), paper.executed_at) == (other.executed, other.at)
        assert paper.jurat is other.jurat
        assert [each.label for each in paper.exhibits] == other.exhibits.split()


def test_signs_that_a_web_page_spells_out_are_read_as_the_signs_they_are() -> None:
    text = BY_NAME["abroad"].text
    spelled = text.replace("§", "&sect;").replace("’", "&#8217;").replace("the ", "the&nbsp;")

    assert read_text(spelled) == read_text(text)


@pytest.mark.parametrize("other", PAPERS, ids=lambda each: each.name)
def test_a_sound_paper_of_another_office_is_left_in_peace(other: Other) -> None:
    found = check(read_text(other.text), None, TODAY)

    assert [each.says for each in found if each.severity is Severity.PROBLEM] == []
    assert {each.code for each in found} <= NOTES


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "paragraph"),
    [
        ("abroad", "20 September 2017", "20 September 2007", "year-out-of-range", 3),
        ("abroad", "Tuesday, 12", "Friday, 12", "weekday-mismatch", 2),
        ("attorney_sdny", "14 Civ. 583 (ER)", "", "caption-missing-number", None),
        ("attorney_sdny", "the hearing of May 9,\n2014", "the hearing of May 9,\n2041",
         "year-out-of-range", 5),
        ("cand", "California, on December 21, 2012", "California, on May 21, 2012",
         "executed-before-fact", 4),
        ("footnotes", "On January 11, 2012", "In or around January 11, 2012",
         "vague-exact-date", 3),
        ("footnotes", " 5. Sixty", " 6. Sixty", "number-gap", 6),
        ("lettered", "Peter Voss", "as stated in paragraph 12 above", "cross-reference-broken", 4),
        ("letterlike", "August 18, 2006", "August 18th, 2006", "date-form", 2),
        ("letterlike", "affirm that", "affirm on information and belief that",
         "information-and-belief", None),
        ("notarized", "March 2, 2012", "March 2, 2021", "executed-before-fact", 3),
        ("pilcrow", "Ms. Carol Dunn, of the Agency, left", "An official told me and left",
         "unnamed-speaker", 4),
        ("pilcrow", "¶ 3. On", "¶ 2. On", "duplicate-number", 2),
        ("restarts", "        7.      The", "        The", "unnumbered-paragraph", None),
        ("restarts", "(Exhibit B.)", "(Exhibit G.)", "exhibit-missing", 4),
        ("split_date", "(Exhibit 2)", "(Exhibit 7)", "exhibit-order", 5),
        ("table_caption", "February 3, 2010", "February 30, 2010", "date-form", 2),
        ("table_caption", "Executed this 4th day of May, 2011, at Washington, D.C.", "", "undated",
         None),
        ("pilcrow", "Nobody answered", "Nobody answered, in violation of law",
         "argument-or-law", 2),
        ("vaughn", "home telephone", "5 U.S.C § 552 telephone", "citation-form", 7),
    ],
)  # fmt: skip
def test_a_slip_in_a_paper_of_another_office_is_found(
    name: str, old: str, new: str, code: str, paragraph: int | None
) -> None:
    text = BY_NAME[name].text
    assert old in text

    found = check(read_text(text.replace(old, new, 1)), None, TODAY)

    assert (code, paragraph) in {(each.code, each.paragraph) for each in found}

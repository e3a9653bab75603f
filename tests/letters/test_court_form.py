"""The form a court asks for: which text holds on a day, and what of it a made page breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casemgr.errors import LawFileWrong
from casemgr.letters.court_form import form_of, limit_of, read_forms
from casemgr.letters.form_check import check_form
from casemgr.letters.looked import Line, Page
from casemgr.letters.pdf_lines import read_pages
from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered, render

NOW = form_of("nysd", date(2026, 1, 5))


def line(text: str, baseline: float, **more: float | bool) -> Line:
    """A full line of testimony, twelve points, from margin to margin."""
    given = {"left": 72.0, "right": 538.0, "top": baseline - 9, "size": 12.0, **more}
    return Line(text=text, baseline=baseline, **given)  # type: ignore[arg-type]


BODY = (
    line("1. I wrote to the agency on the third day of February", 300.0, left=108.0),
    line("and asked for its letters to the states, as the request says", 324.0),
    line("in full.", 348.0, right=110.0),
)
OATH = line("I declare under penalty of perjury that the foregoing is true.", 372.0, left=108.0)
SIGNED = line("______________________________", 440.0, left=306.0)
FOOT = line("1", 749.0, left=303.0, right=309.0)


def a_page(*lines: Line, rules: tuple[float, ...] = ()) -> Page:
    return Page(612.0, 792.0, lines, rules)


def codes(*lines: Line, rules: tuple[float, ...] = ()) -> list[str]:
    return [each.code for each in check_form([a_page(*lines, rules=rules)], NOW)]


def test_the_rule_is_the_one_of_the_day_and_says_where_it_was_read() -> None:
    assert form_of("nysd", date(2012, 3, 5)).authority == "Local Civil Rule 11.1(b)"
    assert form_of("nyed", date(2024, 6, 30)).authority == "Local Civil Rule 11.1(b)"
    assert form_of("nysd", date(2024, 7, 1)).authority == "Local Civil Rule 7.1(b)"
    assert "read" in NOW.source


@pytest.mark.parametrize(("court", "day"), [("dcd", date(2026, 1, 5)), ("nysd", date(2010, 1, 5))])
def test_where_no_rule_is_held_the_form_says_it_is_our_own_choice(court: str, day: date) -> None:
    form = form_of(court, day)
    assert "our own choice" in form.authority
    assert set(form.ours) >= {"points", "spacing", "margin"}
    assert form.status == "unverified"


def test_a_limit_of_size_says_that_nobody_has_verified_it() -> None:
    assert limit_of("nysd").bytes == 10_000_000
    assert limit_of(None).status == "unverified"


def test_a_limit_that_was_read_at_the_court_names_the_page_and_holds_before_our_own() -> None:
    northern = limit_of("cand")
    assert (northern.megabytes, northern.status, northern.whole) == (50, "verified", True)
    assert "cand.uscourts.gov" in northern.source
    assert {limit_of(each).megabytes for each in ("cacd", "paed", "mdd")} == {30, 35, 50}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("points: 12.0", "pionts: 12.0", "pionts"),
        ("since: 2011-07-11", "since: 2031-07-11", "oldest first"),
        ("courts: [nysd, nyed]", "courts: [nysd, dcd]", "another file"),
        ("ours: [free_top, page_numbers]", "ours: [colour]", "colour"),
        ("id: nysd_nyed", "id: nysd", "its id is"),
    ],
)
def test_a_form_that_nobody_meant_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    shipped = Path(check_form.__code__.co_filename).parent / "court_forms"
    for each in shipped.glob("*.yaml"):
        text = each.read_text("utf-8").replace("courts: []", "courts: [dcd]")
        (tmp_path / each.name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LawFileWrong, match=says):
        read_forms(tmp_path)


def test_a_page_in_form_has_no_finding() -> None:
    assert codes(*BODY, OATH, SIGNED, FOOT) == []


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((*BODY, replace(OATH, size=11.5), SIGNED, FOOT), "text-size"),
        ((replace(BODY[0], left=60.0), *BODY[1:], FOOT), "margin"),
        ((replace(BODY[0], right=560.0), *BODY[1:], FOOT), "margin"),
        ((*BODY, line("Filed by us", 745.0), FOOT), "margin"),
        ((line("Ours", 40.0), *BODY, FOOT), "top-not-free"),
        (BODY, "page-number"),
        ((*BODY, replace(FOOT, text="7")), "page-number"),
        ((BODY[0], replace(BODY[1], baseline=314.0), FOOT), "spacing"),
        ((OATH, SIGNED, FOOT), "signature-alone"),
        ((BODY[2], OATH, SIGNED, FOOT), "signature-alone"),
        ((SIGNED, FOOT), "signature-alone"),
    ],
)
def test_each_slip_of_form_is_found_and_no_other(lines: tuple[Line, ...], code: str) -> None:
    assert codes(*lines) == [code]


def test_a_page_of_another_size_is_named() -> None:
    a4 = replace(a_page(*BODY, FOOT), width=595.0, height=842.0)
    assert "page-size" in {each.code for each in check_form([a4], NOW)}


def test_footnotes_headings_and_block_quotations_may_be_smaller_or_single() -> None:
    notes = (line("1. The letter is", 600.0, size=10.0), line("before the court", 612.0, size=10.0))
    quoted = (line("She wrote that", 400.0, left=108.0, right=500.0), line("no", 412.0, left=108.0))
    mark = line("1", 295.0, size=8.4, left=500.0, right=504.0)
    assert codes(mark, *BODY, *quoted, *notes, FOOT, rules=(590.0,)) == []


def test_the_made_declaration_is_in_the_form_of_its_court(papers: dict[str, Rendered]) -> None:
    pages = read_pages(papers["declaration"].pdf)
    assert check_form(pages, NOW) == ()
    assert sum(len(page.lines) for page in pages) > 30
    assert {each.size for page in pages for each in page.lines} == {12.0}


SINGLE = """{# styles: paper.css #}
{% extends "_paper.html" %}{% block paper %}<p>{{ says }}</p>{% endblock %}"""


def test_a_single_spaced_paper_is_told(pool: Pool) -> None:
    facts = {"says": "The agency has not answered the request of the third day. " * 8}
    paper = render("own.html", facts, title="Own", sources={"own.html": SINGLE}, pool=pool)
    assert [each.code for each in check_form(read_pages(paper.pdf), NOW)] == ["spacing"]

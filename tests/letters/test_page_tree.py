"""A court paper of ours is the same tree whether it is read as XML or as HTML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from weasyprint import HTML

from casemgr.letters import filing_facts as filing
from casemgr.letters.court_papers import CourtPaperFacts
from casemgr.letters.facts import Paper, Paragraph, Signer, Table
from casemgr.letters.fill import fill
from casemgr.letters.page_tree import CourtPage, tree_of
from casemgr.letters.pool import Pool
from casemgr.letters.render import render
from casemgr.letters.shelf import Shelf
from casemgr.shipped import shipped
from tests.letters import sample_facts as sample
from tests.letters.conftest import opened
from tests.letters.test_declaration_parts import SPANISH

CAPTION, SIGNER = sample.CAPTION, Signer(name="Rosa Vega", lines=("A < B & C",))
DAYS = Table(caption="Days", head=("Day", "What"), rows=(("May 3, 2010", "*Sent*"),))
SHOWN = Paragraph(text="See “this” & *that*.[^1]", number=12, notes=("A note.",), table=DAYS)
PAPERS: tuple[Paper, ...] = (
    sample.replaced(sample.DECLARATION, paragraphs=(*sample.DECLARATION.paragraphs, SHOWN)),
    SPANISH,
    CourtPaperFacts(
        caption=CAPTION, title="Notice", opening="Please:", paragraphs=(SHOWN,), signers=(SIGNER,)
    ),
    filing.CoverFacts(caption=CAPTION, label="Exhibit A", title="A letter", to="Declaration"),
    filing.ExhibitListFacts(
        caption=CAPTION, to="Declaration", exhibits=(filing.ListedExhibit(label="A", title="It"),)
    ),
    filing.CertificateFacts(
        caption=CAPTION,
        papers=("Notice",),
        served=(filing.Served(name="Jo", lines=("1 Main St",), how="by mail"),),
        by_court=("Ada",),
        signer=SIGNER,
        on=date(2010, 5, 3),
    ),
)


def shape(element: ET.Element) -> tuple[Any, ...]:
    """Return a tree as values; space between blocks is nobody's."""
    said = (each if (each or "").strip() else "" for each in (element.text, element.tail))
    return (element.tag, element.attrib, *said, [shape(each) for each in element])


@pytest.mark.parametrize("facts", PAPERS, ids=lambda each: each.TEMPLATE)
def test_a_court_paper_is_the_same_tree_either_way(facts: Paper) -> None:
    shelf = Shelf.read(shipped("templates"))
    paper = {"title": "A < B", "language": "en-US", "draft": "DRAFT"}
    page = fill(facts.TEMPLATE, shelf.sandbox({}), {**facts.plain(), "paper": paper})

    assert "court.css" in shelf.sheets_of(facts.TEMPLATE, {})
    assert shape(tree_of(page)) == shape(HTML(string=page).etree_element)


def test_what_is_no_xml_is_read_as_html() -> None:
    page = CourtPage("<!doctype html><p>one<p>two", "http://paper.invalid/", None)

    assert [each.text for each in page.etree_element.iter("p")] == ["one", "two"]


def test_words_longer_than_a_line_are_broken_and_numbers_of_any_width_stand_alike(
    pool: Pool,
) -> None:
    says = ("I kept it.", f"See https://example.org/{'a' * 120}.", "I kept that too.")
    numbers = {"9.", "11.", "111."}
    paras = tuple(Paragraph(text=t, number=n) for t, n in zip(says, (9, 11, 111), strict=True))
    facts = sample.replaced(sample.DECLARATION, paragraphs=paras)
    paper = render(facts.TEMPLATE, facts.plain(), title="Widths", pool=pool)
    with opened(paper) as pdf:
        words = [each for page in pdf.pages for each in page.extract_words()]
    assert max(each["x1"] for each in words) <= 540.5  # the right margin
    begins = [after["x0"] for word, after in pairwise(words) if word["text"] in numbers]
    assert len(begins) == 3
    assert max(begins) - min(begins) < 0.1

"""A table under a paragraph: typed as lines, printed as a table, and never half a one."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.declarations.check import check
from casemgr.declarations.paper import Paper, Para
from casemgr.domain.declaration_tables import Typed, as_typed, parted, with_table
from casemgr.letters import facts
from casemgr.usecases.declaration_paper import text_of

DAYS = Typed("The request", ("Component", "Received"), (("ICE", "February 4, 2010"), ("FBI", "")))


def test_what_is_written_as_a_table_is_read_as_the_same_table() -> None:
    says = with_table("The file shows this.", DAYS)
    assert says.splitlines()[1:3] == ["Table: The request", "| Component | Received |"]
    assert parted(says) == ("The file shows this.", DAYS)
    assert parted(says.replace("\n", "\r\n")) == ("The file shows this.", DAYS)
    assert with_table("No table.", None) == "No table."


def test_the_cells_of_a_table_are_checked_like_any_text() -> None:
    rows = (("ICE", "February 30, 2010"), ("FBI", "March 3rd, 2010"))
    printed = facts.Table(caption="Days", head=("Component", "Received"), rows=rows)
    text = text_of(facts.Paragraph(text="The file shows this.", table=printed))
    paper = Paper(None, None, "", "Rosa Vega", "", (Para(1, text),), draft=True)

    found = [each.says for each in check(paper, None, date(2026, 11, 22))]

    assert "There is no such day as February 30, 2010." in found
    assert any("“March 3rd, 2010” is not written" in says for says in found)


def test_a_bar_in_a_cell_makes_no_cell_of_its_own() -> None:
    assert as_typed(Typed("A|B", ("a|b",), (("c\nd",),))) == "Table: A/B\n| a/b |\n| c d |"


@pytest.mark.parametrize(
    "says",
    [
        "",
        "| a | b |\n| c | d |",  # no words above it
        "Table: Days\n| a | b |\n| c | d |",
        "Words.\n| a | b |\n| c | d |",  # no caption
        "Words.\nTable: Days\n| a | b |",  # a head and nothing under it
        "Words.\nTable: Days\n| a | b |\n| c |",  # a cell too few
        "Words.\nTable: Days\n| a |\n| b |\nMore words.",
        "Words.\nTable: Days\n" + "|x" * 9 + "|\n" + "|y" * 9 + "|",
    ],
)
def test_what_is_no_table_throughout_stays_words_and_nothing_is_dropped(says: str) -> None:
    assert parted(says) == (says, None)

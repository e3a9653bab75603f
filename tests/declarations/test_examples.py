"""The help on the checks: every check has its example, and the examples show what they say."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.declarations.check import check
from casemgr.declarations.codes import BY_CODE
from casemgr.declarations.examples import EXAMPLES, IN_WORDS, OF_THE_PAPER
from casemgr.declarations.paper import Jurat, Paper, Para

READ = "I keep the files of the Night Schools Network, and I make this statement from them."


def codes(text: str) -> set[str]:
    """Return what is found in a declaration whose second paragraph says this."""
    paper = Paper(
        court=None,
        docket_number="10 Civ. 9999",
        title="Declaration of Rosa Alvarez",
        declarant="Rosa Alvarez",
        opening="I, Rosa Alvarez, declare:",
        paragraphs=(Para(1, READ), Para(2, text)),
        jurat=Jurat.INSIDE,
        executed_on=date(2012, 1, 5),
    )
    return {each.code for each in check(paper, None, date(2026, 11, 22))}


def test_every_check_has_an_example_and_no_other() -> None:
    assert set(EXAMPLES) == set(BY_CODE)
    assert not set(IN_WORDS) & set(OF_THE_PAPER)


@pytest.mark.parametrize("code", sorted(IN_WORDS))
def test_an_example_is_found_and_is_not_found_once_it_is_mended(code: str) -> None:
    assert code in codes(IN_WORDS[code].found)
    assert code not in codes(IN_WORDS[code].mended)

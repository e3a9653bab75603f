"""Marks people type become type on paper, and nothing they typed is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.letters.marks import runs


def said(text: str, *notes: str) -> list[tuple[object, object]]:
    return [(run["kind"], run["says"]) for run in runs(text, notes)]


def test_stars_around_words_are_italics() -> None:
    assert said("See *Doe v. Roe*.") == [("text", "See "), ("italic", "Doe v. Roe"), ("text", ".")]


@pytest.mark.parametrize("text", ["2 * 3 * 4", "2*3*4", "a *", "**", "* *", "*a\nb*"])
def test_other_stars_stay_stars(text: str) -> None:
    assert said(text) == [("text", text)]


def test_a_note_stands_where_its_mark_stood() -> None:
    assert said("So.[^1] And so.[^2]", "One.", "Two.") == [
        ("text", "So."),
        ("note", "One."),
        ("text", " And so."),
        ("note", "Two."),
    ]


@pytest.mark.parametrize(
    ("text", "notes"),
    [("So.[^1]", ()), ("So.", ("One.",)), ("So.[^2]", ("One.",)), ("[^1][^1]", ("One.",))],
)
def test_a_note_without_its_mark_or_a_mark_without_its_note_is_refused(
    text: str, notes: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="footnote"):
        runs(text, notes)


@pytest.mark.parametrize(
    "together",
    ["8 U.S.C.", "8 U.S.C", "§ 1722", "§ 552(a)(6)(A)(i)", "6 C.F.R.", "811 F. Supp. 2d 713",
     "Rule 6(d)", "Ex. A", "Dkt. 29-1", "¶ 6", "February 3", "e-mail", "No. 5"],
)  # fmt: skip
def test_citations_and_dates_are_not_broken_over_two_lines(together: str) -> None:
    assert ("together", together) in said(f"As {together}, he said.")


@given(st.text(alphabet="ab *[^]1§.\n8", max_size=60))
def test_whatever_is_typed_without_notes_is_printed_whole(text: str) -> None:
    if "[^1" in text or "[^8" in text:
        return
    printed = "".join(str(run["says"]) for run in runs(text)).replace("\u200b", "")
    assert printed.replace("*", "") == text.replace("*", "")

"""References in a declaration stay right, whatever is moved, renamed or taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.declaration_text import (
    LONGEST_NAME,
    Names,
    broken,
    by_first_mention,
    joined,
    letter,
    name_of,
    printed,
    references,
    renamed,
    split,
)

NAMES = Names({"notice": 5, "aside": None}, {"heffernan-letter": "A"})


def test_references_print_as_numbers_and_letters_however_they_are_typed() -> None:
    text = (
        "As paragraph {para:notice} says, see { Ex: Heffernan letter } and {EX:HEFFERNAN-letter}."
    )

    assert printed(text, NAMES) == "As paragraph 5 says, see Ex. A and Ex. A."


def test_a_reference_to_nothing_is_seen_on_the_paper_and_found() -> None:
    text = "See {para:gone}, {para:aside} and {Ex:lost}."

    assert printed(text, NAMES) == (
        "See [no paragraph “gone”], [no paragraph “aside”] and [no exhibit “lost”]."
    )
    assert [each.written for each in broken(text, NAMES)] == [
        "{para:gone}", "{para:aside}", "{Ex:lost}",
    ]  # fmt: skip


def test_braces_that_are_no_reference_stay_as_they_were_typed() -> None:
    for text in ("{x}", "{para:}", "{{para:notice", "{Ex:a\nb}", "Exhibit {A}"):
        assert printed(text, NAMES) == text
        assert references(text) == ()


def test_a_new_name_is_followed_by_the_references_of_its_own_kind_only() -> None:
    text = "{para:a} {Para: A} {Ex:a} {para:b}"

    assert renamed(text, "para", "a", "c") == "{para:c} {Para:c} {Ex:a} {para:b}"


def test_exhibits_are_lettered_as_the_text_first_mentions_them() -> None:
    texts = ["First {Ex:memo}, then {Ex:unknown}.", "{Ex:letter} and {Ex:memo} again."]

    assert by_first_mention(texts, ["letter", "spare", "memo"]) == ["memo", "letter", "spare"]


def test_letters_go_on_after_z() -> None:
    said = [letter(place) for place in range(1, 800)]

    assert said[25:28] == ["Z", "AA", "AB"]
    assert said[701:703] == ["ZZ", "AAA"]
    assert len(set(said)) == len(said)


def test_a_paragraph_is_divided_at_its_empty_lines_and_nowhere_else() -> None:
    assert split("One\r\nand on.\r\n \r\n\r\nTwo.\n\n") == ["One\nand on.", "Two."]
    assert split("One.") == ["One."]
    assert joined("One. ", " Two.") == "One. Two."


@given(st.text(max_size=200))
def test_any_text_is_printed_without_losing_what_is_no_reference(text: str) -> None:
    assert references(text) or printed(text, NAMES) == text
    assert len(name_of(text)) <= LONGEST_NAME
    assert name_of(name_of(text)) == name_of(text)

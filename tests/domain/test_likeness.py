"""Likeness: near is what shares its telling words, whatever else it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.likeness import compare, words_of

TEXT = st.text(max_size=80)


def test_the_same_in_other_words_is_near_and_something_else_is_not() -> None:
    asked = words_of("Opt-out letters and replies", "Each letter of a county that asks to opt out.")

    assert compare(asked, words_of("Replies to letters on opting out, counties")).near
    assert not compare(asked, words_of("Contracts of county jails")).near
    assert not compare(asked, words_of("All records regarding the request")).near


def test_one_word_in_common_is_chance() -> None:
    assert not compare(words_of("Detainers"), words_of("Detainers")).near


@given(TEXT, TEXT)
def test_likeness_is_mutual_and_a_share(one: str, other: str) -> None:
    first, second = words_of(one), words_of(other)

    there, back = compare(first, second), compare(second, first)

    assert there == back
    assert 0 <= there.share <= 1
    assert set(there.words) == first & second

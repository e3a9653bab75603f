"""Two versions side by side: nothing is missing, and nothing is shown that was not changed."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.declaration_compare import Side, compare, words

BEFORE = (
    Side(1, "I work for the network."),
    Side(2, "On May 1, 2010 I wrote to the agency."),
    Side(3, "Nobody answered."),
)


def test_a_changed_word_is_shown_removed_and_added_within_its_paragraph() -> None:
    after = (BEFORE[0], Side(2, "On May 2, 2010 I wrote to the agency."), BEFORE[2])

    same, changed, last = compare(BEFORE, after)

    assert (same.how, changed.how, last.how) == ("same", "changed", "same")
    assert [(each.kind, each.says) for each in changed.words] == [
        ("same", "On May "),
        ("removed", "1, "),
        ("added", "2, "),
        ("same", "2010 I wrote to the agency."),
    ]


def test_a_paragraph_put_in_changes_numbers_and_nothing_else() -> None:
    after = (BEFORE[0], Side(2, "I also called."), Side(3, BEFORE[1].says), Side(4, BEFORE[2].says))

    rows = compare(BEFORE, after)

    assert [each.how for each in rows] == ["same", "added", "same", "same"]
    assert rows[2].before == BEFORE[1]
    assert rows[2].after == Side(3, BEFORE[1].says)


def test_a_paragraph_written_anew_is_one_taken_out_and_one_put_in() -> None:
    after = (BEFORE[0], Side(2, "Later, the regional office called me back."), BEFORE[2])

    assert [each.how for each in compare(BEFORE, after)] == ["same", "removed", "added", "same"]


def test_an_enormous_paragraph_is_compared_whole_and_at_once() -> None:
    before, after = ("word " * 9_000, "other " * 9_000)
    started = time.monotonic()

    found = words(before, after)

    assert [each.kind for each in found] == ["removed", "added"]
    assert time.monotonic() - started < 2


def test_the_same_few_words_again_and_again_are_compared_at_once() -> None:
    before = "January 1, " * 1_800
    started = time.process_time()

    found = words(before, before.replace("1", "2"))

    assert [each.kind for each in found] == ["removed", "added"]
    assert time.process_time() - started < 1


TEXTS = st.lists(st.text("ab ", max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_back_out_of_the_comparison(
    before: list[str], after: list[str]
) -> None:
    one, other = ([Side(n, says) for n, says in enumerate(each, 1)] for each in (before, after))

    rows = compare(one, other)

    assert [each.before for each in rows if each.before] == one
    assert [each.after for each in rows if each.after] == other
    for row in rows:
        if row.before:
            kept = "".join(each.says for each in row.words if each.kind != "added")
            assert kept == row.before.says
        if row.after:
            kept = "".join(each.says for each in row.words if each.kind != "removed")
            assert kept == row.after.says

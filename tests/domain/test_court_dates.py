"""The days a court set for one thing: the last entry's day is in force, and none is lost."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.court_dates import CourtDate, chains


def day(n: int) -> date:
    return date(2021, 12, n)


FIRST = CourtDate(id="OD-A", fixed_for=day(29), set_on=day(1), number=12)
SECOND = CourtDate(
    id="OD-B", fixed_for=date(2022, 1, 14), set_on=day(20), number=15, changes_key="OD-A:order"
)
THIRD = CourtDate(
    id="OD-C", fixed_for=date(2022, 1, 7), set_on=day(22), number=16, changes_key="OD-B:order"
)
ANSWER = CourtDate(id="OD-D", fixed_for=day(30), set_on=day(2), changes_key="LS-1:foia.answer")


def test_a_change_of_a_change_belongs_to_the_first() -> None:
    found = chains([THIRD, FIRST, ANSWER, SECOND])
    assert found == {"LS-1:foia.answer": (ANSWER,), "OD-A:order": (FIRST, SECOND, THIRD)}


def test_an_earlier_day_set_by_a_later_entry_is_in_force() -> None:
    assert chains([FIRST, SECOND, THIRD])["OD-A:order"][-1].fixed_for == date(2022, 1, 7)


def test_two_days_that_name_each_other_are_one_chain_and_no_loop() -> None:
    ring = [
        CourtDate(id="OD-A", fixed_for=day(3), set_on=day(1), changes_key="OD-B:order"),
        CourtDate(id="OD-B", fixed_for=day(4), set_on=day(2), changes_key="OD-A:order"),
    ]
    [chain] = chains(ring).values()
    assert [each.id for each in chain] == ["OD-A", "OD-B"]


DATES = st.lists(
    st.builds(
        CourtDate,
        id=st.sampled_from(["OD-A", "OD-B", "OD-C", "OD-D", "OD-E", "OD-F"]),
        fixed_for=st.dates(day(1), date(2022, 1, 31)),
        set_on=st.dates(day(1), day(9)),
        number=st.none() | st.integers(1, 9),
        changes_key=st.sampled_from(["", "OD-A:order", "OD-B:order", "OD-C:order", "DE-1:reply"]),
    ),
    max_size=6,
    unique_by=lambda each: each.id,
)


@given(DATES, st.randoms())
def test_no_order_of_recording_loses_a_day_or_leads_to_another(
    dates: list[CourtDate], chance: Random
) -> None:
    shuffled = list(dates)
    chance.shuffle(shuffled)
    found = chains(shuffled)
    kept = sorted(each.id for chain in found.values() for each in chain)
    assert kept == sorted(each.id for each in dates)
    in_force = {key: chain[-1].fixed_for for key, chain in found.items()}
    assert in_force == {key: chain[-1].fixed_for for key, chain in chains(dates).items()}
    for chain in found.values():
        assert chain[-1].place == max(each.place for each in chain)

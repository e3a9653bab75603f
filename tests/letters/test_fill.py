"""Templates place facts; what they may not do, they cannot do."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.letters.fill import Unfillable, fill, sandbox_of
from tests.letters.escapes import ESCAPES

FACTS = {
    "name": "Rosa <Alvarez> & Co.",
    "items": ["one", "two"],
    "day": date(2010, 2, 3),
    "nobody": None,
    "paper": {"title": "T", "language": "en", "draft": None},
}


def filled(text: str, **facts: object) -> str:
    return fill("a.html", sandbox_of({"a.html": text}), {**FACTS, **facts})


@pytest.mark.parametrize("text", ESCAPES)
def test_a_template_that_reaches_outside_is_refused(text: str) -> None:
    with pytest.raises(Unfillable):
        filled(text)


def test_there_are_enough_attempts_to_mean_something() -> None:
    assert len(set(ESCAPES)) >= 150


def test_facts_are_escaped() -> None:
    assert filled("{{ name }}") == "Rosa &lt;Alvarez&gt; &amp; Co."
    assert filled("{{ name|upper }}") == "ROSA &lt;ALVAREZ&gt; &amp; CO."
    assert filled("{{ items|join('<') }}") == "one&lt;two"


def test_a_fact_is_found_by_its_name_even_if_mappings_have_a_method_of_that_name() -> None:
    assert filled("{{ it.items }}{{ it.keys }}", it={"items": "a", "keys": "b"}) == "ab"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("{{ docket_number }}", "docket_number"),
        ("{{ paper.judge }}", "judge"),
        ("{{ executed_on|court_date }}", "executed_on"),
        ("{% if cap %}x{% endif %}", "cap"),
        ("{% for x in rows %}{% endfor %}", "rows"),
    ],
)
def test_a_missing_fact_is_named_with_its_template(text: str, fact: str) -> None:
    with pytest.raises(Unfillable) as refused:
        filled(text)
    assert refused.value.fact == fact
    assert f"The fact {fact} is missing, and the template a.html needs it." in str(refused.value)


@pytest.mark.parametrize("text", ["{{ nobody }}", "{{ nobody|long_date }}", "{{ nobody|runs }}"])
def test_an_empty_fact_is_never_printed_as_a_word_or_a_gap(text: str) -> None:
    with pytest.raises(Unfillable, match="empty"):
        filled(text)


def test_a_template_with_a_slip_says_where() -> None:
    with pytest.raises(Unfillable, match=r"a\.html cannot be read at line 2"):
        filled("<p>\n{% if %}")


def test_an_unknown_template_says_which_there_are() -> None:
    with pytest.raises(Unfillable, match=r"no template called b\.html. Choose one of: a\.html\."):
        fill("b.html", sandbox_of({"a.html": "", "_part.html": ""}), {})


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ day|long_date }}", "Wednesday, February 3, 2010"),
        ("{{ day|court_date }}", "February 3, 2010"),
        ("{{ day|table_date }}", "Wed, Feb 3, 2010"),
        ("{{ 1|letter_of }}{{ 26|letter_of }}{{ 27|letter_of }}{{ 703|letter_of }}", "azaaaaa"),
        ("{{ 1200|dollars }}", "$1,200"),
        ("{{ 'Second Declaration of Ann Of'|name_below }}", "Second Declaration of\nAnn Of"),
        ("{{ 'Notice of Motion'|name_below }}", "Notice of Motion"),
        ("{% if day is after_2016_amendments %}new{% else %}old{% endif %}", "old"),
    ],
)
def test_dates_letters_and_sums_are_written_as_papers_write_them(text: str, printed: str) -> None:
    assert filled(text) == printed


@pytest.mark.parametrize(("day", "new"), [(date(2016, 6, 30), False), (date(2016, 7, 1), True)])
def test_the_amendments_of_2016_govern_requests_made_after_30_june(day: date, new: bool) -> None:
    text = "{% if day is after_2016_amendments %}new{% endif %}"
    assert filled(text, day=day) == ("new" if new else "")

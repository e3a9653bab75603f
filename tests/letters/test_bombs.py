"""A paper that would never end is stopped with a sentence, and the next one is made as usual."""

from __future__ import annotations

import time

import pytest

from casemgr.errors import NotRendered
from casemgr.letters.budget import MIB, Budget
from casemgr.letters.pool import Pool
from casemgr.letters.render import render
from tests.letters.conftest import make

FLEX = '<div style="display: flex">'
GRID = '<div style="display: grid">'
TRACKS = '<div style="display: grid; grid-template-columns: repeat(10000, 1px)">'
USES = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
BOMBS = {
    "a million columns": "<table><tr><td colspan=1000000>x</table>",
    "flex boxes in flex boxes": FLEX * 14 + "x" + "</div>" * 14,
    "a tree of svg uses": f'<svg><defs><rect id="g0"/>{USES}</defs><use href="#g8"/></svg>',
    "two thousand boxes deep": "<div>" * 2000 + "x",
    "a letter a billion points high": '<p style="font-size: 1e9px">x</p>',
    "pages of one pixel": "<style>@page { size: 1px; margin: 0 }</style>" + "x " * 20000,
    "too many pages": '<p style="break-after: page">x</p>' * 40,
    "loops in loops": (
        "{% for a in many %}{% for b in many %}{% for c in many %}{% for d in many %}"
        "{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
    ),
    "two gigabytes of a": "{{ 'a' * 2000000000 }}",
    "a tower of powers": "{{ 9 ** (9 ** 9) }}",
    "a template that includes itself": "{% include 'x.html' %}",
    "twenty-five megabytes of text": "{% for a in many %}{{ 'a' * 250000 }}{% endfor %}",
    "a grid of ten thousand tracks": TRACKS + "<i>x</i>" * 300 + "</div>",
    "grids in grids": GRID * 14 + "x" + "</div>" * 14,
    "flex boxes and grids by turns": (FLEX + GRID) * 8 + "x" + "</div></div>" * 8,
    "ten thousand columns": '<div style="columns: 10000">' + "x " * 20000 + "</div>",
    "six thousand floats": '<i style="float: left">xxxx</i>' * 6000,
    "a word of a million letters": "{{ 'x' * 1000000 }}",
    "tables in tables": "<table><tr><td>" * 60 + "x",
    "a list of a billion": "{{ [1] * 1000000000 }}",
    "a number a billion figures wide": "{{ '%1000000000d' % 1 }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}"
    ),
    "text doubled again and again": "{{ ('a' * 50000) | replace('a', 'a' * 50000) }}",
}


# Each takes its whole budget; ten of them are the small size (F10).
_FEW = [*list(BOMBS)[:5], *list(BOMBS)[7:12]]


@pytest.mark.parametrize(
    "name", [name if name in _FEW else pytest.param(name, marks=pytest.mark.full) for name in BOMBS]
)
def test_a_bomb_ends_within_its_budget_with_a_sentence(name: str, small_pool: Pool) -> None:
    text = '{% extends "_paper.html" %}{% block paper %}' + BOMBS[name] + "{% endblock %}"
    began = time.monotonic()
    with pytest.raises(NotRendered) as stopped:
        render(
            "x.html",
            {"many": list(range(100))},
            title="T",
            sources={"x.html": text},
            pool=small_pool,
        )
    assert time.monotonic() - began < small_pool.budget.seconds + 15  # a worker may start first
    assert str(stopped.value).endswith(".")
    assert len(str(stopped.value)) < 500
    assert make("letter", small_pool).pages == 1


def test_a_paper_that_hangs_without_computing_is_stopped_by_the_clock() -> None:
    own = Pool(1, Budget(seconds=1.0))
    try:
        with pytest.raises(NotRendered, match="not done after 1 seconds"):
            render(
                "x.html", {}, title="T", sources={"x.html": BOMBS["a million columns"]}, pool=own
            )
        own.budget = Budget()
        assert make("letter", own).pages == 1
    finally:
        own.close()


def test_memory_has_a_limit_and_says_so() -> None:
    own = Pool(1, Budget(fill_memory=64 * MIB))
    try:
        with pytest.raises(NotRendered, match="more memory than a paper may"):
            render("x.html", {}, title="T", sources={"x.html": "{{ 'a' * 100000000 }}"}, pool=own)
    finally:
        own.close()


def test_an_honest_index_of_two_hundred_rows_is_made(pool: Pool) -> None:
    row = "<tr><td>{{ n }}</td><td>Entry withheld in part under Exemption 5.</td></tr>"
    text = (
        '{# styles: paper.css report.css #}{% extends "_paper.html" %}{% block paper %}<table>'
        "{% for n in many %}" + row + "{% endfor %}</table>{% endblock %}"
    )
    paper = render(
        "x.html", {"many": list(range(200))}, title="T", sources={"x.html": text}, pool=pool
    )
    assert 4 < paper.pages < 8


@pytest.mark.full
def test_an_honest_index_of_five_thousand_rows_is_made(pool: Pool) -> None:
    row = "<tr><td>{{ n }}</td><td>Entry withheld in part under Exemption 5.</td></tr>"
    text = (
        '{# styles: paper.css report.css #}{% extends "_paper.html" %}{% block paper %}<table>'
        "{% for n in many %}" + row + "{% endfor %}</table>{% endblock %}"
    )
    paper = render(
        "x.html", {"many": list(range(5000))}, title="T", sources={"x.html": text}, pool=pool
    )
    assert paper.pages > 100

"""The text beside a preview: words and a few plain tags, whatever a template holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.letters.page_text import LOWER, STAY, tagged

MAY = {*STAY, *LOWER.values(), "div"}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>steal()</script>",
        "<img src=x onerror=steal()>",
        '<form action="https://example.org"><input name=password></form>',
        "<style>body{display:none}</style>",
        "</article></main><iframe src=//example.org></iframe>",
        "<div lang='en\" onclick=\"steal()'>words</div>",
        "<th scope='\"><script>'>words</th>",
        "<svg><script>steal()</script></svg>",
        "<!--><script>steal()</script>-->",
        "<a href='javascript:steal()'>words</a>",
    ],
)
def test_nothing_of_a_hostile_template_is_left_but_its_words(hostile: str) -> None:
    made = tagged(f"<body><p>1. I saw it.</p>{hostile}</body>")
    assert made.startswith("<p>1. I saw it.</p>")
    found = re.findall(r"</?([a-z0-9]+)((?:\s[^>]*)?)>", made)
    assert {tag for tag, _ in found} <= MAY
    assert all(re.fullmatch(r'( (lang|scope)="[^"<>]*")?', said) for _, said in found)


@given(st.text(alphabet="<>/!-\"'=&;scriptpdvlang ", max_size=80))
def test_whatever_is_written_only_tags_that_may_stay_are_left(text: str) -> None:
    made = tagged(f"<p>{text}")
    left = re.sub(r"</?(?:" + "|".join(MAY) + r')(?: (?:lang|scope)="[^"<>]*")?>', "", made)
    assert "<" not in left

"""What the pages load: ours alone, unchanged, with colours anybody can read."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise

import pytest

from casemgr.shipped import shipped

STATIC = shipped("templates") / "static"
TEMPLATES = sorted(
    path for folder in ("pages", "parts") for path in (shipped("templates") / folder).glob("*.html")
)
CSS = (STATIC / "house.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", CSS))

# Text on its ground, as the style sheet pairs them; 4.5 to 1 is what WCAG 1.4.3 asks of text.
PAIRS = [
    ("ink", "ground"), ("second", "ground"), ("hint", "ground"), ("hint", "pale"),
    ("link", "ground"), ("link", "row"), ("link-hover", "ground"), ("visited", "ground"),
    ("visited", "row"), ("hint", "row"), ("late", "late-ground"), ("late", "ground"),
    ("soon", "soon-ground"), ("track", "track-ground"), ("right", "right-ground"),
    ("paused", "paused-ground"), ("second", "pale"), ("ink", "row"), ("ink", "paused-ground"),
]  # fmt: skip


def test_what_others_wrote_is_as_they_published_it() -> None:
    folder = STATIC / "htmx"
    listed = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "SHA256SUMS"
    }

    assert found == listed
    assert "LICENSE" in found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_pair_of_colours_can_be_read(text: str, ground: str) -> None:
    dark, light = sorted((luminance(TOKENS[text]), luminance(TOKENS[ground])))

    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_runs_and_loads_nothing_from_elsewhere(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", text)
    assert " style=" not in text
    assert "<script" not in text
    assert "| safe" not in text
    assert not re.search(r"\son[a-z]+=", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_headings_never_skip_a_level(path) -> None:  # type: ignore[no-untyped-def]
    levels = [int(level) for level in re.findall(r"<h([1-6])", path.read_text(encoding="utf-8"))]

    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_sizes_follow_the_readers_text_size() -> None:
    assert "font-size: 100%" in CSS
    in_pixels = re.findall(r"([^{}]*)\{[^}]*font-size:\s*\d+px", CSS)
    assert all(".bars" in rule for rule in in_pixels)  # a picture scales as a whole
    assert "@media print" in CSS
    assert "forced-colors: active" in CSS

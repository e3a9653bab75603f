"""No footnote is lost between the text and the page."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from casemgr.letters import facts as f
from casemgr.letters.footnotes import lost_footnotes, moved_footnotes
from casemgr.letters.pool import Pool
from casemgr.letters.render import render
from tests.letters import sample_facts as sample
from tests.letters.conftest import opened

WORDS = ("the", "program", "was", "said", "to", "be", "voluntary", "by", "one", "office", "and")


def declaration(seed: int) -> f.DeclarationFacts:
    """A declaration whose paragraphs and notes have lengths of this seed's choosing."""
    chance = random.Random(seed)

    def sentence(words: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(words)) + "."

    paragraphs = []
    for number in range(1, chance.randint(8, 22)):
        notes = tuple(
            f"Note {number}-{n} begins, {sentence(chance.randint(3, 60))} Note {number}-{n} ends."
            for n in range(1, chance.choice([0, 1, 1, 2, 3]) + 1)
        )
        text = sentence(chance.randint(10, 120)) + "".join(
            f" {sentence(chance.randint(1, 20))}[^{n + 1}]" for n in range(len(notes))
        )
        paragraphs.append(f.Paragraph(text=text, number=number, notes=notes))
    return sample.replaced(sample.DECLARATION, paragraphs=tuple(paragraphs))


def assert_every_note_is_printed(seed: int, pool: Pool) -> None:
    facts = declaration(seed)
    paper = render(facts.TEMPLATE, facts.plain(), title="Notes", pool=pool)
    with opened(paper) as pdf:
        pages = [" ".join(page.extract_text(use_text_flow=True).split()) for page in pdf.pages]
    for paragraph in facts.paragraphs:
        for n, _ in enumerate(paragraph.notes, 1):
            name = f"Note {paragraph.number}-{n}"
            assert sum(f"{name} begins" in page for page in pages) == 1
            assert any(f"{name} ends." in page for page in pages)


@pytest.mark.parametrize("seed", range(4))
def test_every_footnote_is_printed_whole(seed: int, pool: Pool) -> None:
    assert_every_note_is_printed(seed, pool)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(4, 60))
def test_every_footnote_of_sixty_papers_is_printed_whole(seed: int, pool: Pool) -> None:
    assert_every_note_is_printed(seed, pool)


HTML = '<i id="call-1-1"><i id="note-1-1">a</i></i><i id="call-2-1"><i id="note-2-1">b</i></i>'


def laid_out(*pages: str) -> SimpleNamespace:
    return SimpleNamespace(pages=[SimpleNamespace(anchors=dict.fromkeys(p.split())) for p in pages])


def test_a_note_that_reached_no_page_is_lost() -> None:
    document = laid_out("call-1-1 note-1-1", "call-2-1")
    assert lost_footnotes(HTML, document) == ["2-1"]


def test_a_note_on_another_page_than_its_mark_has_moved() -> None:
    document = laid_out("call-1-1 note-1-1 call-2-1", "note-2-1")
    assert lost_footnotes(HTML, document) == []
    assert moved_footnotes(HTML, document) == ["2-1"]


def test_notes_are_twelve_points_numbered_and_below_the_text(pool: Pool) -> None:
    paragraph = f.Paragraph(text="So it was.[^1]", number=1, notes=("See *Doe*, Ex. A.",))
    facts = sample.replaced(sample.DECLARATION, paragraphs=(paragraph,))
    paper = render(facts.TEMPLATE, facts.plain(), title="Notes", pool=pool)
    with opened(paper) as pdf:
        lines = pdf.pages[0].extract_text_lines()
        sizes = {round(c["size"]) for c in pdf.pages[0].chars if c["top"] > 600}
    assert "1. See Doe, Ex. A." in [line["text"] for line in lines]
    note = next(line for line in lines if line["text"].startswith("1. See"))
    assert note["top"] > max(line["top"] for line in lines if "Sekhavat" in line["text"])
    assert sizes == {12}

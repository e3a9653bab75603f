"""Look at a declaration as the PDF it becomes, while it is written: the real one, from the cage.

Nothing is recorded and no paper is kept: a preview is made to be looked at. The same text in the
same form is never made twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from casemgr.errors import NotFound
from casemgr.files.previews import Previews
from casemgr.letters.page_text import tagged
from casemgr.letters.render import get_ready, render
from casemgr.letters.shelf import Shelf
from casemgr.shipped import shipped
from casemgr.usecases import letters, page_pictures
from casemgr.usecases.letters import Opens, Paper


@dataclass(frozen=True)
class Preview:
    """A declaration as it would print now, and its text as HTML; `key` names what it shows."""

    key: str
    paper: Paper
    pdf: bytes
    pages: int
    text: str


def expect() -> None:
    """Let what makes previews start in the background: somebody opens a declaration to write."""
    get_ready()


def preview(
    opens: Opens, previews: Previews, declaration_id: str, version_id: str | None = None
) -> Preview:
    """Return a declaration as PDF, made outside any transaction unless it was made before.

    Raises WrongMoment where there is no paper yet, NotRendered where it exceeds its limits.
    """
    paper = _gathered(opens, declaration_id, version_id)
    key = _key(paper)
    pdf, pages = previews.read(f"{key}.pdf"), previews.read(f"{key}.txt")
    text = previews.read(f"{key}.html")
    if pdf is None or pages is None or text is None:
        made = render(
            paper.facts.TEMPLATE, paper.facts.plain(), title=paper.title, draft=paper.draft or None
        )
        pdf, pages, text = made.pdf, str(made.pages).encode(), tagged(made.html).encode()
        previews.keep(f"{key}.pdf", pdf)
        previews.keep(f"{key}.txt", pages)
        previews.keep(f"{key}.html", text)
    return Preview(key, paper, pdf, int(pages), text.decode())


def picture(
    opens: Opens,
    previews: Previews,
    declaration_id: str,
    page: int,
    version_id: str | None = None,
) -> bytes:
    """Return one page of a declaration as PNG; NotFound for a page that it does not have."""
    paper = _gathered(opens, declaration_id, version_id)
    key = _key(paper)
    kept = previews.read(f"{key}-{page}.png") if 0 < page < 10_000 else None
    if kept is not None:
        return kept
    made = preview(opens, previews, declaration_id, version_id)
    if not 1 <= page <= made.pages:
        raise NotFound
    first = page - (page - 1) % page_pictures.MOST_PAGES
    drawn = page_pictures.drawn(made.pdf, first, made.pages)
    for n, each in enumerate(drawn, first):
        previews.keep(f"{made.key}-{n}.png", each)
    return drawn[page - first]


def _gathered(opens: Opens, declaration_id: str, version_id: str | None) -> Paper:
    with opens(reads_only=True) as work:
        return letters.declaration(declaration_id, version_id)(work)


def _key(paper: Paper) -> str:
    return sha256(f"{paper.facts_hash} {_form(paper.facts.TEMPLATE)}".encode()).hexdigest()


@cache
def _form(template: str) -> str:
    """Return what names the form of a template: its parts, its styles, the fonts, the engine."""
    return Shelf.read(shipped("templates")).version_of(template, {})

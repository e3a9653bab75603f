"""Template and facts in, a court-ready PDF out, and the same words for Word when asked for.

    paper = render("declaration.html", facts.plain(), title="Declaration of Sarang Sekhavat")
    paper.pdf, paper.pages, paper.sha256
    in_word(paper.html)

Everything dangerous happens in another process (`casemgr.letters.pool`); this module may be
imported anywhere and costs nothing until the first paper.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from casemgr.errors import Malformed
from casemgr.letters.plain import to_wire
from casemgr.letters.pool import Job, Pool

VARIANTS = frozenset({None, "pdf/ua-1", "pdf/ua-2", "pdf/a-2u", "pdf/a-2a", "pdf/a-3u", "pdf/a-3a"})

_one = threading.Lock()
_pool: Pool | None = None


@dataclass(frozen=True)
class Rendered:
    """A finished paper.

    `html` is the filled template, the same text the PDF carries, and all its Word file is made
    from. `template_version` names the template, its parts, its styles, fonts and engine: with the
    same facts it gives the same bytes.
    `complaints` are the engine's warnings; for the templates we ship there are none.
    """

    pdf: bytes
    pages: int
    sha256: str
    html: str
    template_version: str
    complaints: tuple[str, ...] = ()


def render(
    template: str,
    facts: Mapping[str, object],
    *,
    title: str,
    draft: str | None = None,
    language: str = "en-US",
    pdf_variant: str | None = "pdf/ua-1",
    sources: Mapping[str, str] | None = None,
    pool: Pool | None = None,
) -> Rendered:
    """Make a paper from a template and plain facts; the same input gives the same bytes.

    `title` and `language` go into the PDF; `draft` (`DRAFT v1 – not signed`) is printed at the
    head of every page. `sources` are templates of the office's own, by file name; they shadow
    ours. Waits for a free worker.

    Raises Malformed naming a fact that is missing or not plain, NotRendered where the paper
    exceeds its limits or cannot be laid out, Unusable where this machine lacks a library.
    """
    if pdf_variant not in VARIANTS:
        raise Malformed({"pdf_variant": f"{pdf_variant} is no form of PDF we make. Use pdf/ua-1."})
    paper = {"title": title, "language": language, "draft": draft}
    job = Job(template, dict(sources or {}), to_wire(facts), paper, pdf_variant)
    done = (pool or the_pool()).make(job)
    return Rendered(
        pdf=done.pdf,
        pages=done.pages,
        sha256=hashlib.sha256(done.pdf).hexdigest(),
        html=done.html,
        template_version=done.version,
        complaints=done.complaints,
    )


def in_word(page: str, *, pool: Pool | None = None) -> bytes:
    """Return a filled template as an editable Word file; the same page gives the same bytes.

    Raises NotRendered where it exceeds the limits of a paper.
    """
    return (pool or the_pool()).in_word(page)


def get_ready() -> None:
    """Start what makes papers, so that whoever begins to write one soon sees it at once."""
    the_pool().start_soon()


def the_pool() -> Pool:
    """Return this process's own workers."""
    global _pool
    with _one:
        if _pool is None:
            _pool = Pool()
        return _pool

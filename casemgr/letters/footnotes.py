"""See that every footnote of a paper reached a page, and the page of its mark.

WeasyPrint 70 can drop a footnote without a word when page and note compete for room. Each mark in
our templates carries the id `call-…` and each note the id `note-…`; what is in the HTML and on no
page is lost.
"""

from __future__ import annotations

import re
from typing import Any

NOTE = re.compile(r"""\bid=["']note-([\w-]+)""")


def lost_footnotes(html: str, document: Any) -> list[str]:
    """Return the names of the footnotes that no page carries."""
    pages = _pages(document)
    return [name for name in NOTE.findall(html) if f"note-{name}" not in pages]


def moved_footnotes(html: str, document: Any) -> list[str]:
    """Return the names of the footnotes that stand on another page than their mark."""
    pages = _pages(document)
    return [
        name
        for name in NOTE.findall(html)
        if pages.get(f"note-{name}") != pages.get(f"call-{name}")
    ]


def _pages(document: Any) -> dict[str, int]:
    first: dict[str, int] = {}
    for n, page in enumerate(document.pages):
        for anchor in page.anchors:
            first.setdefault(anchor, n)  # a long note may go on over the page
    return first

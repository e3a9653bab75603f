"""Lay out HTML as PDF: one typeface and one set of parsed stylesheets for many papers.

Runs in the worker only, since it imports WeasyPrint (half a second, forty megabytes).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from weasyprint import CSS, HTML, Document
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from casemgr.letters.fetcher import FontsOnly
from casemgr.letters.footnotes import lost_footnotes, moved_footnotes
from casemgr.letters.page_tree import CourtPage
from casemgr.letters.tagging import scope_headers

# Relative addresses become absolute ones, which the fetcher refuses like every other.
NOWHERE = "http://paper.invalid/"
FOR_COURTS = "court.css"  # the sheet of papers whose templates are XML as well as HTML
# A word that may be longer than a line; to be ready to break any takes time on every line.
LONG_WORD = re.compile(r"[^\s<>]{36}")  # more than the line to sign on
BREAK_WORDS = ".opening, .numbered, .unnumbered, .jurat, .executed { overflow-wrap: break-word }"
NO_GLYPH = ".notdef glyph"
KEEP_FOOTNOTES = "p { orphans: 1; widows: 1 } .note { footnote-policy: block }"


class Unprintable(Exception):
    """The paper cannot be laid out; the sentence says why and what to do."""


@dataclass(frozen=True)
class Printed:
    """A PDF, its number of pages, and what WeasyPrint complained of."""

    pdf: bytes
    pages: int
    complaints: tuple[str, ...]


class Press:
    """One worker's fonts and stylesheets."""

    def __init__(self, sheets: Mapping[str, str], fonts: Mapping[str, bytes]) -> None:
        self.fetcher = FontsOnly(fonts)
        self.fonts = FontConfiguration()
        self.complaints = Complaints()
        self.sheets = {name: self.parse(text) for name, text in sheets.items()}
        self.keep_footnotes = self.parse(KEEP_FOOTNOTES)
        self.break_words = self.parse(BREAK_WORDS)

    def parse(self, css: str) -> CSS:
        """Return a stylesheet from its text; never from an address."""
        return CSS(string=css, font_config=self.fonts, url_fetcher=self.fetcher)

    def print(
        self,
        html: str,
        sheets: tuple[str, ...],
        variant: str | None,
        most: int,
        *,
        ours: bool = False,
    ) -> Printed:
        """Return the PDF of this HTML; `ours` says that it is a template of ours, filled.

        Raises Unprintable where it asks for something outside, has more than `most` pages, would
        lose a footnote, or defeats the layout.
        """
        self.complaints.said.clear()
        try:
            kind = CourtPage if ours and FOR_COURTS in sheets else HTML
            page = kind(string=html, base_url=NOWHERE, url_fetcher=self.fetcher)
            document = self._lay_out(page, html, [self.sheets[name] for name in sheets])
            if len(document.pages) > most:
                raise Unprintable(
                    f"The paper has {len(document.pages):,} pages; {most:,} is the limit. "
                    "Print it in parts."
                )
            pdf = document.write_pdf(pdf_variant=variant, pdf_tags=True, finisher=scope_headers)
        except FatalURLFetchingError as asked:
            raise Unprintable(
                f"The paper asks for something outside itself ({asked}). Papers use our own "
                "fonts only: take the address out of the template."
            ) from asked
        except RecursionError as deep:
            raise Unprintable(
                "The paper is nested too deeply to be laid out. Simplify its template."
            ) from deep
        if boxes := [each for each in self.complaints.said if each.startswith(NO_GLYPH)]:
            raise Unprintable(
                f"No font of this machine has the characters {' '.join(map(_character, boxes))}: "
                "they would be printed as empty boxes. Install a font that has them (on Debian "
                "fonts-noto-core or fonts-noto-cjk), or write them in another script."
            )
        return Printed(pdf, len(document.pages), tuple(self.complaints.said))

    def _lay_out(self, page: HTML, html: str, sheets: list[CSS]) -> Document:
        if LONG_WORD.search(html):
            sheets = [*sheets, self.break_words]
        document = page.render(stylesheets=sheets, font_config=self.fonts)
        if lost_footnotes(html, document) or moved_footnotes(html, document):
            document = page.render(
                stylesheets=[*sheets, self.keep_footnotes], font_config=self.fonts
            )
        if lost := lost_footnotes(html, document):
            raise Unprintable(
                f"Footnote {', '.join(lost)} would be lost from the printed page. "
                "Shorten it, or move it into the text."
            )
        document.metadata = _kept(document.metadata)
        return document


class Complaints(logging.Handler):
    """Collects WeasyPrint's warnings about the paper in hand."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        logging.getLogger("weasyprint").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the first twenty: a hostile template could make millions."""
        if len(self.said) < 20:
            self.said.append(record.getMessage()[:500])


def _character(complaint: str) -> str:
    return complaint.partition('"')[2].partition('"')[0]


def _kept(metadata: DocumentMetadata) -> DocumentMetadata:
    """Keep the title and the language: no author, subject, keywords, program, dates or files."""
    return DocumentMetadata(title=metadata.title, lang=metadata.lang)

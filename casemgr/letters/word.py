"""The filled template as an editable Word file: the same words as the PDF, and nothing else.

Headings are headings, lists and numbered paragraphs are numbered by Word, tables have head rows,
footnotes are footnotes. The same HTML gives the same bytes. Runs in the worker, inside the cage.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from docx import Document
from docx.shared import Inches, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import html as markup

from casemgr.letters.word_parts import Notes, Numbering, element, page_number, repeats, whole
from casemgr.letters.word_styles import BRIEF, PAGE_WIDTH, STYLES, WIDTHS, dress

SPACE = re.compile(r"[ \t\r\n\f]+")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day a zip file can name
BREAK = "\v"  # a line break, which no text of a page can contain
BLOCKS = frozenset({"p", "h1", "h2", "h3", "ul", "ol", "table", "div", "section", "article"})


def to_word(html: str) -> bytes:
    """Return the Word file of a filled template; its title and language are those of the page."""
    page = markup.document_fromstring(html)
    document = Document(io.BytesIO(_dressed(page.get("lang") or "en-US")))
    writer = _Writer(document, Numbering(document), Notes())
    writer.page(page.find("body"))
    writer.notes.keep(document)
    _describe(document, page.findtext("head/title") or "", page.get("lang") or "en-US")
    return _plain_zip(document)


@lru_cache(maxsize=8)
def _dressed(language: str) -> bytes:
    """Return an empty document in our styles: dressing one takes longer than writing a page."""
    document = Document()
    dress(document, language)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@dataclass(frozen=True)
class _Within:
    """Where a block stands: the style it takes over, its list, and whether a run is emphasised."""

    style: str = "Paper Line"
    list_id: str = ""
    level: int = -1
    bold: bool = False
    italic: bool = False
    keep: bool = False  # on one page with what follows
    brief: bool = False  # single-spaced
    language: str = ""  # where it is not that of the paper


class _Writer:
    """Writes the blocks of a page into a document, one after the other."""

    def __init__(self, document: Any, numbering: Numbering, notes: Notes) -> None:
        self.document, self.numbering, self.notes = document, numbering, notes
        # Looking a style up by its name takes longer than writing a paragraph.
        self.styles = {each.name: each.style_id for each in document.styles}
        self.testimony, self.number = "", 0
        self.foot: Any = None
        self.below_table = False

    def page(self, body: Any) -> None:
        """Write everything of a page; the foot gets its number."""
        self._children(body, self.document, _Within())
        footer = self.document.sections[0].footer.paragraphs[0]
        footer._p.style = self.styles["Page Foot"]
        if self.foot is not None:
            self._inline(self.foot, footer, _Within())
            footer.add_run("\tPage ")
            footer.paragraph_format.tab_stops.add_tab_stop(Inches(PAGE_WIDTH - 0.75))
            page_number(footer)
            footer.add_run(" of ")
            page_number(footer, "NUMPAGES")
        else:
            footer.alignment = 1
            page_number(footer)

    def _line(self, into: Any, style: str) -> Any:
        line = into.add_paragraph()
        line._p.style = self.styles[style]
        return line

    # --- blocks

    def _children(self, node: Any, into: Any, within: _Within) -> None:
        for child in node:
            if isinstance(child.tag, str):
                self._block(child, into, _inside(child, within))

    def _block(self, node: Any, into: Any, within: _Within) -> None:
        kinds = _classes(node)
        if "draft-mark" in kinds:
            self._header(node)
        elif "foot" in kinds:
            self.foot = node
        elif "part" in kinds:
            self.document.add_page_break()
            self._children(node, into, within)
        elif "caption-box" in kinds:
            self._sides(node, into, within)
        elif node.tag in {"h1", "h2", "h3"}:
            self._heading(node, into)
        elif node.tag in {"ul", "ol"}:
            self._list(node, into, within)
        elif node.tag == "table":
            self._table(node, into)
        elif node.tag == "p":
            self._paragraph(node, into, within)
        else:
            self._children(node, into, within)

    def _header(self, node: Any) -> None:
        line = self.document.sections[0].header.paragraphs[0]
        line._p.style = self.styles["Draft Mark"]
        self._inline(node, line, _Within())

    def _heading(self, node: Any, into: Any) -> None:
        line = self._line(into, f"Heading {node.tag[1]}")
        self._inline(node, line, _Within())

    def _paragraph(self, node: Any, into: Any, within: _Within) -> None:
        line = self._line(into, within.style)
        if "numbered" in _classes(node):
            self._count(line, int(node.find("span").text.strip(". ")))
        if self.below_table:
            line.paragraph_format.space_before, self.below_table = Pt(8), False
        if within.keep:
            line.paragraph_format.keep_with_next = True
        self._inline(node, line, within)
        _direct(line)

    def _count(self, line: Any, number: int) -> None:
        """Number a paragraph of testimony; a number that does not follow begins anew."""
        if not self.testimony or number != self.number + 1:
            self.testimony = self.numbering.begin(Numbering.PARAGRAPHS, number)
        self.number = number
        self.numbering.put(line, self.testimony, 0)

    def _list(self, node: Any, into: Any, within: _Within) -> None:
        level = within.level + 1
        ordered = node.tag == "ol"
        scheme = Numbering.ITEMS if ordered else Numbering.BULLETED
        same = within.list_id if level and ordered else ""
        list_id = same or self.numbering.begin(scheme)
        style = "Brief Entry" if within.brief else "Letter Entry"
        style = "Paper Line" if within.style == "Letter After" else style
        inner = replace(within, list_id=list_id, level=level, style=style)
        for item in node.findall("li"):
            line = self._line(into, style)
            self.numbering.put(line, list_id, level)
            self._inline(item, line, inner)
            _direct(line)
            for nested in item:
                if nested.tag in {"ul", "ol"}:
                    self._list(nested, into, replace(inner, style=within.style))

    # --- tables

    def _table(self, node: Any, into: Any) -> None:
        if (caption := node.find("caption")) is not None:
            line = self._line(into, "Table Text")
            line.paragraph_format.keep_with_next = True
            self._inline(caption, line, _Within(bold=True))
        rows = list(node.iter("tr"))
        table = into.add_table(rows=len(rows), cols=max(len(_cells(each)) for each in rows))
        table.autofit = False
        if "re" not in _classes(node):
            table.style = self.document.styles["Table Grid"]
        widths = _widths(node, rows)
        for column, width in zip(table.columns, widths, strict=False):
            column.width = Inches(width)
        # Asking a table for its n-th row or cell walks through all of them: ask once.
        for row, made in zip(rows, list(table.rows), strict=True):
            whole(made)
            if row.getparent().tag == "thead":
                repeats(made)
            for cell, place, width in zip(_cells(row), made._tr.tc_lst, widths, strict=False):
                self._cell(cell, _Cell(place, table), width)
        self.below_table = True

    def _cell(self, node: Any, cell: Any, width: float) -> None:
        cell.width = Inches(width)
        line = cell.paragraphs[0]
        line._p.style = self.styles["Table Text"]
        head = node.tag == "th"
        row_head = head and node.get("scope") == "row"
        self._inline(node, line, _Within(bold=head and not row_head, italic=row_head))
        _direct(line)

    def _sides(self, node: Any, into: Any, within: _Within) -> None:
        """Write the two sides of a caption as a table of two cells."""
        table = into.add_table(rows=1, cols=2)
        for side, cell in zip(node, table.rows[0].cells, strict=False):
            first = cell.paragraphs[0]
            self._children(side, cell, within)
            first._p.getparent().remove(first._p)
            _edge(cell, left="sides" in _classes(side))

    # --- runs

    def _inline(self, node: Any, line: Any, within: _Within) -> None:
        for text, bold, italic, note in _trimmed(_runs(node, within.bold, within.italic)):
            if note is not None:
                self._footnote(line, note)
            elif text:
                _add(line, text, bold, italic, within.language)

    def _footnote(self, line: Any, note: Any) -> None:
        paragraph = Paragraph(element("p"), line._parent)
        paragraph._p.style = self.styles["Footnote"]
        _add(paragraph, " ", bold=False, italic=False)
        self._inline(note, paragraph, _Within())
        self.notes.add(line.add_run(), paragraph._p)


def _inside(node: Any, within: _Within) -> _Within:
    kinds = _classes(node)
    named = next((STYLES[each] for each in kinds if each in STYLES), within.style)
    brief = within.brief or "brief" in kinds
    style = BRIEF.get(named, named) if brief else named
    return replace(
        within,
        style=style,
        keep=within.keep or "contact" in kinds,
        brief=brief,
        language=node.get("lang") or within.language,
    )


def _classes(node: Any) -> list[str]:
    return (node.get("class") or "").split()


def _cells(row: Any) -> list[Any]:
    return [each for each in row if each.tag in {"td", "th"}]


def _widths(table: Any, rows: list[Any]) -> list[float]:
    """Return the inches of each column: those a class names, and the rest shared evenly."""
    first = _cells(rows[0])
    if "re" in _classes(table):
        return [1.2, PAGE_WIDTH - 1.2]
    named = [next((WIDTHS[each] for each in _classes(c) if each in WIDTHS), 0.0) for c in first]
    free = named.count(0.0)
    share = (PAGE_WIDTH - sum(named)) / free if free else 0.0
    found = [width or share for width in named]
    return found + [share] * max(0, max(len(_cells(row)) for row in rows) - len(found))


def _edge(cell: Any, *, left: bool) -> None:
    if not left:
        return
    borders = element("tcBorders")
    for side in ("top", "bottom", "right"):
        style = "dotted" if side == "right" else "single"
        borders.append(element(side, val=style, sz="6", space="0", color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)


Run = tuple[str, bool, bool, Any]


def _runs(node: Any, bold: bool, italic: bool) -> Iterator[Run]:
    """Yield the words of a block with their emphasis; a footnote in its place.

    Typed numbers are left out, which Word counts itself, and so are lists, which follow.
    """
    if node.text:
        yield node.text, bold, italic, None
    for child in node:
        kinds = _classes(child) if isinstance(child.tag, str) else []
        if "call" in kinds:
            yield "", bold, italic, child.find("span")
        elif child.tag == "br":
            yield BREAK, bold, italic, None
        elif isinstance(child.tag, str) and child.tag not in BLOCKS and "number" not in kinds:
            yield from _runs(child, bold or child.tag == "b", italic or child.tag in {"i", "em"})
        if child.tail:
            yield child.tail, bold, italic, None


def _trimmed(runs: Iterator[Run]) -> list[Run]:
    """Return runs with their text as a browser shows it: one space for many, none at either end."""
    found: list[Run] = []
    last = " "  # what stands before, so that no line begins with a space
    for text, bold, italic, note in runs:
        said = text if text == BREAK else SPACE.sub(" ", text.replace("\u200b", ""))
        said = said.lstrip(" ") if last in f" {BREAK}" else said
        if said or note is not None:
            found.append((said, bold, italic, note))
            last = said[-1:] or "*"
    while found and found[-1][3] is None and not found[-1][0].strip(" "):
        found.pop()
    if found and found[-1][3] is None:
        text, bold, italic, note = found[-1]
        found[-1] = (text.rstrip(" "), bold, italic, note)
    return found


def _add(line: Any, text: str, bold: bool, italic: bool, language: str = "") -> None:
    if text == BREAK:
        line.add_run().add_break()
        return
    run = line.add_run(text)
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if any(_is_rtl(sign) for sign in text):
        run._r.get_or_add_rPr().append(element("rtl"))
    if language not in {"", "en"}:
        run._r.get_or_add_rPr().append(element("lang", val=language, bidi=language))


def _is_rtl(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in {"R", "AL"}


def _direct(line: Any) -> None:
    """Let a paragraph run from right to left where its first letter does."""
    first = next((sign for sign in line.text if unicodedata.category(sign)[0] == "L"), "")
    if first and _is_rtl(first):
        line._p.get_or_add_pPr().insert_element_before(
            element("bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


# --- the file


def _describe(document: Any, title: str, language: str) -> None:
    """Keep the title and the language: no author, no dates, no program, no picture of it."""
    core = document.core_properties._element
    for child in list(core):
        core.remove(child)
    document.core_properties.title = title[:255]
    document.core_properties.language = language
    package = document.part.package
    for name, rel in list(package.rels.items()):
        if rel.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package.rels[name]


def _plain_zip(document: Any) -> bytes:
    """Return the file with the same order and the same times whenever it is made."""
    made, plain = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return plain.getvalue()

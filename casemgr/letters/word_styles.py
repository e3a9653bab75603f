"""How papers look in Word: the same page, face and spacing as in print, as styles one can edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from casemgr.letters.word_parts import element

FACE = "Times New Roman"
CENTER = WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True)
class Look:
    """A style: points before, after and from line to line; inches of indent."""

    before: float = 0
    after: float = 0
    line: float | None = None
    first: float = 0
    left: float = 0
    bold: bool = False
    italic: bool = False
    align: Any = None
    together: bool = False  # with the paragraph after it


# What the templates' classes are called in Word, and how they look; see templates/letters/*.css.
LOOKS: Mapping[str, Look] = {
    "Letterhead": Look(align=CENTER),
    "Letterhead Name": Look(bold=True, align=CENTER),
    "Letter Date": Look(before=24, after=12),
    "Letter Method": Look(after=12, italic=True),
    "Letter Address": Look(),
    "Letter Reference": Look(after=12, left=0.5),
    "Letter Salutation": Look(before=12, after=6),
    "Letter Text": Look(line=24, first=0.5),
    "Letter Entry": Look(line=24),
    "Brief Text": Look(after=8, line=15),
    "Brief Entry": Look(after=4, line=15),
    "Letter Contact": Look(left=1, together=True),
    "Letter Farewell": Look(before=12, left=3.25, together=True),
    "Letter Signature": Look(left=3.25, together=True),
    "Letter Signature Line": Look(before=36, left=3.25, together=True),
    "Letter After": Look(before=12, together=True),
    "Court Name": Look(bold=True),
    "Court Side": Look(after=10),
    "Court Role": Look(after=10, left=1.4),
    "Court Versus": Look(after=10, left=0.7),
    "Testimony": Look(line=24, first=0.5),
    "Table Text": Look(before=2, after=2),
    "Paper Line": Look(after=6),
    "Footnote": Look(),
    "Page Foot": Look(),
    "Draft Mark": Look(bold=True, align=CENTER),
}
HEADINGS = {
    1: Look(before=12, after=12, bold=True),
    2: Look(before=10, after=2, bold=True, together=True),
    3: Look(before=6, italic=True, together=True),
}
# The class of a paragraph, or else of what it stands in.
STYLES: Mapping[str, str] = {
    "office": "Letterhead Name",
    "letterhead": "Letterhead",
    "on": "Letter Date",
    "sent-by": "Letter Method",
    "addressee": "Letter Address",
    "reference": "Letter Reference",
    "salutation": "Letter Salutation",
    "says": "Letter Text",
    "address": "Letter Contact",
    "farewell": "Letter Farewell",
    "signature-line": "Letter Signature Line",
    "signature": "Letter Signature",
    "after": "Letter After",
    "court": "Court Name",
    "party": "Court Side",
    "role": "Court Role",
    "versus": "Court Versus",
    "docket-number": "Court Side",
    "purpose": "Court Name",
    "opening": "Testimony",
    "numbered": "Testimony",
    "unnumbered": "Testimony",
    "jurat": "Testimony",
    "executed": "Testimony",
}
BRIEF = {"Letter Text": "Brief Text"}  # in a letter about a request
WIDTHS = {"day": 1.5, "how": 2.4, "count": 1.0, "state": 1.6, "reading": 1.6, "cites": 1.95}
PAGE_WIDTH = 6.5


def dress(document: Any, language: str) -> None:
    """Give a new document our page, our face and our styles, and nothing of its template's own."""
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Inches(1))
    section.header_distance = section.footer_distance = Inches(0.5)
    _drop_unused(document)
    _normal(document, language)
    for name, look in LOOKS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = document.styles["Normal"], True
        _apply(style, look)
    for level, look in HEADINGS.items():
        style = document.styles[f"Heading {level}"]
        _face(style)
        style.font.size, style.font.color.rgb = Pt(12), RGBColor(0, 0, 0)
        _apply(style, look)


def _drop_unused(document: Any) -> None:
    kept = {"Normal", "Header", "Footer", "Table Grid", "Normal Table", "Default Paragraph Font"}
    kept |= {f"Heading {n}" for n in HEADINGS} | {f"Heading {n} Char" for n in HEADINGS}
    kept |= {"Header Char", "Footer Char", "No List"}
    for style in list(document.styles):
        if style.name not in kept:
            style.element.getparent().remove(style.element)


def _normal(document: Any, language: str) -> None:
    normal = document.styles["Normal"]
    _face(normal)
    normal.font.size = Pt(12)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    properties = normal.element.get_or_add_rPr()
    properties.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)


def _face(style: Any) -> None:
    style.font.name = FACE
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if "Theme" in name]:
        del fonts.attrib[theme]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)


def _apply(style: Any, look: Look) -> None:
    style.font.bold, style.font.italic = look.bold, look.italic
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = Pt(look.line) if look.line else 1.0
    form.first_line_indent = Inches(look.first) if look.first else None
    form.left_indent = Inches(look.left) if look.left else None
    form.alignment, form.keep_with_next = look.align, look.together
    form.widow_control = True

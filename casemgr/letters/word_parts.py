"""The parts of a Word file that python-docx leaves to others: numbering, footnotes, page fields."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser

TWIPS = 1440  # an inch
NAMES = {"w": nsmap["w"]}
W = f"{{{nsmap['w']}}}"
LEVELS = (("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3."))
BULLETS = ("•", "◦", "▪")


def element(name: str, **attributes: str) -> Any:
    """Return an element of WordprocessingML, its attributes in the same namespace."""
    made = oxml_parser.makeelement(f"{W}{name}", nsmap=NAMES)
    for key, value in attributes.items():
        made.set(f"{W}{key}", value)
    return made


class Numbering:
    """Real numbering: each list counts for itself, and a paragraph may carry its own number."""

    ITEMS, BULLETED, PARAGRAPHS = "1", "2", "3"

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._used = 0
        self._root.append(_scheme(self.ITEMS, [_level(n, *LEVELS[n]) for n in range(3)]))
        bullets = [_level(n, "bullet", BULLETS[n]) for n in range(3)]
        self._root.append(_scheme(self.BULLETED, bullets))
        self._root.append(_scheme(self.PARAGRAPHS, [_level(0, "decimal", "%1.", inline=True)]))

    def begin(self, scheme: str, start: int = 1) -> str:
        """Begin a list of a scheme at a number, and return the name by which it goes on."""
        self._used += 1
        made = element("num", numId=str(self._used))
        made.append(element("abstractNumId", val=scheme))
        override = element("lvlOverride", ilvl="0")
        override.append(element("startOverride", val=str(start)))
        made.append(override)
        self._root.append(made)
        return str(self._used)

    @staticmethod
    def put(paragraph: Any, list_id: str, level: int) -> None:
        """Make a paragraph the next entry of a list."""
        properties = element("numPr")
        properties.append(element("ilvl", val=str(min(level, 2))))
        properties.append(element("numId", val=list_id))
        holder = paragraph._p.get_or_add_pPr()
        holder.insert_element_before(
            properties, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
        )


def _scheme(name: str, levels: list[Any]) -> Any:
    made = element("abstractNum", abstractNumId=name)
    made.append(element("multiLevelType", val="multilevel"))
    for each in levels:
        made.append(each)
    return made


def _level(n: int, form: str, text: str, *, inline: bool = False) -> Any:
    """Return one level: in lists the number hangs; in testimony it begins an indented line."""
    made = element("lvl", ilvl=str(n))
    made.append(element("start", val="1"))
    made.append(element("numFmt", val=form))
    made.append(element("suff", val="tab"))
    made.append(element("lvlText", val=text))
    made.append(element("lvlJc", val="left"))
    place = element("pPr")
    if inline:
        tabs = element("tabs")
        tabs.append(element("tab", val="num", pos=str(TWIPS)))
        place.append(tabs)
        place.append(element("ind", left="0", firstLine=str(TWIPS // 2)))
    else:
        left = TWIPS // 2 * (n + 1)
        place.append(element("ind", left=str(left), hanging=str(int(TWIPS * 0.3))))
    made.append(place)
    return made


class Notes:
    """Footnotes: python-docx has none, so their part is written here."""

    def __init__(self) -> None:
        self._root = parse_xml(
            f"<w:footnotes {nsdecls('w')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
            '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
            "<w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
        )
        self._used = 0

    def add(self, run: Any, paragraph: Any) -> None:
        """Put the mark into a run of the text, and a paragraph at the foot of the page."""
        self._used += 1
        _raise(run._r)
        run._r.append(element("footnoteReference", id=str(self._used)))
        note = element("footnote", id=str(self._used))
        mark = element("r")
        _raise(mark)
        mark.append(element("footnoteRef"))
        paragraph.insert(1 if paragraph.find(qn("w:pPr")) is not None else 0, mark)
        note.append(paragraph)
        self._root.append(note)

    def keep(self, document: Any) -> None:
        """Write the part, where there is any footnote."""
        if not self._used:
            return
        from lxml import etree  # noqa: PLC0415 only papers with footnotes need it

        data = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, data, document.part.package
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _raise(run: Any) -> None:
    properties = element("rPr")
    properties.append(element("vertAlign", val="superscript"))
    run.insert(0, properties)


def page_number(paragraph: Any, field: str = "PAGE") -> None:
    """Add a field that Word counts itself: the page, or how many there are (`NUMPAGES`)."""
    simple = element("fldSimple", instr=field)
    run = element("r")
    text = element("t")
    text.text = "1"
    run.append(text)
    simple.append(run)
    paragraph._p.append(simple)


def repeats(row: Any) -> None:
    """Let a table's head stand again on every page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))

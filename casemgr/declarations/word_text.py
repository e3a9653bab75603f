"""The text of a Word document as a page shows it: its automatic numbers written out."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from casemgr.errors import Malformed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNPACKED = 200 * 1024 * 1024

NOT_READ = (
    "This Word file cannot be read: it is damaged, or locked with a password. Open it in Word, "
    "save it again as .docx without a password, and give it again."
)
TOO_LARGE = (
    "This Word file unpacks to more than a paper can hold, so it was not opened. Copy its text "
    "into a new document and give that."
)


def word_text(data: bytes) -> str:
    """Return the text of a .docx, a blank line between paragraphs, numbers as Word shows them.

    Text that was struck by a tracked change is left out, text that was added is in. Malformed,
    with a sentence, for what is no Word file or unpacks to too much.
    """
    import docx  # noqa: PLC0415 - only where Word is read

    _refuse_bombs(data)
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n\n".join(_lines(document))
    except (KeyError, ValueError, zipfile.BadZipFile, OSError, SyntaxError) as wrong:
        raise Malformed({"file": NOT_READ}) from wrong


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            size = sum(each.file_size for each in pack.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as wrong:
        raise Malformed({"file": NOT_READ}) from wrong
    if size > _UNPACKED:
        raise Malformed({"file": TOO_LARGE})


def _lines(document: Document) -> Iterator[str]:
    numbers = _Numbers(document)
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)
                yield "     ".join(each for each in cells if each)
        else:
            text = _text(block)
            yield f"{numbers.of(block)}{text}" if text.strip() else ""


def _text(paragraph: Paragraph) -> str:
    parts = []
    for node in paragraph._p.iter():
        if node.tag == f"{_W}t" and not _struck(node):
            parts.append(node.text or "")
        elif node.tag in {f"{_W}tab"} and node.getparent().tag == f"{_W}r":
            parts.append(" ")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("\f" if node.get(f"{_W}type") == "page" else "\n")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _struck(node: Any) -> bool:
    return any(each.tag == f"{_W}del" for each in node.iterancestors())


class _Numbers:
    """Counts what Word numbers by itself, as Word would print it."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels(document)
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: dict[str, int] = defaultdict(int)

    def of(self, paragraph: Paragraph) -> str:
        """Return the number before a paragraph, with a space; "" where there is none."""
        found = _numbered(paragraph)
        if found is None or found not in self._levels:
            return ""
        number, level = found
        start, kind, text = self._levels[found]
        for deeper in range(level + 1, 9):
            self._counts.pop((number, deeper), None)
        count = self._counts.get(found, start - 1) + 1
        self._counts[found] = count
        if kind in {"bullet", "none"}:
            return "• " if kind == "bullet" else ""
        return re.sub(r"%(\d)", lambda part: self._printed(number, int(part[1]) - 1), text) + " "

    def _printed(self, number: str, level: int) -> str:
        start, kind, _ = self._levels.get((number, level), (1, "decimal", ""))
        return _as(kind, self._counts.get((number, level), start))


def _as(kind: str, count: int) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman if kind == "upperRoman" else roman.lower()
    return str(count)


def _roman(count: int) -> str:
    signs = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
    )
    text = ""
    for worth, sign in (*signs, (1, "I")):
        text += sign * (count // worth)
        count %= worth
    return text


def _numbered(paragraph: Paragraph) -> tuple[str, int] | None:
    """Return which list and level number a paragraph, by itself or by its style."""
    found = _own(paragraph._p.pPr)
    style: Any = paragraph.style
    for _ in range(10):
        if found is not None or style is None:
            break
        found = _own(style.element.pPr)
        style = style.base_style
    return found if found is None or found[0] != "0" else None


def _own(properties: Any) -> tuple[str, int] | None:
    numbering = properties.find(f"{_W}numPr") if properties is not None else None
    if numbering is None:
        return None
    number, level = numbering.find(f"{_W}numId"), numbering.find(f"{_W}ilvl")
    if number is None:
        return None
    return number.get(f"{_W}val"), int(level.get(f"{_W}val")) if level is not None else 0


def _levels(document: Document) -> dict[tuple[str, int], tuple[int, str, str]]:
    """Return for each list and level where it starts, how it counts, and what it prints."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds = {each.get(f"{_W}abstractNumId"): each for each in root.iter(f"{_W}abstractNum")}
    found: dict[tuple[str, int], tuple[int, str, str]] = {}
    for each in root.iter(f"{_W}num"):
        named = each.find(f"{_W}abstractNumId")
        kind = kinds.get(named.get(f"{_W}val")) if named is not None else None
        for level in kind.iter(f"{_W}lvl") if kind is not None else ():
            key = (each.get(f"{_W}numId"), int(level.get(f"{_W}ilvl")))
            found[key] = (
                int(_value(level, "start", "1")),
                _value(level, "numFmt", "decimal"),
                _value(level, "lvlText", "%1."),
            )
    return found


def _value(level: Any, name: str, usual: str) -> str:
    node = level.find(f"{_W}{name}")
    return str(node.get(f"{_W}val")) if node is not None else usual

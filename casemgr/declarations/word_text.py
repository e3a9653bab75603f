"""The text of a Word document as a page shows it: its automatic numbers written out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from casemgr.errors import Malformed
from casemgr.unpacking import NOT_READ, refuse_overfull

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_text(data: bytes) -> str:
    """Return the text of a .docx, a blank line between paragraphs, numbers as Word shows them.

    Text that was struck by a tracked change is left out, text that was added is in. Malformed,
    with a sentence, for what is no Word file or unpacks to too much.
    """
    import docx  # noqa: PLC0415 - only where Word is read

    _refuse_overfull(data)
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n\n".join(_lines(document))
    except (KeyError, ValueError, zipfile.BadZipFile, OSError, SyntaxError) as wrong:
        raise Malformed({"file": NOT_READ}) from wrong


def _refuse_overfull(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            refuse_overfull(pack, len(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as wrong:
        raise Malformed({"file": NOT_READ}) from wrong
    except Malformed as wrong:
        raise Malformed({"file": str(wrong)}) from wrong


def _lines(document: Document) -> Iterator[str]:
    numbers = _Numbers(document)
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\n".join(_side_by_side(dict.fromkeys(cell.text for cell in row.cells)))
        else:
            text = _text(block)
            yield f"{numbers.of(block)}{text}" if text.strip() else ""


def _side_by_side(cells: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a row, so that what stands beside the parties of a caption still does.

    >>> list(_side_by_side(["NETWORK,\\nPlaintiff,", "10 Civ. 3488\\nDECLARATION"]))
    ['NETWORK,       10 Civ. 3488', 'Plaintiff,     DECLARATION']
    """
    columns = [each.strip().split("\n") for each in cells if each.strip()]
    widths = [max(map(len, each)) for each in columns]
    for row in zip_longest(*columns, fillvalue=""):
        padded = (text.ljust(wide) for text, wide in zip(row, widths, strict=True))
        yield "     ".join(padded).rstrip()


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


@dataclass(frozen=True, slots=True)
class _Level:
    """How a list numbers one level: `of` which list it goes on, `anew` where it starts over."""

    of: str
    start: int
    kind: str
    text: str
    anew: bool


class _Numbers:
    """Counts what Word numbers by itself, as Word would print it.

    Lists of one kind go on with each other's numbers, unless one says that it starts anew.
    """

    def __init__(self, document: Document) -> None:
        self._levels = _levels(document)
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()

    def of(self, paragraph: Paragraph) -> str:
        """Return the number before a paragraph, with a space; "" where there is none."""
        found = _numbered(paragraph)
        if found is None or found not in self._levels:
            return ""
        number, level = found
        how = self._levels[found]
        for deeper in range(level + 1, 9):
            self._counts.pop((how.of, deeper), None)
        if how.anew and found not in self._begun:
            self._counts.pop((how.of, level), None)
        self._begun.add(found)
        self._counts[how.of, level] = self._counts.get((how.of, level), how.start - 1) + 1
        if how.kind in {"bullet", "none"}:
            return "• " if how.kind == "bullet" else ""
        printed = re.sub(r"%(\d)", lambda part: self._printed(number, int(part[1]) - 1), how.text)
        return f"{printed} "

    def _printed(self, number: str, level: int) -> str:
        how = self._levels.get((number, level)) or _Level("", 1, "decimal", "", False)
        return _as(how.kind, self._counts.get((how.of, level), how.start))


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


def _levels(document: Document) -> dict[tuple[str, int], _Level]:
    """Return for each list and level where it starts, how it counts, and what it prints."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds = {each.get(f"{_W}abstractNumId"): each for each in root.iter(f"{_W}abstractNum")}
    found: dict[tuple[str, int], _Level] = {}
    for each in root.iter(f"{_W}num"):
        named = each.find(f"{_W}abstractNumId")
        of = str(named.get(f"{_W}val")) if named is not None else ""
        anew = {
            level.get(f"{_W}ilvl"): level.find(f"{_W}startOverride")
            for level in each.iter(f"{_W}lvlOverride")
        }
        for level in kinds[of].iter(f"{_W}lvl") if of in kinds else ():
            at = level.get(f"{_W}ilvl")
            over = anew.get(at)
            start = over.get(f"{_W}val") if over is not None else _value(level, "start", "1")
            kind, text = _value(level, "numFmt", "decimal"), _value(level, "lvlText", "%1.")
            key = (each.get(f"{_W}numId"), int(at))
            found[key] = _Level(of, int(start), kind, text, over is not None)
    return found


def _value(level: Any, name: str, usual: str) -> str:
    node = level.find(f"{_W}{name}")
    return str(node.get(f"{_W}val")) if node is not None else usual

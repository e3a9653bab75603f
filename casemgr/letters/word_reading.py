"""Read a declaration that comes back from Word: its testimony, and what the file does not show.

Reads with lxml, so it is done in the cage. Tracked changes are read as if accepted, hidden words
are left out; both are told, and so are comments.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from casemgr.errors import Malformed
from casemgr.letters.returned import NotADeclaration, Returned, ReturnedText
from casemgr.unpacking import refuse_overfull

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_COMMENTS = 20
OATH = re.compile(r"penalty of perjury|pena de perjurio", re.IGNORECASE)
TYPED = re.compile(r"^\s*(\d{1,4})[.)]\s+")
GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText"})
TITLES_OF_TABLES = frozenset({"TableText", "Caption"})
SPACES = frozenset({f"{W}tab", f"{W}br", f"{W}cr"})


def read_returned(data: bytes) -> ReturnedText:
    """Return the testimony of a .docx. Raises NotADeclaration where it has none."""
    parts = _parts(data)
    body = parts["word/document.xml"].find(f"{W}body")
    if body is None:
        _missing()
    numbered_styles = set(_numbered_styles(parts.get("word/styles.xml")))
    lines = [_line(each, numbered_styles) for each in _blocks(body)]
    first = next((n for n, each in enumerate(lines) if each.numbered), None)
    if first is None:
        raise NotADeclaration(
            "There is no numbered paragraph in this file. Number the testimony as it was, save "
            "it, and bring it again."
        )
    before = [each for each in lines[:first] if each.says and not each.is_heading]
    last = next((n for n in range(first, len(lines)) if OATH.search(lines[n].says)), len(lines))
    head = [each for each in lines[:first] if each.is_heading][-1:]
    testimony = tuple(_joined([*head, *lines[first:last]]))
    return ReturnedText(before[-1].says if before else "", testimony, tuple(_told(parts, body)))


def _parts(data: bytes) -> dict[str, Any]:
    wanted = ("word/document.xml", "word/styles.xml", "word/comments.xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            refuse_overfull(pack, len(data))
            names = set(pack.namelist())
            return {
                name: etree.fromstring(pack.read(name), parser) for name in wanted if name in names
            } | ({} if wanted[0] in names else _missing())
    except Malformed as wrong:
        raise NotADeclaration(str(wrong)) from wrong
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, OSError, EOFError) as wrong:
        raise NotADeclaration(
            "This Word file cannot be opened: it is damaged, or locked with a password. Save it "
            "again as .docx without a password, and bring it again."
        ) from wrong


def _missing() -> dict[str, Any]:
    raise NotADeclaration("This is no Word file. Save the declaration as .docx and bring that.")


def _numbered_styles(styles: Any) -> Iterator[str]:
    for style in styles.iter(f"{W}style") if styles is not None else ():
        if style.find(f"{W}pPr/{W}numPr/{W}numId") is not None:
            yield str(style.get(f"{W}styleId"))


@dataclass(frozen=True, slots=True)
class _Line:
    numbered: bool
    is_heading: bool
    says: str


def _blocks(body: Any) -> Iterator[Any]:
    """Yield the paragraphs of the text itself, not those of tables; controls are looked into."""
    for each in body:
        if each.tag == f"{W}p" and not _heads_a_table(each):
            yield each
        elif each.tag == f"{W}sdt":
            yield from _blocks(each.find(f"{W}sdtContent"))


def _heads_a_table(node: Any) -> bool:
    """Say whether a paragraph is the title that stands over a table, and belongs to it."""
    following, style = node.getnext(), node.find(f"{W}pPr/{W}pStyle")
    over = following is not None and following.tag == f"{W}tbl"
    return over and style is not None and style.get(f"{W}val") in TITLES_OF_TABLES


def _line(node: Any, numbered_styles: set[str]) -> _Line:
    style = node.find(f"{W}pPr/{W}pStyle")
    named = "" if style is None else str(style.get(f"{W}val"))
    says = _text(node)
    typed = TYPED.match(says)
    own = node.find(f"{W}pPr/{W}numPr/{W}numId")
    number = own.get(f"{W}val") if own is not None else ("1" if named in numbered_styles else "0")
    heading = named.lower().startswith("heading")
    return _Line(
        numbered=bool(says) and not heading and (number != "0" or typed is not None),
        is_heading=heading,
        says=says[typed.end() :] if typed else says,
    )


def _joined(lines: list[_Line]) -> Iterator[Returned]:
    heading = ""
    for each in lines:
        if each.is_heading:
            heading = each.says
        elif each.says:
            yield Returned(each.numbered, each.says, heading)
            heading = ""


def _text(node: Any) -> str:
    """Return a paragraph's words as Word shows them once every change is accepted."""
    found: list[tuple[str, bool]] = []
    for words, italic in _words(node):
        if found and found[-1][1] == italic:
            found[-1] = (found[-1][0] + words, italic)
        else:
            found.append((words, italic))
    said = "".join(_marked(words) if italic else words for words, italic in found)
    return " ".join(said.replace("\u200b", "").split())


def _marked(words: str) -> str:
    """Return italic words between stars; spaces stay outside them."""
    core = words.strip()
    return words.replace(core, f"*{core}*", 1) if core and "*" not in core else words


def _words(node: Any) -> Iterator[tuple[str, bool]]:
    for each in node:
        if each.tag in GONE:
            continue
        if each.tag != f"{W}r":
            yield from _words(each)
            continue
        if _is_on(each, "vanish"):
            continue
        italic = _is_on(each, "i")
        for part in each:
            if part.tag == f"{W}t":
                yield part.text or "", italic
            elif part.tag in SPACES:
                yield " ", italic
            elif part.tag == f"{W}noBreakHyphen":
                yield "-", italic


def _is_on(run: Any, name: str) -> bool:
    mark = run.find(f"{W}rPr/{W}{name}")
    return mark is not None and mark.get(f"{W}val", "1") not in {"0", "false", "none"}


# --- what the file does not show


def _told(parts: dict[str, Any], body: Any) -> Iterator[str]:
    put = sum(1 for each in body.iter(f"{W}ins", f"{W}moveTo") if each.getparent().tag != f"{W}rPr")
    out = sum(1 for _ in body.iter(f"{W}del", f"{W}moveFrom"))
    if put or out:
        yield (
            f"It has tracked changes: {put} put in, {out} taken out. They are shown below as if "
            "they were accepted."
        )
    hidden = [
        run for run in body.iter(f"{W}r") if _is_on(run, "vanish") and run.find(f"{W}t") is not None
    ]
    if hidden:
        yield f"It has hidden words in {len(hidden)} places. They were left out."
    if notes := sum(1 for _ in body.iter(f"{W}footnoteReference")):
        yield f"It has {notes} footnotes. They are not taken over: put them into the text."
    yield from _comments(parts.get("word/comments.xml"))


def _comments(comments: Any) -> Iterator[str]:
    every = list(comments.iter(f"{W}comment")) if comments is not None else []
    for each in every[:MOST_COMMENTS]:
        who = str(each.get(f"{W}author") or "somebody")[:60]
        says = " ".join(_text(line) for line in each.iter(f"{W}p"))
        yield f"Comment of {who}: {says[:400]}"
    if len(every) > MOST_COMMENTS:
        yield f"There are {len(every) - MOST_COMMENTS} more comments. Read them in Word."

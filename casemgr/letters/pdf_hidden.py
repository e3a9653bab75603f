"""What a PDF carries that its pages do not show, and text that lies on a page and cannot be seen.

Reads with pikepdf and pdfium, so a file from outside is read in the cage.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casemgr.domain.identifiers import identifiers
from casemgr.letters.looked import Hidden, Inspected, Locked

SCALE = 2.0  # pixels a point: at one, letters of six points run together
FEWEST = 2  # unseen letters in a row before they are told: one may be a stain
FEWEST_OF_A_SCAN = 5  # of the words read from a picture, which never lie on it exactly
INVISIBLE = 3  # the way of writing that machines use for the words of a picture
MOST_OBJECTS = 200_000
DEEPEST = 8
SOLID = frozenset("1Iil|jJtfr")  # letters that may fill their own box
QUIET = frozenset({"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"})
ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "program",
    "/SubmitForm": "sends",
    "/ImportData": "sends",
    "/Rendition": "javascript",
}


def inspect(data: bytes) -> Inspected:
    """Look through a PDF. Raises Locked where it wants a password, ValueError where it is broken.

    Finds attachments, scripts and other actions, layers, comments and drawings over the page,
    filled-in forms, names in its metadata, text under boxes, beside the page or in the colour of
    the paper, and what looks like a personal identifier.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = [*_carried(pdf), *_on_pages(pdf)]
    except pikepdf.PasswordError as locked:
        raise Locked from locked
    except pikepdf.PdfError as broken:
        raise ValueError(str(broken)) from broken
    try:
        with pdfium.PdfDocument(data) as document:
            looks = [_look(document, n) for n in range(len(document))]
    except pdfium.PdfiumError as broken:
        raise ValueError(str(broken)) from broken
    for number, look in enumerate(looks, 1):
        found += _said(look, number)
    return Inspected(len(looks), any(look.text for look in looks), tuple(found))


# --- what the file carries


def _carried(pdf: Any) -> Iterator[Hidden]:
    names = pdf.Root.get("/Names", {})
    if len(pdf.attachments) or "/EmbeddedFiles" in names or "/AF" in pdf.Root:
        count = len(pdf.attachments) or 1
        yield Hidden("attachment", None, f"It carries {_count(count, 'attached file')}.")
    if "/OCProperties" in pdf.Root:
        yield from _layers(pdf.Root.OCProperties)
    if who := _whose(pdf):
        yield Hidden("metadata", None, f"Its metadata names {who}.")
    kinds = {ACTIONS[name] for name in _actions(pdf)}
    if "/JavaScript" in names:
        kinds.add("javascript")
    said = {
        "javascript": "It carries a script that runs when it is opened or used.",
        "program": "It starts another program.",
        "sends": "It sends or fetches what is filled into it.",
    }
    for kind in sorted(kinds):
        yield Hidden(kind, None, said[kind])


def _layers(layers: Any) -> Iterator[Hidden]:
    every = len(layers.get("/OCGs", []))
    off = len(layers.get("/D", {}).get("/OFF", []))
    more = f", {off} of them switched off" if off else ""
    if every:
        yield Hidden("layer", None, f"It has {_count(every, 'layer')}{more}.")


def _whose(pdf: Any) -> str:
    info = pdf.docinfo if "/Info" in pdf.trailer else {}
    named = [
        f"its {name[1:].lower()} “{str(info[name])[:60]}”"
        for name in ("/Author", "/Subject", "/Keywords", "/Company", "/Manager")
        if name in info and str(info[name]).strip()
    ]
    if not named and "/Metadata" in pdf.Root and b"<dc:creator>" in _stream(pdf.Root.Metadata):
        named = ["its author"]
    return " and ".join(named)


def _stream(stream: Any) -> bytes:
    data: bytes = stream.read_bytes()
    return data


def _actions(pdf: Any) -> Iterator[str]:
    """Yield the kind of every action in the file, wherever it hangs."""
    for n, each in enumerate(pdf.objects):
        if n >= MOST_OBJECTS:
            return
        yield from _acts(each, 0)


def _acts(value: Any, deep: int) -> Iterator[str]:
    """Look through an object and what is written into it; what it refers to comes by itself."""
    if isinstance(value, pikepdf.Dictionary):
        kind = value.get("/S")
        if isinstance(kind, pikepdf.Name) and str(kind) in ACTIONS:
            yield str(kind)
        inner = list(value.values())
    elif isinstance(value, pikepdf.Array):
        inner = list(value)
    else:
        return
    for each in inner:
        if deep < DEEPEST and isinstance(each, pikepdf.Object) and not each.is_indirect:
            yield from _acts(each, deep + 1)


# --- what lies on its pages


def _on_pages(pdf: Any) -> Iterator[Hidden]:
    for number, page in enumerate(pdf.pages, 1):
        notes = [each for each in page.get("/Annots", []) if isinstance(each, pikepdf.Dictionary)]
        kinds = [str(each.get("/Subtype", "/?")) for each in notes]
        if "/FileAttachment" in kinds:
            yield Hidden("attachment", number, f"Page {number} carries an attached file.")
        if marked := kinds.count("/Redact"):
            yield Hidden(
                "redaction-not-applied",
                number,
                (
                    f"Page {number} has {_count(marked, 'place')} marked to be taken out, and the "
                    "text is still there."
                ),
            )
        rest = [k for k in kinds if k not in QUIET | {"/FileAttachment", "/Redact"}]
        if rest:
            yield Hidden(
                "annotation",
                number,
                f"Page {number} has {_count(len(rest), 'comment')} or drawings laid over it.",
            )
        if any(_filled(each) for each in notes):
            yield Hidden("form", number, f"Page {number} has form fields that are filled in.")


def _filled(note: Any) -> bool:
    value = note.get("/V") if str(note.get("/Subtype", "")) == "/Widget" else None
    return value is not None and str(value) not in {"", "/Off"}


@dataclass(frozen=True, slots=True)
class _Look:
    """One page as it is seen: its text, how many letters nobody sees, how many lie beside it."""

    text: str
    unseen: int
    outside: int


def _look(document: Any, n: int) -> _Look:
    page = document[n]
    words = page.get_textpage()
    try:
        drawn = page.render(scale=SCALE, grayscale=True, may_draw_forms=False)
        pixels = _Pixels(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride)
        signs = list(_signs(page, words, pixels))
        outside = sum(each.outside for each in signs)
        return _Look(_text(words), _unseen(signs), outside)
    finally:
        words.close()
        page.close()


@dataclass(frozen=True, slots=True)
class _Sign:
    """One letter: not to be told from its ground, beside the page, or of the words of a scan."""

    letter: str
    unseen: bool
    outside: bool
    scanned: bool


def _unseen(signs: list[_Sign]) -> int:
    """Count the unseen letters that stand together, those that fill their own box left out."""
    count, run = 0, 0
    for each in (*signs, _Sign(".", unseen=False, outside=False, scanned=False)):
        if each.unseen:
            run += each.letter.isalnum() and each.letter not in SOLID
            fewest = FEWEST_OF_A_SCAN if each.scanned else FEWEST
        elif run:
            count, run = count + (run if run >= fewest else 0), 0
    return count


def _text(words: Any) -> str:
    # pdfium's own way of giving a page's text asks for memory as nothing may in the cage.
    count = raw.FPDFText_CountChars(words)
    return "".join(chr(raw.FPDFText_GetUnicode(words, n)) for n in range(count))


@dataclass(frozen=True, slots=True)
class _Pixels:
    data: bytes
    width: int
    height: int
    stride: int

    def plain(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Say whether everything in a box has one and the same shade."""
        shade = self.data[top * self.stride + left]
        wide = right - left
        for row in range(top, bottom):
            start = row * self.stride + left
            if self.data.count(shade, start, start + wide) != wide:
                return False
        return True


Box = tuple[int, int, int, int]


def _signs(page: Any, words: Any, pixels: _Pixels) -> Iterator[_Sign]:
    x, y = ctypes.c_int(), ctypes.c_int()

    def place(across: float, up: float) -> tuple[int, int]:
        size = (0, 0, pixels.width, pixels.height, 0)
        raw.FPDF_PageToDevice(page, *size, across, up, x, y)
        return x.value, y.value

    for n in range(raw.FPDFText_CountChars(words)):
        sign = chr(raw.FPDFText_GetUnicode(words, n))
        if not sign.strip() or raw.FPDFText_IsGenerated(words, n) == 1:
            continue
        left, bottom, right, top = words.get_charbox(n)
        (x0, y0), (x1, y1) = place(left, bottom), place(right, top)
        box = _inside(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), pixels)
        way = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(words, n))
        unseen = box is not None and pixels.plain(*box)
        yield _Sign(sign, unseen, outside=box is None, scanned=way == INVISIBLE)


def _inside(left: int, top: int, right: int, bottom: int, pixels: _Pixels) -> Box | None:
    if right <= 0 or bottom <= 0 or left >= pixels.width or top >= pixels.height:
        return None
    box = max(left, 0), max(top, 0), min(right, pixels.width), min(bottom, pixels.height)
    wide, high = box[2] - box[0], box[3] - box[1]
    return (box[0], box[1], box[0] + max(wide, 1), box[1] + max(high, 1))


def _said(look: _Look, number: int) -> Iterator[Hidden]:
    if look.unseen:
        many = _count(look.unseen, "letter")
        yield Hidden(
            "text-unseen",
            number,
            (
                f"Page {number} holds at least {many} that nobody sees, under a box or in the "
                "colour of the paper; whoever copies the page reads them."
            ),
        )
    if look.outside >= FEWEST:
        yield Hidden(
            "text-outside-page",
            number,
            f"Page {number} holds {_count(look.outside, 'letter')} beyond its edges.",
        )
    for each in identifiers(look.text):
        yield Hidden(
            "personal-identifier",
            number,
            f"Page {number}: “{each.masked}” {each.says} (Fed. R. Civ. P. 5.2).",
        )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

"""Small PDFs with one thing hidden in each, and their sound twins."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

WORDS = "BT /F 12 Tf 72 700 Td (The request was sent to the agency on a Monday.) Tj ET\n"
BOX = "0 0 0 rg 60 690 400 24 re f\n"


def a_pdf(content: str = WORDS, change: Callable[[Any], None] | None = None, **save: Any) -> bytes:
    """Return a letter page with this content, changed as told."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, 612, 792],
        Resources=Dictionary(Font=Dictionary(F=font)),
        Contents=Stream(pdf, content.encode()),
    )
    pdf.pages.append(pikepdf.Page(page))
    if change is not None:
        change(pdf)
    made = io.BytesIO()
    pdf.save(made, deterministic_id=not save, **save)
    pdf.close()
    return made.getvalue()


def attached(pdf: Any) -> None:
    """A spreadsheet rides along."""
    pdf.attachments["lists.csv"] = b"name,number"


def scripted(pdf: Any) -> None:
    """A script runs at opening."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def scripted_deep(pdf: Any) -> None:
    """A script hangs on a page, after another action."""
    script = Dictionary(S=Name.JavaScript, JS=String("1"))
    after = Dictionary(S=Name.Named, N=Name.NextPage, Next=script)
    pdf.pages[0].AA = pdf.make_indirect(Dictionary(O=after))


def launches(pdf: Any) -> None:
    """A link starts a program."""
    pdf.pages[0].Annots = Array(
        [Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F="x"))]
    )


def layered(pdf: Any) -> None:
    """A layer is switched off."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("notes")))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))


def noted(kind: str) -> Callable[[Any], None]:
    """An annotation of this kind lies on the page."""

    def change(pdf: Any) -> None:
        note = Dictionary(Subtype=Name(kind), Rect=[72, 690, 200, 720], Contents=String("why?"))
        pdf.pages[0].Annots = Array([note])

    return change


def filled(pdf: Any) -> None:
    """A form field has a value."""
    field = Dictionary(Subtype=Name.Widget, FT=Name.Tx, V=String("secret"), Rect=[0, 0, 9, 9])
    field = pdf.make_indirect(field)
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=[field])


def authored(pdf: Any) -> None:
    """The metadata names who wrote it."""
    pdf.docinfo["/Author"] = "Rosa Alvarez"


def cropped(pdf: Any) -> None:
    """The text lies above what is shown of the page."""
    pdf.pages[0].CropBox = Array([0, 0, 612, 600])


def turned(pdf: Any) -> None:
    """The page stands on its side."""
    pdf.pages[0].Rotate = 90


DIRTY: dict[str, tuple[bytes, str]] = {
    "an attached file": (a_pdf(change=attached), "attachment"),
    "a file pinned to a page": (a_pdf(change=noted("/FileAttachment")), "attachment"),
    "a script": (a_pdf(change=scripted), "javascript"),
    "a script behind another action": (a_pdf(change=scripted_deep), "javascript"),
    "a program": (a_pdf(change=launches), "program"),
    "a layer": (a_pdf(change=layered), "layer"),
    "a comment": (a_pdf(change=noted("/Text")), "annotation"),
    "a drawing": (a_pdf(change=noted("/Square")), "annotation"),
    "a redaction only marked": (a_pdf(change=noted("/Redact")), "redaction-not-applied"),
    "a filled form": (a_pdf(change=filled), "form"),
    "an author": (a_pdf(change=authored), "metadata"),
    "words under a black box": (a_pdf(WORDS + BOX), "text-unseen"),
    "words under a white box": (a_pdf(WORDS + BOX.replace("0 0 0", "1 1 1")), "text-unseen"),
    "words under a box, page turned": (a_pdf(WORDS + BOX, turned), "text-unseen"),
    "white words": (a_pdf("1 1 1 rg " + WORDS), "text-unseen"),
    "words beyond the crop": (a_pdf(change=cropped), "text-outside-page"),
    "a machine's words under a box": (a_pdf(BOX + WORDS.replace("Td", "Td 3 Tr")), "text-unseen"),
    "a social-security number": (
        a_pdf(WORDS.replace("Monday", "078-05-1120")),
        "personal-identifier",
    ),
}
CLEAN: dict[str, bytes] = {
    "plain words": a_pdf(),
    "white words on a dark ground": a_pdf(BOX + "1 1 1 rg " + WORDS),
    "a yellow mark behind the words": a_pdf(BOX.replace("0 0 0", "1 1 0") + "0 g " + WORDS),
    "a turned page": a_pdf(change=turned),
    "a link": a_pdf(change=noted("/Link")),
    "small print": a_pdf(WORDS.replace("/F 12", "/F 6")),
    "dots and dashes": a_pdf(WORDS.replace("Monday.", "lil' ... --- 111 ||| ___")),
    "the last four digits": a_pdf(WORDS.replace("Monday", "xxx-xx-1120, 1971")),
}
LOCKED = a_pdf(encryption=pikepdf.Encryption(owner="owner", user="user"))
NO_COPYING = a_pdf(encryption=pikepdf.Encryption(owner="owner", user=""))
BROKEN = a_pdf()[:200]

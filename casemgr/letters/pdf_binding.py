"""Make a file that somebody gave us into an exhibit: cover sheet before it, nothing hidden in it.

Reads with pikepdf and Pillow, so it is done in the cage. The same files give the same bytes.
"""

from __future__ import annotations

import io
from contextlib import ExitStack
from typing import Any

import pikepdf
from PIL import Image, ImageSequence

PRODUCER = "casemgr"
MOST_PIXELS = 120_000_000  # of one picture: a page at 1,200 dots an inch has 134 million
# What a file carries besides its pages, and what a page carries besides what it shows.
OF_A_FILE = (
    "/OpenAction", "/AA", "/AF", "/PieceInfo", "/Metadata", "/Perms", "/Legal", "/SpiderInfo",
    "/Threads", "/Collection", "/Requirements", "/URI",
)  # fmt: skip
OF_A_PAGE = ("/AA", "/PieceInfo", "/Thumb", "/Metadata", "/AF", "/Trans", "/PresSteps")
TAKEN_OUT = frozenset({"/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"})


def bind(cover: bytes, exhibit: bytes, title: str) -> tuple[bytes, int]:
    """Return one PDF and its number of pages: the cover, then the exhibit's pages, and a title.

    Without a cover (no bytes) only the pages, as signed pages are filed.

    Attachments, scripts, metadata and previews of the exhibit stay behind; its layers are kept as
    they are, for taking them out would show what they hide. Raises pikepdf's errors for a PDF
    that wants a password or is broken.
    """
    with ExitStack() as files:
        pdf = files.enter_context(pikepdf.open(io.BytesIO(exhibit)))
        _strip(pdf)
        if cover:
            sheet = files.enter_context(pikepdf.open(io.BytesIO(cover)))
            for page in reversed(sheet.pages):
                pdf.pages.insert(0, page)
        _strip_pages(pdf)
        return saved(pdf, title), len(pdf.pages)


def picture_as_pdf(picture: bytes) -> bytes:
    """Return the pages of a PNG, JPEG or TIFF as a PDF, without where and when it was taken."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(picture)) as opened:
        frames = [_on_white(frame) for frame in ImageSequence.Iterator(opened)]
    made = io.BytesIO()
    # The longer side fits a letter page with margins; no dates, or the bytes would differ.
    dots = max(max(frames[0].size) / 9.0, 72.0)
    frames[0].save(
        made, "PDF", save_all=True, append_images=frames[1:], resolution=dots,
        creationDate=None, modDate=None, producer=PRODUCER,
    )  # fmt: skip
    return made.getvalue()


def _on_white(frame: Image.Image) -> Image.Image:
    if frame.mode in {"1", "L", "RGB"}:
        return frame.copy()
    ground = Image.new("RGB", frame.size, "white")
    clear = frame.convert("RGBA")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _strip(pdf: Any) -> None:
    for name in OF_A_FILE:
        if name in pdf.Root:
            del pdf.Root[name]
    names = pdf.Root.get("/Names", {})
    for name in ("/EmbeddedFiles", "/JavaScript"):
        if name in names:
            del names[name]


def _strip_pages(pdf: Any) -> None:
    for page in pdf.pages:
        for name in OF_A_PAGE:
            if name in page:
                del page[name]
        if "/Annots" in page:
            kept = [each for each in page.Annots if _harmless(each)]
            page.Annots = pikepdf.Array(kept)


def _harmless(note: Any) -> bool:
    if not isinstance(note, pikepdf.Dictionary) or str(note.get("/Subtype", "")) in TAKEN_OUT:
        return False
    for name in ("/AA", "/A"):
        if name in note and str(note[name].get("/S", "")) not in {"/GoTo", "/URI"}:
            del note[name]
    return True


def saved(pdf: Any, title: str) -> bytes:
    """Return the file's bytes with a title, our name as its producer, and no other metadata."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = PRODUCER
    pdf.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    made = io.BytesIO()
    pdf.save(
        made,
        deterministic_id=True,
        encryption=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return made.getvalue()

"""Look through and bind the papers of a filing in the cage: an exhibit comes from outside.

What cannot be filed as it is, is told in a sentence that says what to do with it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from casemgr.errors import Malformed
from casemgr.letters.court_form import form_of
from casemgr.letters.form_check import FormFinding, check_form
from casemgr.letters.looked import Hidden, Inspected, Locked
from casemgr.usecases.one_reading import Asked, Said, answer_once, read_alone

PDF = "application/pdf"
PICTURES = frozenset({"image/png", "image/jpeg", "image/tiff"})
STOPPED = (
    "This file could not be read within the time and memory an exhibit may take. Print it to a "
    "new PDF, in parts if it is long, and attach that."
)
LOCKED = (
    "This PDF wants a password, so nobody at the court could open it. Open it with its password, "
    "print it to a new PDF, and attach that."
)
BROKEN = (
    "This file is broken and cannot be opened. Ask for it again, or print what can be read of it "
    "to a new PDF, and attach that."
)
NOT_A_PAGE = (
    "This file has no pages: it is {what}. A court takes PDFs. Open it, print it to a PDF, and "
    "attach that."
)
CALLED = {
    "text/plain": "plain text",
    "text/csv": "a table",
    "message/rfc822": "an e-mail",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word file",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a spreadsheet",
}


@dataclass(frozen=True)
class Bound:
    """An exhibit as it will be filed: one PDF with its cover."""

    pdf: bytes
    pages: int


def look_through(
    data: bytes, media_type: str, court: tuple[str, date] | None = None
) -> tuple[Inspected, tuple[FormFinding, ...]]:
    """Return what a file hides and, of a paper for a court, what is not in its form on a day.

    Malformed, with what to do, where it cannot be filed at all.
    """
    asked: dict[str, object] = {"do": "inspect", "kind": _kind(media_type)}
    if court is not None:
        asked |= {"court": court[0], "day": court[1].isoformat()}
    said, _ = read_alone(__name__, asked, data, STOPPED)
    found = tuple(Hidden(**each) for each in said["found"])
    slips = tuple(FormFinding(**each) for each in said["slips"])
    return Inspected(said["pages"], said["text"], found), slips


def bind(cover: bytes, data: bytes, media_type: str, title: str) -> Bound:
    """Return a file as one titled PDF, its cover before it where it has one (else no bytes).

    Malformed, with what to do, where it cannot be filed.
    """
    asked = {"do": "bind", "kind": _kind(media_type), "title": title, "cover": len(cover)}
    said, body = read_alone(__name__, asked, cover + data, STOPPED)
    return Bound(body, said["pages"])


def _kind(media_type: str) -> str:
    if media_type == PDF:
        return "pdf"
    if media_type in PICTURES:
        return "picture"
    what = CALLED.get(media_type, "of another kind")
    raise Malformed({"file": NOT_A_PAGE.format(what=what)})


# --- in the child


def main() -> None:
    """Do the one thing asked with the one file that comes in."""
    answer_once(_warm_up, _read)


def _warm_up() -> None:
    """Load what reads PDFs and pictures before the doors close."""
    import PIL.JpegImagePlugin  # noqa: PLC0415 - only in the child
    import PIL.PdfImagePlugin  # noqa: PLC0415
    import PIL.PngImagePlugin  # noqa: PLC0415
    import PIL.TiffImagePlugin  # noqa: F401, PLC0415

    from casemgr.letters import pdf_binding, pdf_hidden, pdf_lines  # noqa: F401, PLC0415

    form_of(None, date.min)


def _read(asked: Asked, data: bytes) -> Said:
    try:
        return _DO[asked["do"]](asked, data)
    except Locked:
        return {"wrong": LOCKED}, b""
    except MemoryError:
        return {"wrong": STOPPED}, b""
    except Exception:  # the edge of the process: a broken file breaks its readers in many ways
        return {"wrong": BROKEN}, b""


def _inspect(asked: Asked, data: bytes) -> Said:
    from casemgr.letters.pdf_hidden import inspect  # noqa: PLC0415 - only in the child
    from casemgr.letters.pdf_lines import read_pages  # noqa: PLC0415

    looked = inspect(_as_pdf(asked, data))
    slips: list[dict[str, object]] = []
    if "court" in asked:
        form = form_of(asked["court"], date.fromisoformat(asked["day"]))
        slips = [asdict(each) for each in check_form(read_pages(data), form)]
    found = [asdict(each) for each in looked.found]
    said = {"pages": looked.pages, "text": looked.has_text, "found": found, "slips": slips}
    return said, b""


def _bind(asked: Asked, data: bytes) -> Said:
    from casemgr.letters import pdf_binding  # noqa: PLC0415 - only in the child

    cover, exhibit = data[: asked["cover"]], data[asked["cover"] :]
    bound, pages = pdf_binding.bind(cover, _as_pdf(asked, exhibit), asked["title"])
    return {"pages": pages}, bound


def _as_pdf(asked: Asked, data: bytes) -> bytes:
    from casemgr.letters import pdf_binding  # noqa: PLC0415 - only in the child

    return pdf_binding.picture_as_pdf(data) if asked["kind"] == "picture" else data


_DO = {"inspect": _inspect, "bind": _bind}

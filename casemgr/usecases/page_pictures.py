"""The pages of a PDF as pictures, drawn in the cage: for whoever looks at a paper on a screen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from casemgr.usecases.one_reading import Asked, Said, answer_once, read_alone

DOTS_AN_INCH = 110
POINTS_AN_INCH = 72
MOST_PAGES = 12  # drawn at once
STOPPED = (
    "The pages could not be drawn within the time and memory a paper may take, so it was stopped. "
    "The PDF itself is whole: open that."
)
NOT_DRAWN = "The pages of this PDF cannot be drawn. The PDF itself is whole: open that."


def drawn(pdf: bytes, first: int, last: int) -> list[bytes]:
    """Return pages `first` to `last`, counted from 1, as PNG; at most twelve at once.

    Raises Malformed where they cannot be drawn within the cage's limits.
    """
    asked = {"first": first, "last": min(last, first + MOST_PAGES - 1)}
    said, body = read_alone(__name__, asked, pdf, STOPPED)
    return list(_parts(body, said["sizes"]))


def _parts(body: bytes, sizes: list[int]) -> Iterator[bytes]:
    start = 0
    for size in sizes:
        yield body[start : start + size]
        start += size


# --- in the child


def main() -> None:
    """Draw the pages that are asked for."""
    answer_once(_warm_up, _read)


def _warm_up() -> None:
    """Load what draws before the doors close."""
    import PIL.PngImagePlugin  # noqa: F401, PLC0415 - only in the child
    import pypdfium2  # noqa: F401, PLC0415 - only in the child


def _read(asked: Asked, data: bytes) -> Said:
    import pypdfium2 as pdfium  # noqa: PLC0415 - only in the child

    try:
        with pdfium.PdfDocument(data) as document:
            pages = range(int(asked["first"]) - 1, min(int(asked["last"]), len(document)))
            pictures = [_picture(document[n]) for n in pages]
    except MemoryError:
        return {"wrong": STOPPED}, b""
    except (pdfium.PdfiumError, ValueError, LookupError, OSError):
        return {"wrong": NOT_DRAWN}, b""
    return {"sizes": [len(each) for each in pictures]}, b"".join(pictures)


def _picture(page: Any) -> bytes:
    drawn = page.render(scale=DOTS_AN_INCH / POINTS_AN_INCH, grayscale=True).to_pil()
    made = io.BytesIO()
    drawn.save(made, format="PNG")
    return made.getvalue()

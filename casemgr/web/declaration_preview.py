"""A declaration as it prints: page by page as pictures, and the same text beside them."""

from __future__ import annotations

from fastapi import Request
from markupsafe import Markup
from starlette.responses import Response

from casemgr.desk import Desk, DeskDep, OpensDep
from casemgr.downloads import OURS, shown
from casemgr.errors import Malformed, NotRendered, WrongMoment
from casemgr.files.previews import Previews
from casemgr.usecases import declaration_preview
from casemgr.usecases.letters import Opens
from casemgr.usecases.views import declarations
from casemgr.web.page import page, page_router

router = page_router("/declarations/{declaration_id}/preview")
PRIVATE = {"cache-control": "private, max-age=3600"}


@router.get("")
def show_preview(
    http: Request, opens: OpensDep, desk: DeskDep, declaration_id: str, part: str = ""
) -> Response:
    """Show the newest version as it prints; `part` gives only what stands beside the editor."""
    with opens(reads_only=True) as work:
        seen = declarations.look(work, declaration_id)
    made, why = _made(opens, desk, declaration_id)
    name = "declaration_preview_part" if part else "declaration_preview"
    # `page_text.tagged` left a few harmless tags and escaped every word.
    printed = Markup(made.text) if made else ""  # noqa: S704
    with opens(reads_only=True) as work:
        return page(http, name, work, seen=seen, made=made, why=why, printed=printed)


def _made(
    opens: Opens, desk: Desk, declaration_id: str
) -> tuple[declaration_preview.Preview | None, str]:
    try:
        return declaration_preview.preview(opens, previews_of(desk), declaration_id), ""
    except (WrongMoment, NotRendered, Malformed) as cannot:
        return None, str(cannot)


@router.get("/page-{number}.png")
def show_picture(opens: OpensDep, desk: DeskDep, declaration_id: str, number: int) -> Response:
    """Give one page as a picture; its address ends in what it shows, so it may be kept a while."""
    picture = declaration_preview.picture(opens, previews_of(desk), declaration_id, number)
    return Response(picture, media_type="image/png", headers={**OURS, **PRIVATE})


@router.get("/paper.pdf")
def show_pdf(opens: OpensDep, desk: DeskDep, declaration_id: str) -> Response:
    """Give the preview itself, to look at in the browser."""
    made = declaration_preview.preview(opens, previews_of(desk), declaration_id)
    return shown(made.pdf, "application/pdf", "preview.pdf")


def previews_of(desk: Desk) -> Previews:
    """Return where previews are kept until they are given up."""
    return Previews(desk.settings.data / "previews")

"""Write a declaration: one text area a paragraph, and every button keeps what was typed first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.responses import JSONResponse, Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.usecases import (
    declaration_checks,
    declaration_editing,
    declaration_preview,
    declaration_typing,
    declaration_versions,
    declarations,
    exhibit_words,
)
from casemgr.usecases.declaration_checks import FixInput
from casemgr.usecases.declaration_typing import Clash, Typed
from casemgr.usecases.views import declaration_editor as views
from casemgr.usecases.work import Work
from casemgr.web import speak
from casemgr.web.page import (
    Fields,
    Problems,
    attempt,
    form_fields,
    page,
    page_router,
    see,
)

router = page_router()

MOST_FIELDS = 5_000
LARGEST_TEXT = 16 * 1024 * 1024  # a thousand paragraphs, each with its four fields


async def text_fields(http: Request) -> dict[str, str]:
    """Return the fields of the text's form: four for each paragraph."""
    fields = await form_fields(http, MOST_FIELDS)
    http.state.typed = {name: text for name, text in fields.items() if name.startswith("says-")}
    return fields


TextFields = Annotated[dict[str, str], Depends(text_fields)]


# --- the text


@router.get("/declarations/{declaration_id}/write")
def showtext_page(http: Request, opens: OpensDep, desk: DeskDep, declaration_id: str) -> Response:
    """Show the newest version to write in; one whose words stand is shown as it is."""
    declaration_preview.expect()
    most = exhibit_words.WHILE_WRITING
    exhibit_words.read_new(opens, desk.store, desk.words, declaration_id, most)
    with opens(reads_only=True) as work:
        return text_page(http, work, declaration_id)


@router.post("/declarations/{declaration_id}/write", max_body_size=LARGEST_TEXT)
def keeptext_page(http: Request, work: WorkDep, declaration_id: str, sent: TextFields) -> Response:
    """Keep what was typed, then do what the button says: add, join, divide, move, number."""
    declarations.opened(work, declaration_id)
    what, _, about = sent.get("do", "").partition(":")
    version_id = _version_of(work, declaration_id, sent)
    try:
        kept = attempt(work, lambda: _keep(work, version_id, sent))
    except WrongMoment as stands:  # frozen while somebody typed: nothing of it is lost
        return _stood(http, work, declaration_id, sent, str(stands))
    if isinstance(kept, Problems):
        return text_page(http, work, declaration_id, problems=kept, status=kept.status)
    if kept:
        return text_page(http, work, declaration_id, clashes=kept, status=409)
    done = attempt(work, lambda: _do(work, version_id, what, about), told=WrongMoment)
    if isinstance(done, Problems):
        return text_page(http, work, declaration_id, problems=done, status=done.status)
    if what == "insert":
        return see(f"/declarations/{declaration_id}/insert?after={quote(about)}")
    if what == "out":
        return see(f"/declarations/{declaration_id}/paragraphs/{about}/out")
    return see(f"/declarations/{declaration_id}/write{f'#says-{done}' if done else ''}")


def _version_of(work: Work, declaration_id: str, sent: Mapping[str, str]) -> str:
    """Return the version the form was opened on, if it is of this declaration."""
    version, declaration = declaration_versions.opened(work, sent.get("version_id", ""))
    if declaration.id != declaration_id:
        raise NotFound
    return version.id


def _keep(work: Work, version_id: str, sent: Mapping[str, str]) -> list[Clash]:
    return declaration_typing.keep_typed(
        work, version_id, _typed(sent), opening=_one(sent, "opening")
    )


def _typed(sent: Mapping[str, str]) -> dict[str, Typed]:
    ids = [name.removeprefix("says-") for name in sent if name.startswith("says-")]
    typed = {each: _one(sent, each) for each in ids if each != "opening"}
    return {each: given for each, given in typed.items() if given is not None}


def _one(sent: Mapping[str, str], paragraph_id: str) -> Typed | None:
    says, was = sent.get(f"says-{paragraph_id}"), sent.get(f"was-{paragraph_id}", "")
    if says is None:
        return None
    return Typed(
        says, was, name=sent.get(f"name-{paragraph_id}"), heading=sent.get(f"head-{paragraph_id}")
    )


def _do(work: Work, version_id: str, what: str, about: str) -> str:
    """Do what a button says; return the paragraph to go on with."""
    acts: dict[str, Callable[[], Any]] = {
        "add": lambda: declaration_editing.add_below(work, version_id, "", after_id=about or None),
        "join": lambda: declaration_editing.join_with_previous(work, about),
        "split": lambda: declaration_editing.split_paragraph(work, about)[0],
        "up": lambda: declaration_editing.move(work, about, up=True),
        "down": lambda: declaration_editing.move(work, about, up=False),
        "number": lambda: declaration_editing.number_it(work, about, numbered=True),
        "unnumber": lambda: declaration_editing.number_it(work, about, numbered=False),
    }
    if what in acts:
        return str(acts[what]().id)
    if what == "fix":
        return declaration_checks.fix(work, version_id, FixInput(sha256=about)).id
    if what == "renumber":
        declaration_editing.number_again(work, version_id)
    return about


def text_page(
    http: Request,
    work: Work,
    declaration_id: str,
    *,
    clashes: Sequence[Clash] = (),
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Show the text to write in, with what clashed and what was wrong."""
    opening = next((each.yours for each in clashes if each.paragraph_id == "opening"), "")
    try:
        seen = views.look(work, declaration_id, clashes, opening)
    except WrongMoment:
        return see(f"/declarations/{declaration_id}")
    shown: dict[str, Any] = {
        "seen": seen,
        "clashes": clashes,
        "problems": problems or {},
        "status": status,
    }
    return page(http, "declaration_write", work, **shown)


def _stood(
    http: Request, work: Work, declaration_id: str, sent: Mapping[str, str], why: str
) -> Response:
    changed = [
        given.says
        for given in _typed(sent).values()
        if declaration_typing.fingerprint(given.says) != given.was
    ]
    row = declarations.opened(work, declaration_id)
    return page(http, "declaration_stood", work, row=row, texts=changed, why=why, status=409)


@router.post("/declarations/{declaration_id}/paragraphs/{paragraph_id}/typed")
def autosave(work: WorkDep, declaration_id: str, paragraph_id: str, sent: TextFields) -> Response:
    """Keep one paragraph while somebody types, and say so in a line."""
    declarations.opened(work, declaration_id)
    given = _one(sent, paragraph_id)
    if given is None:
        raise Malformed({"": "Nothing was typed."})
    try:
        done = attempt(work, lambda: _keep_alone(work, declaration_id, paragraph_id, given))
    except WrongMoment as stands:
        return JSONResponse({"says": f"Not saved. {stands}"}, 409)
    if isinstance(done, Problems):
        return JSONResponse({"says": f"Not saved. {' '.join(done.values())}"}, done.status)
    if isinstance(done, Clash):
        says = "Not saved: somebody else changed this paragraph. Press Save to see both texts."
        return JSONResponse({"says": says}, 409)
    at = work.now.astimezone(work.zone)
    says = f"Saved {speak.clock_time(at)}"
    return JSONResponse({"says": says, "was": declaration_typing.fingerprint(done)})


def _keep_alone(work: Work, declaration_id: str, paragraph_id: str, given: Typed) -> str | Clash:
    if paragraph_id == "opening":
        version = declarations.newest(work, declaration_id)
        if version is None:
            raise NotFound
        clashes = declaration_typing.keep_typed(work, version.id, {}, opening=given)
        return clashes[0] if clashes else version.opening
    _, _, declaration = declaration_typing.opened(work, paragraph_id)
    if declaration.id != declaration_id:
        raise NotFound
    done = declaration_typing.keep_one(work, paragraph_id, given)
    return done if isinstance(done, Clash) else done.says


# --- take out and put back


@router.get("/declarations/{declaration_id}/paragraphs/{paragraph_id}/out")
def show_what_breaks(
    http: Request, work: WorkDep, declaration_id: str, paragraph_id: str
) -> Response:
    """Say what taking a paragraph out would break, before it happens."""
    row = declarations.opened(work, declaration_id)
    breaks = declaration_editing.what_breaks(work, paragraph_id)
    return page(http, "declaration_take_out", work, row=row, breaks=breaks)


@router.post("/declarations/{declaration_id}/paragraphs/{paragraph_id}/out")
def take_out(
    work: WorkDep,
    declaration_id: str,
    paragraph_id: str,
    sent: Fields,  # noqa: ARG001 its key
) -> Response:
    """Take a paragraph out."""
    declarations.opened(work, declaration_id)
    declaration_editing.take_out(work, paragraph_id)
    return see(f"/declarations/{declaration_id}/write")


@router.post("/declarations/{declaration_id}/paragraphs/{paragraph_id}/back")
def put_back(
    work: WorkDep,
    declaration_id: str,
    paragraph_id: str,
    sent: Fields,  # noqa: ARG001 its key
) -> Response:
    """Put a paragraph back that was taken out."""
    declarations.opened(work, declaration_id)
    declaration_editing.put_back(work, paragraph_id)
    return see(f"/declarations/{declaration_id}/write#says-{paragraph_id}")


# --- versions


@router.post("/declarations/{declaration_id}/versions")
def begin_version(work: WorkDep, declaration_id: str, sent: Fields) -> Response:  # noqa: ARG001
    """Begin a new version with the words of the last one."""
    declaration_versions.begin_again(work, declaration_id)
    return see(f"/declarations/{declaration_id}/write")

"""Write a declaration: one text area a paragraph, and every button keeps what was typed first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import JSONResponse, Response

from casemgr.db import doors
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import DeclarationKind, Lettering
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.usecases import (
    declaration_editing,
    declaration_exhibits,
    declaration_versions,
    declarations,
)
from casemgr.usecases.declaration_editing import Clash, Typed
from casemgr.usecases.declaration_exhibits import ExhibitInput
from casemgr.usecases.declarations import DeclarationInput
from casemgr.usecases.views import declaration_editor as views
from casemgr.usecases.work import Work
from casemgr.web import speak
from casemgr.web.page import (
    Fields,
    Form,
    Problems,
    attempt,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
    version_in,
)
from casemgr.web.repeats import FIELD

router = page_router()

MOST_FIELDS = 5_000
KINDS = [
    (DeclarationKind.FACT.value, "Facts: what a witness knows"),
    (DeclarationKind.ATTORNEY.value, "Attorney: the papers of the case as exhibits"),
    (DeclarationKind.EXPERT.value, "Expert"),
    (DeclarationKind.SUMMARY_JUDGMENT.value, "For summary judgment: the delay, from the clocks"),
    (DeclarationKind.INJUNCTION.value, "For a preliminary injunction"),
    (DeclarationKind.FEES.value, "For attorney fees"),
    (DeclarationKind.AGENCY.value, "Of the agency: a paper of theirs"),
]
LETTERINGS = [
    (Lettering.FIRST_MENTION.value, "As the text first mentions them"),
    (Lettering.FIXED.value, "As we letter them ourselves"),
]


async def text_fields(http: Request) -> dict[str, str]:
    """Return the fields of the text's form: four for each paragraph."""
    async with http.form(max_files=0, max_fields=MOST_FIELDS) as sent:
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    http.state.typed = {name: text for name, text in fields.items() if name.startswith("says-")}
    setattr(http.state, FIELD, fields.pop(FIELD, ""))
    return fields


TextFields = Annotated[dict[str, str], Depends(text_fields)]


# --- begin one


@router.get("/matters/{matter_id}/declarations/new")
def show_new(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Ask who declares, what for and in which lawsuit."""
    return _asked(http, work, matter_id, {"lettering": Lettering.FIRST_MENTION.value}, {})


@router.post("/matters/{matter_id}/declarations/new")
def begin(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Begin a declaration, and go on to its text."""
    doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    form = read_form(DeclarationInput, _titled(sent), work.today)
    done = attempt_form(work, form, partial(declarations.begin_declaration, work, matter_id))
    if isinstance(done, Problems):
        return _asked(http, work, matter_id, form.typed, done, done.status)
    return see(f"/declarations/{done.id}/write")


def _titled(sent: Mapping[str, str]) -> dict[str, str]:
    name = sent.get("declarant", "").strip()
    titled = f"Declaration of {name}"[:200] if name and not sent.get("title", "").strip() else ""
    return {**sent, **({"title": titled} if titled else {})}


def _asked(
    http: Request,
    work: Work,
    matter_id: str,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    shown = {"matter_row": matter, "typed": typed, "problems": problems, "status": status}
    return page(http, "declaration_new", work, **_choices(work, matter.id), **shown)


def _choices(work: Work, matter_id: str) -> dict[str, Any]:
    lawsuits = views.lawsuits(work, matter_id)
    return {"kinds": KINDS, "letterings": LETTERINGS, "lawsuits": lawsuits}


# --- who declares and what for


@router.get("/declarations/{declaration_id}/about")
def show_about(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Ask again who declares, what for, in which lawsuit, and how exhibits are lettered."""
    row = declarations.opened(work, declaration_id)
    names = (*DeclarationInput.model_fields, "version")
    typed = {name: speak.typed_again(getattr(row, name)) for name in names}
    return _about(http, work, declaration_id, typed, {})


@router.post("/declarations/{declaration_id}/about")
def keep_about(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Keep who declares and what for; exhibits are lettered again where that is wished."""
    row = declarations.opened(work, declaration_id)
    stands = {name: getattr(row, name) for name in DeclarationInput.model_fields}
    shown = ("title", "declarant", "kind", "purpose", "lettering", "lawsuit_id", "note")
    rest = {n: speak.typed_again(v) for n, v in stands.items() if n not in shown}
    numbered = "true" if sent.get("exhibits_numbered") else "false"
    form = read_form(DeclarationInput, {**rest, **sent, "exhibits_numbered": numbered}, work.today)

    def act(given: DeclarationInput) -> None:
        changed = declarations.change_declaration(work, declaration_id, given, version=form.version)
        declaration_exhibits.letter_again(work, changed)

    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _about(http, work, declaration_id, form.typed, done, done.status)
    return see(f"/declarations/{declaration_id}")


def _about(
    http: Request,
    work: Work,
    declaration_id: str,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    row = declarations.opened(work, declaration_id)
    shown = {"row": row, "typed": typed, "problems": problems, "status": status}
    return page(http, "declaration_about", work, **_choices(work, row.matter_id), **shown)


# --- the text


@router.get("/declarations/{declaration_id}/write")
def show_text(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Show the newest version to write in; one whose words stand is shown as it is."""
    return _text(http, work, declaration_id)


@router.post("/declarations/{declaration_id}/write")
def keep_text(http: Request, work: WorkDep, declaration_id: str, sent: TextFields) -> Response:
    """Keep what was typed, then do what the button says: add, join, divide, move, number."""
    declarations.opened(work, declaration_id)
    what, _, about = sent.get("do", "").partition(":")
    version_id = _version_of(work, declaration_id, sent)
    try:
        kept = attempt(work, lambda: _keep(work, version_id, sent))
    except WrongMoment as stands:  # frozen while somebody typed: nothing of it is lost
        return _stood(http, work, declaration_id, sent, str(stands))
    if isinstance(kept, Problems):
        return _text(http, work, declaration_id, problems=kept, status=kept.status)
    if kept:
        return _text(http, work, declaration_id, clashes=kept, status=409)
    done = _attempted(work, lambda: _do(work, version_id, what, about))
    if isinstance(done, Problems):
        return _text(http, work, declaration_id, problems=done, status=done.status)
    if what == "out":
        return see(f"/declarations/{declaration_id}/paragraphs/{about}/out")
    return see(f"/declarations/{declaration_id}/write{f'#{done}' if done else ''}")


def _version_of(work: Work, declaration_id: str, sent: Mapping[str, str]) -> str:
    """Return the version the form was opened on, if it is of this declaration."""
    version, declaration = declaration_versions.opened(work, sent.get("version_id", ""))
    if declaration.id != declaration_id:
        raise NotFound
    return version.id


def _keep(work: Work, version_id: str, sent: Mapping[str, str]) -> list[Clash]:
    return declaration_editing.keep_typed(
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
    if what == "renumber":
        declaration_editing.number_again(work, version_id)
    return about


def _attempted(work: Work, act: Callable[[], str]) -> str | Problems:
    """Do an act all or nothing; what it cannot do is told on the page, with the text kept."""
    before = len(work.lines)
    try:
        with work.session.begin_nested():
            return act()
    except Malformed as wrong:
        del work.lines[before:]
        return Problems(wrong.problems)
    except WrongMoment as not_now:
        del work.lines[before:]
        told = Problems({"": str(not_now)})
        told.status = 409
        return told


def _text(
    http: Request,
    work: Work,
    declaration_id: str,
    *,
    clashes: Sequence[Clash] = (),
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    opening = next((each.yours for each in clashes if each.paragraph_id == "opening"), "")
    try:
        seen = views.look(work, declaration_id, clashes, opening)
    except WrongMoment:
        return see(f"/declarations/{declaration_id}")
    shown = {"seen": seen, "clashes": clashes, "problems": problems or {}, "status": status}
    return page(http, "declaration_write", work, **shown)


def _stood(
    http: Request, work: Work, declaration_id: str, sent: Mapping[str, str], why: str
) -> Response:
    changed = [
        given.says
        for given in _typed(sent).values()
        if declaration_editing.fingerprint(given.says) != given.was
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
    return JSONResponse({"says": says, "was": declaration_editing.fingerprint(done)})


def _keep_alone(work: Work, declaration_id: str, paragraph_id: str, given: Typed) -> str | Clash:
    if paragraph_id == "opening":
        version = declarations.newest(work, declaration_id)
        if version is None:
            raise NotFound
        clashes = declaration_editing.keep_typed(work, version.id, {}, opening=given)
        return clashes[0] if clashes else version.opening
    _, _, declaration = declaration_editing.opened(work, paragraph_id)
    if declaration.id != declaration_id:
        raise NotFound
    done = declaration_editing.keep_one(work, paragraph_id, given)
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
    return see(f"/declarations/{declaration_id}/write#{paragraph_id}")


# --- exhibits


@router.post("/declarations/{declaration_id}/exhibits")
def attach(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Attach an exhibit, with its document's title where none was typed."""
    declarations.opened(work, declaration_id)
    form = _exhibit_form(work, declaration_id, sent)
    act = partial(declaration_exhibits.attach_exhibit, work, declaration_id)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _text(http, work, declaration_id, problems=done, status=done.status)
    return see(f"/declarations/{declaration_id}/write#exhibits")


@router.post("/declarations/{declaration_id}/exhibits/{exhibit_id}")
def change_exhibit(
    http: Request, work: WorkDep, declaration_id: str, exhibit_id: str, sent: Fields
) -> Response:
    """Correct an exhibit, take it out, or put it back."""
    declarations.opened(work, declaration_id)
    done: object
    if sent.get("do") == "out":
        done = declaration_exhibits.remove_exhibit(work, exhibit_id)
    elif sent.get("do") == "back":
        done = declaration_exhibits.put_exhibit_back(work, exhibit_id)
    else:
        form = _exhibit_form(work, declaration_id, sent)
        act = partial(
            declaration_exhibits.change_exhibit, work, exhibit_id, version=version_in(sent)
        )
        done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _text(http, work, declaration_id, problems=done, status=done.status)
    return see(f"/declarations/{declaration_id}/write#exhibits")


def _exhibit_form(work: Work, declaration_id: str, sent: Mapping[str, str]) -> Form[ExhibitInput]:
    fields = {n: sent[n] for n in ("label", "title", "name", "document_id", "version") if n in sent}
    if not fields.get("title", "").strip() and fields.get("document_id"):
        fields["title"] = views.title_of_document(work, declaration_id, fields["document_id"])
    fields["label"] = fields.get("label", "").strip().upper()
    return read_form(ExhibitInput, fields, work.today)


# --- versions


@router.post("/declarations/{declaration_id}/versions")
def begin_version(work: WorkDep, declaration_id: str, sent: Fields) -> Response:  # noqa: ARG001
    """Begin a new version with the words of the last one."""
    declaration_versions.begin_again(work, declaration_id)
    return see(f"/declarations/{declaration_id}/write")

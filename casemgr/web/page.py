"""Make a page, go to a page, show a problem as a page, and read a form."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from casemgr.desk import LARGEST_BODY, Desk
from casemgr.domain.prose import with_capital
from casemgr.domain.words import Outcome
from casemgr.errors import (
    CasemgrError,
    Malformed,
    NotFound,
    NotFresh,
    NotSignedIn,
    Overtaken,
    WrongMoment,
)
from casemgr.shipped import shipped
from casemgr.usecases.views import exhaustion
from casemgr.usecases.work import Work
from casemgr.web import speak, typed
from casemgr.web.banner import THE_BANNER
from casemgr.web.repeats import FIELD, FormRoute, with_keys

Model = TypeVar("Model", bound=BaseModel)
Done = TypeVar("Done")

# Where a record of the history can be seen, by the name of its table.
SEEN_AT = {
    "deadline": "/deadlines/",
    "foia_request": "/requests/",
    "lawsuit": "/lawsuits/",
    "declaration": "/declarations/",
    "document": "/documents/",
    "matter": "/matters/",
    "track": "/tracks/",
    "event": "/events/",
    "docket_entry": "/docket-entries/",
    "hearing": "/hearings/",
    "order_date": "/order-dates/",
    "party": "/parties/",
    "search_statement": "/search-statements/",
    "production": "/productions/",
    "production_pace": "/production-paces/",
    "letter_draft": "/letters/",
    "standing_permission": "/standing-permissions/",
}

TITLES = {
    403: "You cannot do this",
    404: "Page not found",
    409: "Look again first",
    422: "There is a problem",
    503: "Not now",
}


def page_router(prefix: str = "") -> APIRouter:
    """Return a router of pages; the application takes its routes over as they are."""
    return APIRouter(
        prefix=prefix,
        include_in_schema=False,
        max_body_size=LARGEST_BODY,
        route_class=FormRoute,
    )


def _templates() -> Environment:
    # Autoescape everywhere; a name a template does not get is an error, not an empty place.
    made = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=speak.in_table,
        fullday=speak.in_sentence,
        happened=speak.happened,
        moment=speak.moment,
        words=speak.words,
        dollars=speak.dollars,
        receipts=speak.receipt_choices,
        asked=speak.asked_choices,
        stepday=speak.step_day,
        maybeday=speak.maybe_day,
        clocktime=speak.clock_time,
        dkt=speak.entry_kind,
        prose=speak.prose,
        sentence=speak.sentence,
        choices=speak.choices,
        entries=speak.entry_choices,
    )
    made.globals.update(
        KINDS=speak.KINDS,
        CONFIDENCE=speak.CONFIDENCE,
        CERTAINTY=speak.CERTAINTY,
        CLAIMS=exhaustion.KINDS,
        FOOTINGS=exhaustion.FOOTINGS,
        SEEN_AT=SEEN_AT,
        KINDS_TO_CHOOSE=speak.kind_choices(),
        CERTAINTY_TO_CHOOSE=[(each.value, says) for each, says in speak.CERTAINTY.items()],
        OUTCOMES_TO_CHOOSE=speak.choices(Outcome),
    )
    return made


TEMPLATES = _templates()


def page(
    http: Request, name: str, work: Work | None = None, *, status: int = 200, **shown: Any
) -> Response:
    """Answer with the page `templates/pages/<name>.html`."""
    desk: Desk = http.app.state.desk
    now = work.now if work else desk.now()
    given = {
        "desk": desk,
        "today": now.astimezone(desk.zone).date(),
        "zone": desk.zone,
        "actor": work.actor if work else None,
        "here": http.url.path,
        "nonce": http.state.nonce,
        "problems": {},
        "typed": {},
        "faults": THE_BANNER.shown() if work else [],
        **shown,
    }
    html = TEMPLATES.get_template(f"pages/{name}.html").render(given)
    # Before somebody is signed in there is nobody to remember an answer for.
    return HTMLResponse(with_keys(html) if work else html, status_code=status)


def see(address: str) -> Response:
    """Send the browser to another page after something was done (303)."""
    return RedirectResponse(address, status_code=303)


def problem_page(http: Request, problem: CasemgrError, status: int) -> Response:
    """Show what went wrong; a page that wants a person signed in sends them to sign in first."""
    if isinstance(problem, NotSignedIn) and getattr(http.state, "typed", None):
        return _still_typed(http)
    if isinstance(problem, NotSignedIn | NotFresh):
        again = "/again" if isinstance(problem, NotFresh) else ""
        return see(f"/sign-in{again}?next={quote(_back(http, problem), safe='')}")
    # Nothing of the address or the person goes onto this page: a stranger's 404 is the same,
    # byte for byte, as the one for an id that never was. Its ways on are the same for everybody.
    html = TEMPLATES.get_template("pages/problem.html").render(
        title=TITLES.get(status, "This did not work"),
        says=str(problem) or "This did not work. Go back and try again.",
        found=not isinstance(problem, NotFound),
        ask=getattr(problem, "ask", None),
    )
    return HTMLResponse(html, status_code=status)


def _still_typed(http: Request) -> Response:
    """Give back what somebody sent who was signed out meanwhile, to send it again as it is."""
    given = {"address": http.url.path, "typed": http.state.typed}
    html = TEMPLATES.get_template("pages/signed_out.html").render(given)
    return HTMLResponse(html, status_code=401)


def _back(http: Request, problem: CasemgrError) -> str:
    """Return where to go on after signing in; what was sent is never sent again by itself."""
    if http.url.path.startswith("/sign-in"):
        return "/"  # a step of signing in is no place to come back to
    if http.method == "GET":
        return http.url.path + (f"?{http.url.query}" if http.url.query else "")
    # Dangerous acts live on the pages of their own part of the house.
    return f"/{http.url.path.split('/')[1]}" if isinstance(problem, NotFresh) else "/"


def local(address: str) -> str:
    """Return an address of ours to go on to; anything that could lead elsewhere becomes `/`."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    clean = ours and all(32 < ord(sign) < 127 for sign in address) and "\\" not in address
    return address if clean else "/"


# --- forms


@dataclass(frozen=True)
class Form(Generic[Model]):
    """What somebody typed, and either the value it means or what is wrong with each field."""

    typed: Mapping[str, str]
    value: Model | None
    problems: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None


def read_form(model: type[Model], data: Mapping[str, str], today: date) -> Form[Model]:
    """Read a form as the input of a use case; an empty field is one that was left out."""
    said = {name: text for name, text in data.items() if text.strip()}
    version = said.pop("version", "")
    problems: dict[str, str] = {}
    for name in _days(model):
        if name in said:
            try:
                said[name] = typed.day(said[name], today).isoformat()
            except ValueError as wrong:
                problems[name] = str(wrong)
    given = {name: text for name, text in said.items() if name not in problems}
    value: Model | None = None
    try:
        value = model.model_validate_strings(given)
    except ValidationError as wrong:
        for error in wrong.errors():
            name = str(error["loc"][0]) if error["loc"] else ""
            problems.setdefault(name, sentence_for(dict(error)))
    return Form(
        dict(data),
        None if problems else value,
        problems,
        version_in({"version": version}),
    )


def version_in(sent: Mapping[str, str]) -> int | None:
    """Return the version of the record that the page with this form showed."""
    said = sent.get("version", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


@lru_cache(maxsize=256)
def _days(model: type[BaseModel]) -> Sequence[str]:
    return [name for name, each in model.model_fields.items() if _is_day(each.annotation)]


def _is_day(annotation: Any) -> bool:
    if get_origin(annotation) in {Union, types.UnionType}:
        return any(_is_day(each) for each in get_args(annotation))
    if hasattr(annotation, "__metadata__"):
        return _is_day(get_args(annotation)[0])
    return annotation is date


_SAID = {
    "missing": "Fill this in.",
    "string_too_short": "Fill this in.",
    "string_too_long": "This is too long. Use at most {max_length} characters.",
    "enum": "Choose one of the list.",
    "literal_error": "Choose one of the list.",
    "int_parsing": "Type a whole number.",
    "bool_parsing": "Choose yes or no.",
    "extra_forbidden": "This page does not know this field. Load it again.",
    "string_pattern_mismatch": "This does not look right. Check it and type it again.",
    "greater_than_equal": "Type {ge} or more.",
    "less_than_equal": "Type {le} or less.",
}


def sentence_for(error: Mapping[str, Any]) -> str:
    """Return what pydantic found wrong with a field, in words."""
    if error["type"] == "value_error":
        said = str(error["ctx"]["error"])
        return said if said.endswith(".") else f"{with_capital(said)}."
    known = _SAID.get(str(error["type"]))
    return known.format(**error.get("ctx", {})) if known else f"{error['msg']}."


async def form_fields(http: Request, most: int) -> dict[str, str]:
    """Return the text fields of the posted form; a field sent twice counts once, the last."""
    async with http.form(max_files=0, max_fields=most) as sent:
        return with_key_aside(http, sent)


def with_key_aside(http: Request, sent: Mapping[str, object]) -> dict[str, str]:
    """Return the text fields of a form; its key goes to where repeats are looked for."""
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    setattr(http.state, FIELD, fields.pop(FIELD, ""))
    return fields


def up_to(most: int) -> Any:
    """Return the dependency for the text fields of a form that has so many at most."""

    async def fields(http: Request) -> dict[str, str]:
        return await form_fields(http, most)

    return Depends(fields)


class Problems(dict[str, str]):
    """What was wrong with an attempt, by field; nothing of it was kept."""

    status = 422


def attempt(
    work: Work, act: Callable[[], Done], *, told: type[WrongMoment] = Overtaken
) -> Done | Problems:
    """Do something all or nothing: what it wrote is taken back where it turns out malformed.

    The same where somebody else was quicker: what was typed can then be shown beside theirs. With
    `told=WrongMoment` whatever cannot be done now is told so too, not on a page of its own.
    """
    before = len(work.lines)
    try:
        with work.session.begin_nested():
            return act()
    except Malformed as wrong:
        del work.lines[before:]
        return Problems(wrong.problems)
    except told as not_now:
        del work.lines[before:]
        late = Problems({"": str(not_now)})
        late.status = 409
        return late


def attempt_form(work: Work, form: Form[Model], act: Callable[[Model], Done]) -> Done | Problems:
    """Do what a form asks, all or nothing; one that cannot be read does nothing."""
    if form.value is None:
        return Problems(form.problems)
    return attempt(work, partial(act, form.value))


Fields = Annotated[dict[str, str], up_to(100)]

"""Problems as programs read them: application/problem+json (RFC 9457), naming the fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from casemgr.domain.prose import with_capital
from casemgr.errors import CasemgrError, Malformed, WrongMoment

MEDIA_TYPE = "application/problem+json"


class Stale(WrongMoment):
    """The row changed since it was read: the answer carries it as it is now.

    `difference` has each field that was sent and stands otherwise, with both values.
    """

    def __init__(self, current: Mapping[str, Any], sent: Mapping[str, Any] | None = None) -> None:
        self.current = current
        self.difference = {
            name: {"yours": value, "theirs": current[name]}
            for name, value in (sent or {}).items()
            if name in current and current[name] != value
        }
        super().__init__(
            "Somebody else changed this since you read it. `current` is how it stands, "
            "`difference` where yours is another: compare, then send it again with its ETag."
        )


class Unconditional(WrongMoment):
    """A change came without the ETag of what it changes."""

    def __init__(self) -> None:
        super().__init__(
            "Say which version you change: read the record first and send its ETag as If-Match."
        )


class Problem(BaseModel):
    """What went wrong: what was asked, why not, what to do."""

    type: Annotated[str, Field(examples=["urn:casemgr:problem:malformed"])]
    title: Annotated[str, Field(examples=["Unprocessable Content"])]
    status: Annotated[int, Field(examples=[422])]
    detail: Annotated[
        str, Field(examples=["October 31, 2027 is in the future. Give the day it happened."])
    ]
    errors: Annotated[
        dict[str, str],
        Field(
            description="Each field that is wrong, and its sentence.",
            examples=[{"happened_on": "October 31, 2027 is in the future."}],
        ),
    ] = {}


def problem_json(problem: CasemgrError, status: int) -> JSONResponse:
    """Return a problem as application/problem+json; the sentence is the one a page would show."""
    if isinstance(problem, Stale):
        status = 412
    if isinstance(problem, Unconditional):
        status = 428
    body: dict[str, Any] = {
        "type": f"urn:casemgr:problem:{_kind(problem)}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(problem),
    }
    if isinstance(problem, Malformed):
        body["errors"] = problem.problems
    if isinstance(problem, Stale):
        body |= {"current": problem.current, "difference": problem.difference}
    headers = {"WWW-Authenticate": 'Bearer realm="casemgr"'} if status == 401 else None
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


def _kind(problem: CasemgrError) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(problem).__name__).lower()


# --- what pydantic finds, in our words


def malformed(errors: Iterable[Mapping[str, Any]], *, below: int = 0) -> Malformed:
    """Return what pydantic found wrong as one problem; `below` drops leading parts of places."""
    found: dict[str, str] = {}
    for error in errors:
        # Where JSON itself breaks there is no field, only a place in the text.
        parts = () if error["type"] == "json_invalid" else error["loc"][below:]
        place = ".".join(_plain(part) for part in parts)
        found.setdefault(place, sentence(error))
    return Malformed(found)


def sentence(error: Mapping[str, Any]) -> str:
    """Return what is wrong with one value, and what to give instead."""
    context = error.get("ctx", {})
    said = _SENTENCES.get(error["type"])
    if said is not None:
        return said(_shown(error.get("input")), context)
    words = str(context["error"]) if error["type"] == "value_error" else str(error["msg"])
    words = with_capital(words)
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _date(shown: str, _: Mapping[str, Any]) -> str:
    return f"{shown} is not a date. Give it as year-month-day, like 2010-10-29."


def _moment(shown: str, _: Mapping[str, Any]) -> str:
    return f"{shown} is not a moment. Give it with its offset, like 2010-11-09T14:00:00-05:00."


def _says(words: str) -> Callable[[str, Mapping[str, Any]], str]:
    return lambda shown, context: words.format(shown=shown, **context)


_SENTENCES: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "missing": _says("Give this; it is required."),
    "extra_forbidden": _says("There is no such field. Leave it out."),
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "datetime_type": _moment,
    "datetime_parsing": _moment,
    "datetime_from_date_parsing": _moment,
    "timezone_aware": _moment,
    "enum": _says("{shown} is not one of the choices: {expected}."),
    "literal_error": _says("{shown} is not one of the choices: {expected}."),
    "string_type": _says("Give text in quotes."),
    "string_too_short": _says("Give this; it cannot be empty."),
    "string_too_long": _says("This is too long. Give at most {max_length} characters."),
    "string_pattern_mismatch": _says("{shown} does not have the right form ({pattern})."),
    "int_type": _says("Give a whole number, without quotes."),
    "int_parsing": _says("{shown} is not a whole number."),
    "int_parsing_size": _says("This number is too large."),
    "int_from_float": _says("Give a whole number."),
    "bool_type": _says("Give true or false, without quotes."),
    "bool_parsing": _says("{shown} is neither true nor false."),
    "list_type": _says("Give a list."),
    "too_long": _says("Give at most {max_length}."),
    "model_type": _says("Give an object with named fields."),
    "model_attributes_type": _says("Give an object with named fields."),
    "dict_type": _says("Give an object with named fields."),
    "json_invalid": _says("This is not JSON: {error}."),
    "greater_than_equal": _says("{shown} is too small. Give {ge} or more."),
    "less_than_equal": _says("{shown} is too large. Give {le} or less."),
}


def _plain(part: object) -> str:
    return str(part).encode("utf-8", "replace").decode()[:80]


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    cut = text if len(text) <= 60 else f"{text[:57]}..."
    return cut.encode("utf-8", "backslashreplace").decode()


# --- for OpenAPI

_ANSWERS = {
    400: "The request cannot be read at all.",
    401: "Nobody is signed in: send an API token as `Authorization: Bearer …`.",
    403: "You may know of this, but your role cannot do it; the sentence says who can.",
    404: "There is nothing here, or it is not yours to see: the answer is the same.",
    409: "This is the wrong moment: the record is in another state.",
    412: "Somebody else changed it since it was read; `current` is how it stands, `difference` "
    "has each field you sent that stands otherwise.",
    413: "The body is too large.",
    422: "Something in the request is malformed; `errors` names each field.",
    428: "Send the record's ETag as `If-Match`.",
    503: "The database did not answer in time. Try again.",
}


def a_file(described: str, *media_types: str) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI describes an answer that is a file of one of these media types."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"content": dict.fromkeys(media_types, schema), "description": described}}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI describes these refusals."""
    return {
        status: {
            "description": _ANSWERS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }

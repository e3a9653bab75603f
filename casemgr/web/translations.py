"""The English of a declaration in another language, text by text, and who certifies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.responses import Response

from casemgr.db.tables import Declaration, DeclarationVersion, Paragraph, Translation
from casemgr.desk import WorkDep
from casemgr.domain.access import Right, may
from casemgr.errors import Malformed, WrongMoment
from casemgr.usecases import declarations, translations
from casemgr.usecases.translations import TranslationInput
from casemgr.usecases.views import declarations as views
from casemgr.usecases.work import Work
from casemgr.web import speak
from casemgr.web.declaration_editor import LARGEST_TEXT, text_fields
from casemgr.web.page import Problems, attempt_form, page, page_router, read_form, see

router = page_router("/declarations/{declaration_id}/translation")

SAYS = "says-"  # a field for each paragraph, by the paragraph's code
STILL = "still-"  # a box for each text whose words changed: its English is right all the same
LANGUAGES = sorted(translations.LANGUAGES.items(), key=lambda each: each[1])
NOT_AS_SHOWN = "This form is not as it was shown to you. Open the page again, and save from there."
NO_TEXT = "We hold no text of this declaration, so there is nothing to translate. Write it first."

Texts = Annotated[dict[str, str], Depends(text_fields)]


@router.get("")
def show_translation(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Show the newest version beside its English, and the translator's certificate."""
    row, version = _opened(work, declaration_id, Right.READ)
    stands = translations.of(work, version)
    return _shown(http, work, row, version, _typed_again(stands))


@router.post("", max_body_size=LARGEST_TEXT)
def keep_translation(http: Request, work: WorkDep, declaration_id: str, sent: Texts) -> Response:
    """Keep the English and the certificate; one who reads only is told who can."""
    row, version = _opened(work, declaration_id, Right.LOG)
    if sent.get("version_id") != version.id:
        raise WrongMoment("A new version was begun meanwhile. Go back, and translate that one.")
    english = _english(work, version, sent)
    flat = {name: text for name, text in sent.items() if not name.startswith((SAYS, STILL))}
    flat = {name: text for name, text in flat.items() if name not in {"version_id", "seen"}}
    abroad = "true" if flat.pop("abroad", "") else "false"
    form = read_form(TranslationInput, {**flat, "abroad": abroad}, work.today)
    texts = {"paragraphs": english, **_compared(sent)}
    act = partial(_keep, work, version, texts, form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _shown(http, work, row, version, sent, done)
    return see(f"/declarations/{declaration_id}/translation")


def _english(
    work: Work, version: DeclarationVersion, sent: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return what was typed for each paragraph; one that was taken out keeps what it had."""
    stands = translations.of(work, version)
    shown = [each.id for each in declarations.paragraphs_of(work, version)]
    kept = translations.english_of(stands) if stands is not None else {}
    texts = {of_it: says for of_it, says in kept.items() if of_it not in shown}
    texts |= {of_it: sent.get(f"{SAYS}{of_it}", "").strip() for of_it in shown}
    return [{"paragraph_id": of_it, "says": says} for of_it, says in texts.items() if says]


def _compared(sent: Mapping[str, str]) -> dict[str, Any]:
    """Return which words the page showed, and which English was ticked as still right."""
    pairs = (each.partition("=") for each in sent.get("seen", "").split())
    return {
        "seen": {named: words for named, _, words in pairs},
        "still_right": [name.removeprefix(STILL) for name in sent if name.startswith(STILL)],
    }


def _keep(
    work: Work,
    version: DeclarationVersion,
    texts: Mapping[str, Any],
    row_version: int | None,
    given: TranslationInput,
) -> Translation:
    try:
        whole = TranslationInput.model_validate({**given.model_dump(), **texts})
    except ValidationError as wrong:
        place = wrong.errors()[0]["loc"]
        if place[0] != "paragraphs":
            raise Malformed({"seen": NOT_AS_SHOWN}) from wrong
        says = texts["paragraphs"][int(place[1])]["says"] if len(place) > 1 else ""
        raise Malformed(
            {
                "paragraphs": f"The English “{says[:40]} …” is longer than 20,000 signs, or holds "
                "signs that cannot be printed. Shorten it, or type those words again."
            }
        ) from wrong
    stands = translations.of(work, version)
    if stands is None:
        return translations.write_translation(work, version.id, whole)
    return translations.change_translation(work, stands.id, whole, version=row_version)


def _opened(
    work: Work, declaration_id: str, right: Right
) -> tuple[Declaration, DeclarationVersion]:
    row = declarations.opened(work, declaration_id, right)
    version = declarations.newest(work, row.id)
    if version is None:
        raise WrongMoment(NO_TEXT)
    return row, version


def _typed_again(stands: Translation | None) -> dict[str, str]:
    if stands is None:
        return {}
    names = (*TranslationInput.model_fields, "version")
    elsewhere = {"paragraphs", *translations.NOT_COLUMNS}
    typed = {n: speak.typed_again(getattr(stands, n)) for n in names if n not in elsewhere}
    english = translations.english_of(stands)
    return typed | {f"{SAYS}{of_it}": text for of_it, text in english.items()}


def _shown(
    http: Request,
    work: Work,
    row: Declaration,
    version: DeclarationVersion,
    typed: Mapping[str, str],
    problems: Problems | None = None,
) -> Response:
    paragraphs: Sequence[Paragraph] = declarations.paragraphs_of(work, version)
    line = views.look(work, row.id).line
    words = translations.words_of(version, paragraphs)
    shown: dict[str, Any] = {
        "row": row,
        "line": line,
        "text": version,
        "paragraphs": paragraphs,
        "languages": LANGUAGES,
        "language_names": translations.LANGUAGES,
        "stands": translations.of(work, version),
        "states": translations.states(work, version),
        "seen": " ".join(f"{named}={said}" for named, said in words.items()),
        "may_log": may(work.actor.role, Right.LOG) and line.closed_on is None,
        "typed": typed,
        "problems": problems or {},
    }
    status = problems.status if problems else 200
    return page(http, "declaration_translation", work, status=status, **shown)

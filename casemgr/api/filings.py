"""File a declaration: what was found in its papers, a clearance by name, and the package."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Act, Change, Create, Noun
from casemgr.api.problems import a_file, answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.downloads import saved
from casemgr.usecases import filing_checks, filing_packages, translations
from casemgr.usecases.filing_checks import ClearInput
from casemgr.usecases.filing_packages import PackageInput
from casemgr.usecases.filing_parts import Filing

CHECKS = Noun(
    path="filing-checks",
    one="filing check",
    about="What was found in one file of a filing, and who cleared it; other bytes, another check.",
    shape=Shape("FilingCheck", tables.FilingCheck),
    order="checked_at",
    newest_first=True,
    filters={"matter": "matter_id", "declaration": "declaration_id"},
    acts=(
        Act(
            "clearing",
            "clear_filing_check",
            "Clear by name what was found in a file",
            filing_checks.clear,
            ClearInput,
            {"because": "The comment is the agency's own, and it is meant to be seen."},
        ),
    ),
)

TRANSLATIONS = Noun(
    path="translations",
    one="translation",
    about="The English of a declaration in another language, with the translator's certificate.",
    shape=Shape("Translation", tables.Translation),
    filters={"matter": "matter_id", "version": "declaration_version_id"},
    create=Create(
        translations.TranslationInput,
        translations.write_translation,
        {
            "declaration_version_id": "DV-7F3KQ2X8MP",
            "language": "es",
            "opening": "I, Rosa Alvarez, declare:",
            "paragraphs": [{"paragraph_id": "PG-7F3KQ2X8MP", "says": "I asked for the letters."}],
            "translator": "Ben Iyer",
            "competence": "I read and write Spanish and English.",
        },
        parent="declaration_version_id",
    ),
    change=Change(
        translations.TranslationInput,
        translations.change_translation,
        {"competence": "I have translated for courts since 2004."},
    ),
)

NOUNS = (CHECKS, TRANSLATIONS)

router = api_router()


class FilingPart(BaseModel):
    """One file of a filing; `stops` is why it keeps the filing here, empty where it does not."""

    name: str
    title: str
    document_id: str | None
    sha256: str | None
    size: int
    filing_check_id: str | None
    stops: str


class FilingStands(BaseModel):
    """Every file of a filing, what still stops it, and what to know before it is filed.

    `signed_pages`: the main paper is the scan of the signed pages. `can_sign_off` names people.
    """

    declaration_version_id: str
    signed_off: bool
    signed_pages: bool
    can_sign_off: list[str]
    parts: list[FilingPart]
    stops: list[str]
    remarks: list[str]


def _stands(filing: Filing) -> Response:
    parts = [
        FilingPart(
            name=each.name,
            title=each.title,
            document_id=each.document_id,
            sha256=each.sha256,
            size=each.size,
            filing_check_id=each.check.id if each.check else None,
            stops=each.stops,
        )
        for each in filing.parts
    ]
    said = FilingStands(
        declaration_version_id=filing.version.id,
        signed_off=filing.signed_off,
        signed_pages=filing.signed_pages,
        can_sign_off=list(filing.attorneys),
        parts=parts,
        stops=list(filing.stops),
        remarks=list(filing.remarks),
    )
    return Response(said.model_dump_json(), media_type=JSON)


@router.get(
    "/declarations/{id}/filing",
    operation_id="read_filing_package",
    summary="Read what would be filed with a declaration",
    response_model=None,
    responses={200: {"model": FilingStands}, **answers(401, 404, 409, 503)},
)
def read_filing(work: WorkDep, row_id: RowId) -> Response:
    """Read every file of a filing, and what keeps it here."""
    return _stands(filing_checks.gather(work, row_id))


@router.post(
    "/declarations/{id}/filing",
    operation_id="check_filing_package",
    summary="Look through the files of a filing",
    response_model=None,
    responses={200: {"model": FilingStands}, **answers(401, 403, 404, 409, 422, 503)},
)
def check_filing(opens: OpensDep, desk: DeskDep, row_id: RowId) -> Response:
    """Make the paper and look through every file that was not looked through yet."""
    return _stands(filing_checks.check(opens, desk.store, row_id))


@router.post(
    "/declarations/{id}/package",
    operation_id="make_filing_package",
    summary="Make the filing package of a declaration",
    response_class=Response,
    responses={
        **a_file("The package.", "application/zip"),
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def make_package(
    opens: OpensDep,
    desk: DeskDep,
    row_id: RowId,
    given: Annotated[
        PackageInput,
        StrictJson(),
        Body(
            examples=[
                {"served": "Jo Lee; by certified mail; 1 Main Street", "served_by": "Ada Marlowe"}
            ]
        ),
    ],
) -> Response:
    """Return the whole filing as one zip; refused while a file of it is held back."""
    made = filing_packages.make(opens, desk.store, row_id, given)
    return saved(made.data, "application/zip", made.name)

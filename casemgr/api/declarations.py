"""Declarations with their versions, paragraphs and exhibits."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.nouns import Act, Change, Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.access import Right
from casemgr.usecases import (
    declaration_acts,
    declaration_exhibits,
    declaration_versions,
    declarations,
    exhibit_words,
)
from casemgr.usecases.declaration_checks import AcceptInput, FixInput
from casemgr.usecases.declaration_sign_off import SignOffInput
from casemgr.usecases.declaration_signing import FiledInput, SignedInput
from casemgr.usecases.declaration_versions import NameInput, WitnessRead
from casemgr.usecases.views import declaration_standing

DECLARATIONS = Noun(
    path="declarations",
    one="declaration",
    about="A declarant's statement under 28 U.S.C. § 1746, through all its versions.",
    shape=Shape("Declaration", tables.Declaration),
    filters={"matter": "matter_id", "lawsuit": "lawsuit_id", "kind": "kind"},
    create=Create(
        declarations.DeclarationInput,
        declarations.begin_declaration,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "title": "Declaration of Rosa Alvarez",
            "declarant": "Rosa Alvarez",
            "kind": "fact",
        },
        parent="matter_id",
    ),
    change=Change(
        declarations.DeclarationInput,
        declaration_exhibits.change_declaration,
        {"declarant": "R. Alvarez"},
    ),
)

FOUND = {"sha256": "0" * 64}


VERSIONS = Noun(
    path="declaration-versions",
    one="declaration version",
    about="One text of a declaration; frozen once it was sent, signed off or filed.",
    shape=Shape("DeclarationVersion", tables.DeclarationVersion),
    order="number",
    filters={"declaration": "declaration_id"},
    create=Create(
        declarations.VersionInput,
        declaration_versions.begin_version,
        {"declaration_id": "DC-7F3KQ2X8MP", "opening": "I, Rosa Alvarez, declare:"},
        parent="declaration_id",
    ),
    change=Change(
        declarations.VersionInput, declarations.change_version, {"executed_at": "New York, NY"}
    ),
    acts=(
        Act(
            "naming",
            "name_declaration_version",
            "Name a version; its words stand from then on",
            declaration_versions.name_version,
            NameInput,
            {"name": "As sent to Rosa"},
        ),
        Act(
            "sending",
            "send_declaration_version",
            "Send a version to the witness; its words stand from then on",
            declaration_versions.send_for_reading,
        ),
        Act(
            "reading",
            "record_witness_reading",
            "Record that the witness read a version",
            declaration_versions.record_reading,
            WitnessRead,
            {"read_on": "2010-10-29"},
        ),
        Act(
            "numbering",
            "number_paragraphs_again",
            "Number the paragraphs again from 1",
            declaration_acts.number_again,
        ),
        Act(
            "inserting",
            "insert_facts",
            "Add a paragraph for each fact of the record, with its source",
            declaration_acts.insert,
            declaration_acts.InsertInput,
            {"facts": ["event:E-7F3KQ2X8MP"]},
        ),
        Act(
            "fixing",
            "fix_finding",
            "Make the change a finding proposes",
            declaration_acts.fix,
            FixInput,
            FOUND,
        ),
        Act(
            "accepting",
            "accept_finding",
            "Let a finding stand, with the reason",
            declaration_acts.accept,
            AcceptInput,
            {**FOUND, "because": "The name is under seal."},
        ),
        Act(
            "sign-off",
            "sign_off_declaration_version",
            "Sign a version off, exactly as it was read",
            declaration_acts.sign_off,
            SignOffInput,
            {"fingerprint": "0" * 64},
        ),
        Act(
            "signing",
            "keep_signed_pages",
            "Keep the scan of the signed pages beside a version",
            declaration_acts.keep_signed,
            SignedInput,
            {"document_id": "DOC-7F3KQ2X8MP", "executed_on": "2010-10-29"},
        ),
        Act(
            "filing",
            "record_declaration_filing",
            "Record that the signed declaration was filed, and open its dates",
            declaration_acts.record_filing,
            FiledInput,
            {"filed_on": "2010-10-29", "number": 14},
            previews=True,
        ),
    ),
)

PARAGRAPHS = Noun(
    path="paragraphs",
    one="paragraph",
    about="One paragraph of a version; its number is null where the paper itself has none.",
    shape=Shape("Paragraph", tables.Paragraph),
    order="position",
    filters={"version": "declaration_version_id"},
    create=Create(
        declarations.ParagraphInput,
        declarations.add_paragraph,
        {
            "declaration_version_id": "DV-7F3KQ2X8MP",
            "says": "I asked for the letters on February 3, 2010.",
            "number": 2,
        },
        parent="declaration_version_id",
    ),
    change=Change(
        declarations.ParagraphInput, declarations.change_paragraph, {"says": "I asked again."}
    ),
    acts=(
        Act(
            "moving",
            "move_paragraph",
            "Move a paragraph one place up or down",
            declaration_acts.move,
            declaration_acts.MoveInput,
            {"up": True},
        ),
        Act(
            "joining",
            "join_paragraph",
            "Join a paragraph to the one before it",
            declaration_acts.join,
        ),
        Act(
            "dividing",
            "divide_paragraph",
            "Divide a paragraph at its empty lines",
            declaration_acts.divide,
        ),
        Act(
            "taking-out",
            "take_paragraph_out",
            "Take a paragraph out; it can be put back",
            declaration_acts.take_out,
        ),
        Act(
            "putting-back",
            "put_paragraph_back",
            "Put a paragraph back that was taken out",
            declaration_acts.put_back,
        ),
        Act(
            "numbering",
            "number_paragraph",
            "Give a paragraph a number, or none",
            declaration_acts.number_it,
            declaration_acts.NumberedInput,
            {"numbered": True},
        ),
        Act(
            "sources",
            "set_paragraph_sources",
            "Say which facts a paragraph rests on, as they stand today",
            declaration_acts.set_sources,
            declaration_acts.SourcesInput,
            {"facts": ["event:E-7F3KQ2X8MP"]},
        ),
    ),
)

EXHIBITS = Noun(
    path="exhibits",
    one="exhibit",
    about="A document a declaration attaches, by its letter.",
    shape=Shape("Exhibit", tables.Exhibit),
    order="label",
    filters={"declaration": "declaration_id", "document": "document_id"},
    create=Create(
        declaration_exhibits.ExhibitInput,
        declaration_exhibits.attach_exhibit,
        {"declaration_id": "DC-7F3KQ2X8MP", "label": "A", "title": "The agency's letter"},
        parent="declaration_id",
    ),
    change=Change(
        declaration_exhibits.ExhibitInput,
        declaration_exhibits.change_exhibit,
        {"title": "The agency's reply"},
    ),
    acts=(
        Act(
            "taking-out",
            "take_exhibit_out",
            "Take an exhibit out; it can be put back",
            declaration_exhibits.remove_exhibit,
        ),
        Act(
            "putting-back",
            "put_exhibit_back",
            "Attach an exhibit again that was taken out",
            declaration_exhibits.put_exhibit_back,
        ),
    ),
)

ACCEPTED = Noun(
    path="accepted-notes",
    one="accepted note",
    about="Why somebody lets a finding of the checks stand, for as long as its text is the same.",
    shape=Shape("AcceptedNote", tables.AcceptedNote),
    order="accepted_at",
    filters={"matter": "matter_id", "declaration": "declaration_id"},
    acts=(
        Act(
            "taking-back",
            "take_reason_back",
            "Take a reason back; the check asks again",
            declaration_acts.take_back,
        ),
    ),
)

SIGN_OFFS = Noun(
    path="sign-offs",
    one="sign off",
    about="An attorney's word for one version, known by its fingerprint; or that it is void.",
    shape=Shape("SignOff", tables.SignOff),
    order="signed_off_at",
    filters={"matter": "matter_id", "version": "declaration_version_id"},
)

NOUNS = (DECLARATIONS, VERSIONS, PARAGRAPHS, EXHIBITS, ACCEPTED, SIGN_OFFS)

router = api_router()


class FindingOut(BaseModel):
    """What a check found in a version: `sha256` is what accepting or fixing it names."""

    code: str
    severity: str
    paragraph_id: str | None
    paragraph: int | None
    says: str
    fix: str
    fixable: bool
    sha256: str
    accepted_because: str | None


class ChecksOut(BaseModel):
    """The checks of a version, what still stops its sign-off, and its fingerprint.

    `not_compared` are the exhibits in which no words could be read.
    """

    findings: list[FindingOut]
    missing: list[str]
    fingerprint: str
    signed_off: bool
    not_compared: list[str]


class FactOut(BaseModel):
    """One fact of the record, as the sentence a declaration would say."""

    key: str
    kind: str
    says: str


class FactsOut(BaseModel):
    """Every fact of the declaration's matter that it can say."""

    items: list[FactOut]


class WordsOut(BaseModel):
    """Words that stand in both versions, were added, or were removed."""

    kind: str
    says: str


class RowOut(BaseModel):
    """What became of one paragraph: same, changed, added or removed."""

    how: str
    before: int | None
    after: int | None
    words: list[WordsOut]


class ComparedOut(BaseModel):
    """Two versions, paragraph by paragraph."""

    items: list[RowOut]


@router.get(
    "/declaration-versions/{id}/checks",
    operation_id="check_declaration_version",
    summary="See what the checks find in a version, and what its sign-off still wants",
    response_model=None,
    responses={200: {"model": ChecksOut}, **answers(401, 404, 409, 503)},
)
def check_version(opens: OpensDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return what the checks find; 409 where there is no paper to check yet."""
    with opens(reads_only=True) as work:
        _, declaration = declaration_versions.opened(work, row_id, Right.READ)
    exhibit_words.read_new(opens, desk.store, desk.words, declaration.id)
    with opens(reads_only=True) as work:
        now = declaration_standing.standing(work, row_id)
    made = ChecksOut(
        findings=[FindingOut(**each) for each in declaration_standing.findings(now)],
        missing=[each.todo for each in now.lines if each.stops and not each.holds],
        fingerprint=now.content.fingerprint,
        signed_off=now.counts,
        not_compared=list(now.not_compared),
    )
    return Response(made.model_dump_json(), 200, media_type=JSON)


@router.get(
    "/declaration-versions/{id}/comparison",
    operation_id="compare_declaration_versions",
    summary="Compare a version with another one of the same declaration",
    response_model=None,
    responses={200: {"model": ComparedOut}, **answers(401, 404, 422, 503)},
)
def compare_versions(
    work: WorkDep,
    row_id: RowId,
    before: Annotated[
        str, Query(max_length=32, pattern=r"^[A-Za-z0-9-]+$", description="The earlier version.")
    ],
) -> Response:
    """Return what became of each paragraph from the earlier version to this one."""
    rows = declaration_standing.compared(work, before, row_id)
    made = ComparedOut(
        items=[
            RowOut(
                how=each.how,
                before=each.before.number if each.before else None,
                after=each.after.number if each.after else None,
                words=[WordsOut(**asdict(one)) for one in each.words],
            )
            for each in rows
        ]
    )
    return Response(made.model_dump_json(), 200, media_type=JSON)


@router.get(
    "/declarations/{id}/facts",
    operation_id="list_declaration_facts",
    summary="List what the record has to say to a declaration",
    response_model=None,
    responses={200: {"model": FactsOut}, **answers(401, 404, 503)},
)
def list_facts(work: WorkDep, row_id: RowId) -> Response:
    """Return every fact of the matter as a ready sentence; `inserting` takes their keys."""
    found = declaration_standing.facts(work, row_id)
    made = FactsOut(items=[FactOut(key=each.key, kind=each.kind, says=each.says) for each in found])
    return Response(made.model_dump_json(), 200, media_type=JSON)

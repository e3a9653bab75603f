"""Declarations with their versions, paragraphs and exhibits."""

from __future__ import annotations

from casemgr.api.nouns import Change, Create, Noun
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.usecases import declaration_exhibits, declaration_versions, declarations

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
        declarations.DeclarationInput, declarations.change_declaration, {"declarant": "R. Alvarez"}
    ),
)

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
)

NOUNS = (DECLARATIONS, VERSIONS, PARAGRAPHS, EXHIBITS)

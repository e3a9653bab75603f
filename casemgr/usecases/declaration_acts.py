"""What programs do to declarations: the acts of the pages, one input each, and a row back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casemgr.db.tables import AcceptedNote, DeclarationVersion, Paragraph
from casemgr.fields import Code, Input
from casemgr.usecases import (
    declaration_checks,
    declaration_editing,
    declaration_facts,
    declaration_sign_off,
    declaration_signing,
    declaration_typing,
    declaration_versions,
)
from casemgr.usecases.declaration_checks import AcceptInput, FixInput
from casemgr.usecases.declaration_facts import MOST_AT_ONCE
from casemgr.usecases.declaration_sign_off import SignOffInput
from casemgr.usecases.declaration_signing import FiledInput, SignedInput
from casemgr.usecases.work import Work

Keys = Annotated[
    list[Annotated[str, Field(min_length=3, max_length=60, pattern=r"^[a-z_]+:[A-Za-z0-9-]+$")]],
    Field(max_length=MOST_AT_ONCE),
]


class MoveInput(Input):
    """Whether a paragraph goes one place up; else one place down."""

    up: bool


class NumberedInput(Input):
    """Whether a paragraph has a number."""

    numbered: bool


class SourcesInput(Input):
    """The facts a paragraph rests on, by their keys."""

    facts: Keys


class InsertInput(Input):
    """The facts to add paragraphs for, by their keys, and below which paragraph."""

    facts: Keys
    after_id: Code | None = None


def move(work: Work, paragraph_id: str, given: MoveInput) -> Paragraph:
    """Move a paragraph one place; at the end of the paper it stays where it is."""
    return declaration_editing.move(work, paragraph_id, up=given.up)


def join(work: Work, paragraph_id: str) -> Paragraph:
    """Join a paragraph to the one before it. The answer is the one that was joined, taken out."""
    declaration_editing.join_with_previous(work, paragraph_id)
    return declaration_typing.opened(work, paragraph_id)[0]


def divide(work: Work, paragraph_id: str) -> Paragraph:
    """Divide a paragraph at its empty lines; its sources stay with every part."""
    return declaration_editing.split_paragraph(work, paragraph_id)[0]


def take_out(work: Work, paragraph_id: str) -> Paragraph:
    """Take a paragraph out of a draft; it stays readable and can be put back."""
    return declaration_editing.take_out(work, paragraph_id)


def put_back(work: Work, paragraph_id: str) -> Paragraph:
    """Put a paragraph back that was taken out, at the end."""
    return declaration_editing.put_back(work, paragraph_id)


def number_it(work: Work, paragraph_id: str, given: NumberedInput) -> Paragraph:
    """Give a paragraph a number, or let it stand without one."""
    return declaration_editing.number_it(work, paragraph_id, numbered=given.numbered)


def set_sources(work: Work, paragraph_id: str, given: SourcesInput) -> Paragraph:
    """Say which facts a paragraph rests on, as they stand today; what it says stays."""
    return declaration_facts.set_sources(work, paragraph_id, given.facts)


def number_again(work: Work, version_id: str) -> DeclarationVersion:
    """Number the paragraphs of a draft again from 1; those without a number stay without."""
    return declaration_editing.number_again(work, version_id)


def insert(work: Work, version_id: str, given: InsertInput) -> DeclarationVersion:
    """Add a paragraph for each fact, with its source; a document becomes an exhibit."""
    declaration_facts.insert(work, version_id, given.facts, after_id=given.after_id)
    return _version(work, version_id)


def fix(work: Work, version_id: str, given: FixInput) -> DeclarationVersion:
    """Make the change that a finding proposes, where it is safe."""
    declaration_checks.fix(work, version_id, given)
    return _version(work, version_id)


def accept(work: Work, version_id: str, given: AcceptInput) -> DeclarationVersion:
    """Let a finding stand, with the reason. A problem may stand only by an attorney's word."""
    declaration_checks.accept(work, version_id, given)
    return _version(work, version_id)


def take_back(work: Work, note_id: str) -> AcceptedNote:
    """Take a reason back; the check asks again."""
    return declaration_checks.take_back(work, note_id)


def sign_off(work: Work, version_id: str, given: SignOffInput) -> DeclarationVersion:
    """Sign the newest version off, exactly as it was read; its words stand from then on."""
    declaration_sign_off.sign_off(work, version_id, given)
    return _version(work, version_id)


def keep_signed(work: Work, version_id: str, given: SignedInput) -> DeclarationVersion:
    """Keep the scan of the signed pages beside the version that was signed off."""
    return declaration_signing.keep_signed(work, version_id, given)


def record_filing(work: Work, version_id: str, given: FiledInput) -> DeclarationVersion:
    """Record that the signed declaration was filed: a docket entry, and every date it opens."""
    declaration_signing.record_filing(work, version_id, given)
    return _version(work, version_id)


def _version(work: Work, version_id: str) -> DeclarationVersion:
    return declaration_versions.opened(work, version_id)[0]

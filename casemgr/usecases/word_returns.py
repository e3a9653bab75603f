"""A declaration edited in Word comes back: kept as it came, compared, and taken over in parts.

Nothing of the file counts until somebody accepts it, paragraph by paragraph. What is accepted
becomes a new version; references to exhibits that still print the same stay references.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from casemgr.db import doors
from casemgr.db.tables import Declaration, DeclarationVersion, Document, Paragraph
from casemgr.domain.access import Right
from casemgr.domain.declaration_compare import Row, Side, compare
from casemgr.domain.declaration_tables import parted, with_table
from casemgr.domain.declaration_text import TOKEN, Names, printed
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.files.kinds import Upload
from casemgr.files.store import Store
from casemgr.letters.returned import Returned, ReturnedText
from casemgr.usecases import (
    declaration_content,
    declaration_exhibits,
    declaration_versions,
    declarations,
    documents,
    records,
    word_return_reading,
)
from casemgr.usecases.declarations import MOST_PARAGRAPHS, TAKEN_OUT
from casemgr.usecases.documents import DocumentInput
from casemgr.usecases.letters import Opens
from casemgr.usecases.work import Work

KIND = "returned declaration"
ASIDE = 2 * TAKEN_OUT  # where paragraphs wait while others take their places


@dataclass(frozen=True)
class Change:
    """One paragraph side by side; `place` is what a form calls it."""

    place: int
    row: Row


@dataclass(frozen=True)
class Comparison:
    """A file that came back beside the version it is compared with."""

    declaration: Declaration
    version: DeclarationVersion
    document: Document
    opening: Row | None  # None where it opens as it did
    changes: tuple[Change, ...]
    told: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Return what names this very comparison: other words on either side, another one."""
        said = repr([self.version.id, self.opening, self.changes])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def open(self) -> tuple[Change, ...]:
        """Return the changes somebody must accept or refuse."""
        return tuple(each for each in self.changes if each.row.how != "same")


def take_back(work: Work, declaration_id: str, store: Store, upload: Upload) -> Document:
    """Keep a Word file that came back, as it came; it changes nothing by itself."""
    row = doors.declaration(work.session, work.actor, declaration_id, Right.LOG, work.today)
    if not upload.name.lower().endswith(".docx"):
        raise Malformed({"file": "Bring the declaration as a Word file: its name ends in .docx."})
    given = DocumentInput(title=f"{row.title}, back from Word"[:300], kind=KIND)
    return documents.add_document(work, row.matter_id, given, store, upload)


def read(store: Store, document: Document) -> ReturnedText:
    """Read a kept file in the cage; Malformed where there is no testimony in it."""
    if document.sha256 is None:
        raise NotFound
    return word_return_reading.read_caged(store.read(document.sha256))


def look(opens: Opens, store: Store, declaration_id: str, document_id: str) -> Comparison:
    """Compare a file that came back with the newest version of its declaration."""
    with opens(reads_only=True) as work:
        _, document = _opened(work, declaration_id, document_id, Right.READ)
    text = read(store, document)
    with opens(reads_only=True) as work:
        row, document = _opened(work, declaration_id, document_id, Right.READ)
        return _compared(work, row, document, text)


def accept(
    opens: Opens,
    store: Store,
    declaration_id: str,
    document_id: str,
    accepted: frozenset[int],
    *,
    fingerprint: str,
    opening: bool = False,
) -> DeclarationVersion:
    """Begin a new version with the changes that were accepted; the others stay as they were.

    `accepted` names them by their place in the comparison that `fingerprint` names; where either
    side changed since, nothing is taken over.
    """
    with opens(reads_only=True) as work:
        _, document = _opened(work, declaration_id, document_id, Right.LOG)
    text = read(store, document)
    with opens() as work:
        row, document = _opened(work, declaration_id, document_id, Right.LOG)
        seen = _compared(work, row, document, text)
        if seen.fingerprint != fingerprint:
            raise WrongMoment(
                "The declaration changed since you compared it. Nothing was taken over: compare "
                "the file with it again."
            )
        if not accepted & {each.place for each in seen.open} and not (opening and seen.opening):
            raise Malformed({"": "Nothing was accepted, so there is no new version to make."})
        return _taken_over(work, seen, text, accepted, opening=opening)


# --- comparing


def _opened(
    work: Work, declaration_id: str, document_id: str, right: Right
) -> tuple[Declaration, Document]:
    row = doors.declaration(work.session, work.actor, declaration_id, right, work.today)
    document = doors.document(work.session, work.actor, document_id, right, work.today)
    if document.matter_id != row.matter_id or document.kind != KIND:
        raise NotFound
    return row, document


def _compared(work: Work, row: Declaration, document: Document, text: ReturnedText) -> Comparison:
    version = declarations.newest(work, row.id)
    if version is None:
        raise WrongMoment("We hold no text of this declaration to compare with.")
    paragraphs = declarations.paragraphs_of(work, version)
    names = _names(work, row, paragraphs)
    before = [Side(each.number, plain(_words(each, names))) for each in paragraphs]
    after = [Side(n, each.says) for n, each in _numbered(text.paragraphs)]
    opened = plain(printed(version.opening, names))
    changed = bool(version.opening) and text.opening != opened
    return Comparison(
        declaration=row,
        version=version,
        document=document,
        opening=compare([Side(None, opened)], [Side(None, text.opening)])[0] if changed else None,
        changes=tuple(Change(n, each) for n, each in enumerate(compare(before, after), 1)),
        told=text.told,
    )


def _words(paragraph: Paragraph, names: Names) -> str:
    """Return what a paragraph says without its table, which stays ours: Word's is not read."""
    return parted(printed(paragraph.says, names))[0]


def plain(says: str) -> str:
    """Return a paragraph as it reads on one line, the way it comes back from Word."""
    return " ".join(says.split())


def _names(work: Work, row: Declaration, paragraphs: Sequence[Paragraph]) -> Names:
    exhibits = declaration_exhibits.exhibits_of(work, row.id)
    return declaration_content.names_of(paragraphs, exhibits)


def _numbered(paragraphs: Sequence[Returned]) -> list[tuple[int | None, Returned]]:
    found: list[tuple[int | None, Returned]] = []
    count = 0
    for each in paragraphs:
        count += each.numbered
        found.append((count if each.numbered else None, each))
    return found


# --- taking over


@dataclass(frozen=True)
class _Meant:
    """A paragraph of the new version: the copied row it is, if any, and what it will say."""

    row: Paragraph | None
    says: str
    numbered: bool
    heading: str


def _taken_over(
    work: Work, seen: Comparison, text: ReturnedText, accepted: frozenset[int], *, opening: bool
) -> DeclarationVersion:
    new = declaration_versions.begin_again(work, seen.declaration.id)
    if opening and seen.opening is not None:
        new.opening = text.opening
        records.keep(work, new)
    copied = declarations.paragraphs_of(work, new)
    names = _names(work, seen.declaration, copied)
    meant = _meant(seen, text, accepted, copied, names)
    if not meant:
        raise Malformed({"": "Nothing would be left of the declaration. Refuse some changes."})
    if len(meant) > MOST_PARAGRAPHS:
        raise Malformed(f"A declaration has {MOST_PARAGRAPHS:,} paragraphs at most. Divide it.")
    _lay(work, new, copied, meant)
    says = f"{len(accepted)} of {len(seen.open)} changes accepted, version {new.number}"
    work.record("declaration.returned", seen.declaration, title=seen.declaration.title, says=says)
    return new


def _meant(
    seen: Comparison,
    text: ReturnedText,
    accepted: frozenset[int],
    copied: Sequence[Paragraph],
    names: Names,
) -> list[_Meant]:
    """Go down both texts at once: every row of the comparison uses up its side of each."""
    old, new = iter(copied), iter(text.paragraphs)
    found: list[_Meant] = []
    for change in seen.changes:
        was = next(old) if change.row.before is not None else None
        comes = next(new) if change.row.after is not None else None
        yes = change.place in accepted
        if was is not None and (comes is None or not yes or change.row.how == "same"):
            if comes is not None or not yes:
                found.append(_Meant(was, was.says, was.number is not None, was.heading))
        elif comes is not None and yes:
            says = _with_references(comes.says, was, names)
            says = with_table(says, parted(was.says)[1] if was else None)
            heading = comes.heading or (was.heading if was else "")
            found.append(_Meant(was, says, comes.numbered, heading[:200]))
    return found


def _with_references(says: str, was: Paragraph | None, names: Names) -> str:
    """Return new words in which exhibits that are printed as before are references again."""
    for token in TOKEN.finditer(was.says if was else ""):
        as_printed = printed(token[0], names)
        if token["kind"].lower() == "ex" and says.count(as_printed) == 1:
            says = says.replace(as_printed, token[0])
    return says


def _lay(
    work: Work,
    version: DeclarationVersion,
    copied: Sequence[Paragraph],
    meant: Sequence[_Meant],
) -> None:
    """Put the paragraphs in their order; no place may be taken twice meanwhile."""
    kept = {each.row.id for each in meant if each.row is not None}
    for place, row in enumerate(copied, 1):
        row.removed = row.id not in kept
        row.position = place + (TAKEN_OUT if row.removed else ASIDE)
    work.session.flush()
    count = 0
    for place, each in enumerate(meant, 1):
        count += each.numbered
        row = each.row or Paragraph(declaration_version_id=version.id, position=place, says="")
        row.position, row.says, row.heading = place, each.says, each.heading
        row.number = count if each.numbered else None
        work.session.add(row)
    work.session.flush()

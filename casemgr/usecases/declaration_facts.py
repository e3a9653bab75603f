"""What the record has to say to a declaration: ready sentences, each with where it comes from.

A paragraph keeps its sources: what kind of record, which one, what it is called, and a fingerprint
of the fact as it stood. When the record changes, the paragraph is stale, and says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.tables import (
    Agency,
    Deadline,
    Declaration,
    DocketEntry,
    Document,
    Event,
    Exhibit,
    Paragraph,
    Track,
)
from casemgr.domain import declaration_sentences as sentences
from casemgr.domain.prose import long_day
from casemgr.errors import Malformed
from casemgr.usecases import (
    declaration_editing,
    declaration_exhibits,
    declaration_typing,
    declarations,
    delay,
    delay_table,
    records,
)
from casemgr.usecases.declaration_exhibits import ExhibitInput
from casemgr.usecases.work import Work

MOST_AT_ONCE = 100
OFFERED = frozenset({"event", "docket_entry", "document", "track", "chronology"})


@dataclass(frozen=True)
class Fact:
    """One fact of the record: its ready sentence, and what it is called as a source."""

    kind: str
    id: str
    called: str
    says: str
    sha256: str

    @property
    def key(self) -> str:
        """Return what names it in a form: `event:E-7F3KQ2X8MP`."""
        return f"{self.kind}:{self.id}"

    @property
    def source(self) -> dict[str, str]:
        """Return it as a paragraph keeps it."""
        return {"kind": self.kind, "id": self.id, "says": self.called, "sha256": self.sha256}


@dataclass(frozen=True)
class Stale:
    """A source whose fact is not what it was; `now` is the sentence today, empty if it is gone."""

    paragraph_id: str
    called: str
    now: str


def facts(work: Work, matter_id: str) -> dict[str, Fact]:
    """Return every fact of a matter that was opened that a declaration can say, by its key."""
    found = [
        *_chronologies(work, matter_id),
        *_clocks(work, matter_id),
        *_events(work, matter_id),
        *_entries(work, matter_id),
        *_documents(work, matter_id),
    ]
    return {each.key: each for each in found}


def insert(
    work: Work, version_id: str, keys: Sequence[str], *, after_id: str | None = None
) -> list[Paragraph]:
    """Add a paragraph for each fact, below a paragraph or at the end, each with its source.

    A document becomes an exhibit with the sentence that attaches it.
    """
    _, declaration = declarations.unfrozen(work, version_id)
    known = facts(work, declaration.matter_id)
    added: list[Paragraph] = []
    for fact in _chosen(keys, known):
        row = declaration_editing.add_below(
            work,
            version_id,
            _attached(work, declaration, fact) if fact.kind == "document" else fact.says,
            after_id=after_id,
            sources=[fact.source],
        )
        added.append(row)
        after_id = row.id
    declaration_exhibits.letter_again(work, declaration)
    return added


def set_sources(work: Work, paragraph_id: str, keys: Sequence[str]) -> Paragraph:
    """Say which facts a paragraph rests on, as they stand today; what it says stays.

    Sources of a kind that is not offered here, such as the lawsuit of a drafted one, stay too.
    """
    row, _, declaration = declaration_typing.opened(work, paragraph_id)
    known = facts(work, declaration.matter_id)
    kept = {_key(each): each for each in row.sources if _key(each) not in known}
    chosen = _chosen([key for key in keys if key not in kept], known)
    row.sources = [
        each for key, each in kept.items() if key in keys or each.get("kind") not in OFFERED
    ] + [fact.source for fact in chosen]
    records.keep(work, row)
    title = f"{declaration.title}, sources of ¶ {row.position}"
    work.record("declaration.changed", declaration, title=title)
    return row


def stale(paragraphs: Iterable[Paragraph], known: Mapping[str, Fact]) -> list[Stale]:
    """Return the sources whose fact was changed or taken back since the paragraph was written.

    A source kept without a fingerprint was never compared and is never stale.
    """
    found = []
    for row in paragraphs:
        for source in row.sources:
            fact = known.get(_key(source))
            if source.get("sha256") and (fact is None or fact.sha256 != source["sha256"]):
                called = source.get("says") or source.get("kind", "")
                found.append(Stale(row.id, called, fact.says if fact else ""))
    return found


def _key(source: Mapping[str, str]) -> str:
    return f"{source.get('kind', '')}:{source.get('id', '')}"


def _chosen(keys: Sequence[str], known: Mapping[str, Fact]) -> list[Fact]:
    if len(keys) > MOST_AT_ONCE:
        raise Malformed({"fact": f"Choose {MOST_AT_ONCE} facts at most at once."})
    if missing := [key for key in keys if key not in known]:
        raise Malformed({"fact": f"There is no such fact on this matter: {missing[0][:60]}."})
    return [known[key] for key in dict.fromkeys(keys)]


def _attached(work: Work, declaration: Declaration, fact: Fact) -> str:
    """Return the sentence that attaches a document, which becomes an exhibit if it is none yet."""
    held = work.session.exec(
        select(Exhibit).where(
            Exhibit.declaration_id == declaration.id,
            Exhibit.document_id == fact.id,
            col(Exhibit.removed).is_(False),
        )
    ).first()
    given = ExhibitInput(title=fact.called, document_id=fact.id)
    exhibit = held or declaration_exhibits.attach_exhibit(work, declaration.id, given)
    document = work.session.get_one(Document, fact.id)
    token = f"{{Ex:{exhibit.name or exhibit.label}}}"
    return sentences.of_document(document.title, document.dated_on, token)


def _fact(kind: str, row_id: str, called: str, says: str, *basis: object) -> Fact:
    rests_on = "\n".join(str(each) for each in basis) or says
    digest = hashlib.sha256(f"{kind}\n{rests_on}".encode()).hexdigest()
    return Fact(kind, row_id, called[:200], says, digest)


# --- what there is to say


def _events(work: Work, matter_id: str) -> Iterator[Fact]:
    found = work.session.execute(
        sa.select(Event, col(Agency.name))
        .outerjoin(Track, col(Track.id) == col(Event.track_id))
        .outerjoin(Agency, col(Agency.id) == col(Track.agency_id))
        .where(
            col(Event.matter_id) == matter_id,
            col(Event.known_on) <= work.today,
            sa.or_(col(Event.withdrawn_on).is_(None), col(Event.withdrawn_on) > work.today),
        )
        .order_by(col(Event.happened_on), col(Event.id))
    )
    for row, agency in found:
        says = sentences.of_event(
            row.kind,
            row.happened_on,
            row.certainty,
            agency=_the(agency),
            outcome=row.outcome,
            whom=row.with_whom,
            says=row.says,
        )
        called = f"{row.kind.value.replace('_', ' ')}, {long_day(row.happened_on)}"
        yield _fact("event", row.id, called, says, says, row.says)


def _entries(work: Work, matter_id: str) -> Iterator[Fact]:
    found = work.session.exec(
        select(DocketEntry)
        .where(DocketEntry.matter_id == matter_id, col(DocketEntry.known_on) <= work.today)
        .order_by(col(DocketEntry.filed_on), col(DocketEntry.number), col(DocketEntry.id))
    )
    for row in found:
        cited = f"Dkt. {row.number}" if row.number else ""
        says = sentences.of_entry(row.kind, row.filed_by, row.filed_on, cited)
        called = cited or f"docket, {long_day(row.filed_on)}"
        yield _fact("docket_entry", row.id, called, says, says, row.says)


def _documents(work: Work, matter_id: str) -> Iterator[Fact]:
    found = work.session.exec(
        select(Document)
        .where(Document.matter_id == matter_id, col(Document.known_on) <= work.today)
        .order_by(col(Document.dated_on), col(Document.title), col(Document.id))
    )
    for row in found:
        says = sentences.of_document(row.title, row.dated_on, "an exhibit")
        yield _fact("document", row.id, row.title, says, says, row.sha256)


def _clocks(work: Work, matter_id: str) -> Iterator[Fact]:
    """Yield the delay of each component, as its clock proves it."""
    tracks = work.session.execute(
        sa.select(Track, Agency)
        .join(Agency, col(Agency.id) == col(Track.agency_id))
        .where(col(Track.matter_id) == matter_id, col(Track.known_on) <= work.today)
        .order_by(col(Agency.name), col(Track.id))
    ).all()
    for track, agency in tracks:
        for said in delay.of_track(work, track, agency):
            due = work.session.get_one(Deadline, said.sources[0]["id"])
            open_still = "shows no determination" in said.says
            told = said.says.partition(". ")[0] if open_still else said.says
            basis = (due.due, due.earliest, due.latest, due.certain, told)
            called = f"clock of {agency.short_name or agency.name}"
            # A clock is superseded by a new row: what lasts is the track it runs on.
            yield _fact("track", track.id, called, said.says, *basis)


def _chronologies(work: Work, matter_id: str) -> Iterator[Fact]:
    """Yield the delay of every component of a request, in one table."""
    for table in delay_table.of_matter(work, matter_id):
        called = f"delay on the request {table.of}"
        yield _fact("chronology", table.request.id, called, table.says, *table.basis)


def _the(agency: str | None) -> str:
    return agency or "the agency"

"""Make papers from facts: gather, render outside any transaction, keep what was made with both.

An unchanged paper is never rendered twice: the facts' hash finds the one already kept. A Word file
is made when it is first asked for, from the very page the PDF was printed from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Blob, Letter
from casemgr.domain.access import Right
from casemgr.domain.words import LetterKind
from casemgr.errors import NotFound
from casemgr.files.store import Store
from casemgr.letters import facts as paper_facts
from casemgr.letters.render import Rendered, in_word, render
from casemgr.usecases import declaration_content, office_templates, papers
from casemgr.usecases.work import Work

# Until an attorney has released it, a letter says on every page that nobody has.
NOT_RELEASED = "DRAFT – not released"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Opens(Protocol):
    """Opens a piece of work for one person, as often as a use case needs."""

    def __call__(self, *, reads_only: bool = False) -> AbstractContextManager[Work]: ...


@dataclass(frozen=True)
class Paper:
    """A paper about to be made: its facts, and the rows it belongs to."""

    kind: LetterKind
    title: str
    facts: paper_facts.Paper
    matter_id: str
    draft: str = ""
    track_id: str | None = None
    declaration_version_id: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)  # the office's own templates

    @property
    def templates(self) -> bytes:
        """Return the office's own templates as they are kept; nothing where it uses ours."""
        if not self.sources:
            return b""
        return json.dumps(self.sources, sort_keys=True, ensure_ascii=False).encode()

    @property
    def template_sha256(self) -> str | None:
        """Return the name of the office's own templates among the bytes kept, or None."""
        return hashlib.sha256(self.templates).hexdigest() if self.sources else None

    @property
    def facts_hash(self) -> str:
        """Return the SHA-256 over kind, draft mark and facts."""
        said = json.dumps(
            [self.kind, self.title, self.draft, self.facts.plain()],
            sort_keys=True,
            default=str,
            ensure_ascii=False,
        )
        return hashlib.sha256(said.encode()).hexdigest()


Gather = Callable[[Work], Paper]


def make(opens: Opens, store: Store, gather: Gather) -> tuple[Letter, bytes]:
    """Return the letter for what `gather` says, made now unless it was made before."""
    with opens(reads_only=True) as work:
        paper = with_own_templates(work, gather(work))
        made_before = kept(work, paper)
    if made_before is not None:
        return made_before, store.read(made_before.sha256)
    made = printed(store, paper)
    with opens() as work:
        return keep(work, paper, made), made.pdf


def printed(store: Store, paper: Paper) -> Rendered:
    """Make a paper and keep its bytes, with the page it was printed from; in no transaction."""
    made = render(
        paper.facts.TEMPLATE,
        paper.facts.plain(),
        title=paper.title,
        draft=paper.draft or None,
        sources=paper.sources,
    )
    if paper.sources:
        store.keep(paper.templates)
    store.keep(made.pdf)
    store.keep(made.html.encode())
    return made


def with_own_templates(work: Work, paper: Paper) -> Paper:
    """Return a paper with the office's own templates that are approved for it today."""
    return replace(paper, sources=office_templates.sources_for(work, paper.facts.TEMPLATE))


def kept(work: Work, paper: Paper) -> Letter | None:
    """Return the letter that was made of these facts and templates before, or None."""
    doors.matter(work.session, work.actor, paper.matter_id, Right.READ, work.today)
    return work.session.exec(
        select(Letter)
        .where(
            Letter.matter_id == paper.matter_id,
            Letter.facts_hash == paper.facts_hash,
            col(Letter.template_sha256).is_not_distinct_from(paper.template_sha256),
            col(Letter.known_on) <= work.today,
        )
        .limit(1)
    ).one_or_none()


def keep(work: Work, paper: Paper, made: Rendered) -> Letter:
    """Keep the row of a paper that was made; one that is kept already stays as it is."""
    # The actor's powers are asked again: a wall may have gone up while the paper was made.
    if (twin := kept(work, paper)) is not None:
        return twin
    _keep_blob(work, made.sha256, made.pdf, PDF)
    page = made.html.encode()
    page_sha256 = hashlib.sha256(page).hexdigest()
    _keep_blob(work, page_sha256, page, "text/html")
    if paper.template_sha256 is not None:
        _keep_blob(work, paper.template_sha256, paper.templates, "application/json")
    letter = Letter(
        matter_id=paper.matter_id,
        track_id=paper.track_id,
        declaration_version_id=paper.declaration_version_id,
        kind=paper.kind,
        title=paper.title,
        template_version=made.template_version,
        template_sha256=paper.template_sha256,
        facts=json.loads(json.dumps(paper.facts.plain(), default=str)),
        facts_hash=paper.facts_hash,
        sha256=made.sha256,
        page_sha256=page_sha256,
        pages=made.pages,
        made_by=work.actor.id,
        made_at=work.now,
        known_on=work.today,
    )
    work.session.add(letter)
    work.session.flush()
    work.record("letter.made", letter, title=letter.title)
    return letter


def _keep_blob(work: Work, sha256: str, data: bytes, media_type: str) -> None:
    if work.session.get(Blob, sha256) is None:
        work.session.add(Blob(sha256=sha256, size=len(data), media_type=media_type))
        work.session.flush()


def declaration(declaration_id: str, version_id: str | None = None) -> Gather:
    """Return what gathers a declaration in the form of its court, in its newest version if none."""

    def gather(work: Work) -> Paper:
        row, version, facts = declaration_content.to_print(work, declaration_id, version_id)
        return Paper(
            LetterKind.DECLARATION,
            row.title,
            facts,
            row.matter_id,
            draft=declaration_content.mark(work, version),
            declaration_version_id=version.id,
        )

    return gather


def request_letter(track_id: str) -> Gather:
    """Return what gathers the request letter to one component."""

    def gather(work: Work) -> Paper:
        track, facts = papers.request_letter(work, track_id)
        title = f"Request to {facts.component}: {facts.subject}"
        return Paper(
            LetterKind.FOIA_REQUEST,
            title[:300],
            facts,
            track.matter_id,
            draft=NOT_RELEASED,
            track_id=track.id,
        )

    return gather


def deadline_report(matter_id: str, office: str) -> Gather:
    """Return what gathers the deadline report of a matter as of today."""

    def gather(work: Work) -> Paper:
        matter, facts = papers.deadline_report(work, matter_id, office)
        title = f"Deadlines of {matter.title} as of {work.today.isoformat()}"
        return Paper(LetterKind.DEADLINE_REPORT, title[:300], facts, matter.id)

    return gather


def deadline_proof(deadline_id: str, office: str) -> Gather:
    """Return what gathers the one-page proof of a deadline."""

    def gather(work: Work) -> Paper:
        row, facts = papers.deadline_proof(work, deadline_id, office)
        return Paper(LetterKind.DEADLINE_PROOF, f"Proof: {row.title}"[:300], facts, row.matter_id)

    return gather


def opened(work: Work, store: Store, letter_id: str) -> tuple[Letter, bytes]:
    """Return a kept letter's bytes to somebody who may read it; who opened it is noted."""
    letter = doors.letter(work.session, work.actor, letter_id, Right.READ, work.today)
    data = store.read(letter.sha256)
    work.record("letter.opened", letter, title=letter.title)
    return letter, data


def opened_in_word(opens: Opens, store: Store, letter_id: str) -> tuple[Letter, bytes]:
    """Return a kept letter as an editable Word file; who opened it is noted.

    It is made when somebody first asks for it, outside any transaction, and kept from then on.
    """
    with opens(reads_only=True) as work:
        letter = doors.letter(work.session, work.actor, letter_id, Right.READ, work.today)
    if letter.word_sha256 is None and letter.page_sha256 is None:
        raise NotFound
    data = _word_of(store, letter)
    with opens() as work:
        # The actor's powers are asked again: a wall may have gone up while the file was made.
        letter = doors.letter(work.session, work.actor, letter_id, Right.READ, work.today)
        if letter.word_sha256 is None:
            word_sha256 = hashlib.sha256(data).hexdigest()
            _keep_blob(work, word_sha256, data, WORD)
            # Of two who ask for it at once both are given it: it is the same file.
            work.session.execute(
                sa.update(Letter)
                .where(col(Letter.id) == letter.id, col(Letter.word_sha256).is_(None))
                .values(word_sha256=word_sha256)
            )
        work.record("letter.opened", letter, title=letter.title)
    return letter, data


def _word_of(store: Store, letter: Letter) -> bytes:
    if letter.word_sha256 is not None:
        return store.read(letter.word_sha256)
    assert letter.page_sha256 is not None
    made = in_word(store.read(letter.page_sha256).decode())
    store.keep(made)
    return made

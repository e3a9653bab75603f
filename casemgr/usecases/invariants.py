"""Everything that must always be true of an office, checked at once and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import soundness
from casemgr.db.soundness import MOST, Counted
from casemgr.db.tables import Blob, Deadline
from casemgr.domain.chain import Head
from casemgr.domain.deadlines import Derived
from casemgr.domain.proofs import read_proof
from casemgr.domain.words import DeadlineKind
from casemgr.errors import LawError
from casemgr.files.store import Store
from casemgr.law.reader import Law
from casemgr.law.verify import verify
from casemgr.usecases.seal import check_seal
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Found:
    """What was checked, how much of it, and a sentence for each thing that is wrong."""

    what: str
    looked_at: int
    wrong: tuple[str, ...] = ()


def check_all(work: Work, store: Store, kept: Sequence[Head]) -> list[Found]:
    """Check every invariant of an office; nothing is changed."""
    of_rows: dict[str, Callable[[], Counted]] = {
        "references lead to rows": lambda: soundness.references(work.session),
        soundness.indexes_said(work.session): lambda: soundness.indexes(work.session),
        "rows that people edit have versions": lambda: soundness.versions(work.session),
        "records stay on their matter": lambda: soundness.matters(work.session),
        "one current row a deadline": lambda: soundness.current_deadlines(work.session),
        "dates are what was derived": lambda: dates(work),
        "proofs are intact and recount": lambda: proofs(work),
        "reminders are of open deadlines": lambda: soundness.reminders(work.session, work.today),
        "duties have somebody who will be there": lambda: soundness.duties(
            work.session, work.today
        ),
        "documents match their SHA-256": lambda: documents(work, store),
        "the history's seal holds": lambda: seal(work, kept),
    }
    return [_found(what, *check()) for what, check in of_rows.items()]


def _found(what: str, looked_at: int, wrong: Sequence[str]) -> Found:
    return Found(what, looked_at, tuple(wrong))


def seal(work: Work, kept: Sequence[Head]) -> Counted:
    """Follow the history's chain, against the heads kept elsewhere."""
    checked = check_seal(work, kept)
    return checked.last.seq, [] if checked.holds else [checked.says]


# --- deadlines


def dates(work: Work) -> Counted:
    """Check each deadline's columns against the hash made when it was derived."""
    looked = 0
    wrong: list[str] = []
    for row in _deadlines(work, col(Deadline.proof_hash) != ""):
        looked += 1
        if row.kind is not DeadlineKind.OVERRIDE and _fingerprint(row) != row.proof_hash:
            wrong.append(f"deadline {row.id}: it is not as it was derived; its hash does not fit.")
    return looked, wrong


def _fingerprint(row: Deadline) -> str:
    return Derived(
        key=row.key,
        title=row.title,
        whose=row.whose,
        kind=row.kind,
        rule=row.rule,
        due=row.due,
        safe=row.safe,
        earliest=row.earliest,
        latest=row.latest,
        certain=row.certain,
        uncertain_because=row.uncertain_because,
        readings=tuple(row.readings),
        steps=tuple(row.steps),
    ).fingerprint


def proofs(work: Work) -> Counted:
    """Check the hash of every proof, and recount the current ones with the second counter."""
    looked = 0
    wrong: list[str] = []
    for row in _deadlines(work, sa.true()):
        if row.proof:
            looked += 1
            wrong += [f"deadline {row.id}: {says}" for says in _wrong_proof(work.law, row)]
    return looked, wrong


def _wrong_proof(law: Law, row: Deadline) -> list[str]:
    try:
        found = read_proof(row.proof)
        if not found.is_intact:
            return ["its proof was changed after it was made: the hash does not fit."]
        # Under other law files the count may rightly differ; then the next upgrade derives anew.
        if row.superseded_on is not None or found.content["law_version"] != law.version:
            return []
        verdict = verify(law, found)
    except LawError as error:
        return [str(error)]
    return [] if verdict.holds else [verdict.says[-1]]


def _deadlines(work: Work, condition: Any) -> Iterator[Deadline]:
    asked = select(Deadline).where(condition).order_by(col(Deadline.id))
    yield from work.session.exec(asked, execution_options={"yield_per": 500})


# --- documents


def documents(work: Work, store: Store) -> Counted:
    """Check the bytes of every document and letter against their SHA-256 and size."""
    looked = 0
    wrong: list[str] = []
    for blob in work.session.exec(select(Blob).order_by(col(Blob.sha256))):
        looked += 1
        size = store.sound_size(blob.sha256)
        if size is None:
            wrong.append(f"document {blob.sha256}: its file is gone or was changed.")
        elif size != blob.size:
            wrong.append(
                f"document {blob.sha256}: it has {size} bytes and should have {blob.size}."
            )
    return looked, wrong[:MOST]


def orphans(work: Work, store: Store) -> list[str]:
    """Return the files that no row refers to: left by an upload that was cut off, and harmless."""
    known = set(work.session.exec(select(Blob.sha256)))
    return [name for name in store.names() if name not in known]
